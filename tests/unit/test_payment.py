"""How a means of payment is named, and what a chargeback bars. Constructed cases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.facts import parse_facts
from parcelwarden.domain.payment import payment_method
from parcelwarden.domain.policy import answer, applicable

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAID = {"order_id": "1", "paid_at": "2026-03-01", "shipped_at": "2026-03-03", "delivery_due_at": "2026-05-01"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("PayPal", "paypal"),
        ("Pay Pal", "paypal"),
        ("PAYPAL (VISA ****1234)", "paypal"),
        ("MasterCard", "mastercard"),
        ("Master Card ****1234", "mastercard"),
        ("MC *1234", "mastercard"),
        ("mastercard débito", "mastercard"),
        ("visa debit", "visa"),
        ("VISA ****1234", "visa"),
        ("Visa Electron", "visa"),
        ("VISA1234", "visa"),
        ("Credit/Debit Card", "card"),
        ("credit or debit card", "card"),
        ("Bank card ****1234", "card"),
        ("Tarjeta de crédito", "card"),
        ("Cartão de crédito", "card"),
        ("Kreditkarte", "card"),
        ("Банковская карта", "card"),
        ("American Express credit card", "american express credit card"),
        ("Gift card", "gift card"),
        ("UnionPay card", "unionpay card"),
        ("Карта МИР", "карта мир"),
        ("Advisable transfer", "advisable transfer"),
        ("Klarna", "klarna"),
        ("paypalkonto", "paypalkonto"),
    ],
)
def test_a_means_of_payment_is_named_as_packs_know_it(printed: str, name: str) -> None:
    assert payment_method(printed) == name
    assert payment_method(name) == name
    assert parse_facts({"marketplace": "x", "order_id": "1", "payment_method": f" {printed} "}).payment_method == name


@pytest.mark.parametrize("printed", ["MasterCard", "VISA ****1234", "visa debit", "Credit/Debit Card"])
def test_a_printed_card_has_the_window_of_its_bank(printed: str) -> None:
    facts = parse_facts({"marketplace": "aliexpress", "payment_method": printed, **PAID})
    assert "card_chargeback" in answer(facts, NOW, applicable(facts, load_packs())).windows


@pytest.mark.parametrize("shop", ["aliexpress", "amazon", "etsy"])
def test_an_opened_chargeback_closes_its_window_and_the_case_of_shops_that_say_so(shop: str) -> None:
    given = {"marketplace": shop, "payment_method": "visa", "country": "US", **PAID}
    facts = parse_facts(given)
    before = set(answer(facts, NOW, applicable(facts, load_packs())).windows)
    facts = parse_facts({**given, "chargeback_opened_at": "2026-05-20"})
    gone = before - set(answer(facts, NOW, applicable(facts, load_packs())).windows)
    assert gone == ({"card_chargeback"} if shop == "aliexpress" else {"card_chargeback", "dispute_not_received"})
