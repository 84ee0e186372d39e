"""The packs of other shops and of cards, each with its own figures. All orders are constructed."""

from __future__ import annotations

from typing import Any

import pytest
from policy_build import NOW, at, dates, facts

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.model import PolicyAnswer
from parcelwarden.domain.policy import answer, applicable, named

DUE = "2026-10-10"
THERE = {"delivery_due_at": DUE, "delivered_at": "2026-10-05"}


def ask(shop: str, **known: Any) -> PolicyAnswer:
    order = facts(**{"marketplace": shop, **known})
    return answer(order, NOW, applicable(order, load_packs()))


@pytest.mark.parametrize(
    ("shop", "known", "expected", "act_by"),
    [
        ("ebay", {"delivery_due_at": DUE},
         ("2026-10-11T12:00:00Z", "2026-11-08T10:00:00Z", "2026-11-10T00:00:00Z"), "2026-11-08T10:00:00Z"),
        ("amazon", {"delivery_due_at": DUE},
         ("2026-10-14T12:00:00Z", "2027-01-07T10:00:00Z", "2027-01-09T00:00:00Z"), "2027-01-07T10:00:00Z"),
        ("etsy", {"delivery_due_at": DUE},
         ("2026-10-13T12:00:00Z", "2027-01-17T10:00:00Z", "2027-01-19T00:00:00Z"), "2026-11-08T10:00:00Z"),
        ("temu", {"delivery_due_at": DUE, "placed_at": "2026-09-01"},
         ("2026-10-11T12:00:00Z", "2026-11-29T10:00:00Z", "2026-12-01T00:00:00Z"), "2026-11-29T10:00:00Z"),
        ("temu", {"placed_at": "2026-09-01"},
         (None, "2026-11-29T10:00:00Z", "2026-12-01T00:00:00Z"), "2026-11-29T10:00:00Z"),
    ],
)  # fmt: skip
def test_a_parcel_that_did_not_come(
    shop: str, known: dict[str, Any], expected: tuple[str | None, ...], act_by: str
) -> None:
    window = ask(shop, **known).windows["dispute_not_received"]
    assert dates(window) == expected
    assert window.act_by == at(act_by)


@pytest.mark.parametrize(
    ("shop", "known", "expected"),
    [
        ("ebay", THERE, ("2026-10-06T12:00:00Z", "2026-11-03T10:00:00Z", "2026-11-05T00:00:00Z")),
        ("amazon", THERE, ("2026-10-06T12:00:00Z", "2027-01-07T10:00:00Z", "2027-01-09T00:00:00Z")),
        ("etsy", THERE, ("2026-10-06T12:00:00Z", "2027-01-12T10:00:00Z", "2027-01-14T00:00:00Z")),
        ("temu", THERE | {"placed_at": "2026-09-01"},
         ("2026-10-06T12:00:00Z", "2026-11-29T10:00:00Z", "2026-12-01T00:00:00Z")),
    ],
)  # fmt: skip
def test_goods_that_are_not_as_described(shop: str, known: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert dates(ask(shop, **known).windows["dispute_not_as_described"]) == expected


@pytest.mark.parametrize("shop", ["ebay", "amazon", "etsy", "temu"])
@pytest.mark.parametrize("fact", ["received_at", "cancelled_at", "refunded_at", "dispute"])
def test_no_claim_for_what_came_was_paid_back_or_is_claimed(shop: str, fact: str) -> None:
    value = {"opened_at": "2026-10-15"} if fact == "dispute" else "2026-10-15"
    found = ask(shop, delivery_due_at=DUE, placed_at="2026-09-01", **{fact: value})
    assert "dispute_not_received" not in found.windows


def test_ebay_after_a_request() -> None:
    opened = ask("ebay", dispute={"opened_at": "2026-10-16T10:00:00Z"}).clocks
    assert opened["seller_reply"].due_at == at("2026-10-22T12:00:00Z")
    assert opened["platform_escalation"].last_safe_at == at("2026-11-12T10:00:00Z")
    asked = {"opened_at": "2026-10-16", "escalated_at": "2026-10-26T10:00:00Z"}
    assert ask("ebay", dispute=asked).clocks["platform_judgement"].due_at == at("2026-10-28T10:00:00Z")
    closed = {"opened_at": "2026-10-16", "closed_at": "2026-11-01", "outcome": "rejected"}
    assert ask("ebay", dispute=closed).clocks["appeal"].last_safe_at == at("2026-11-30T10:00:00Z")


def test_temu_counts_the_return_from_when_it_was_asked_for() -> None:
    found = ask("temu", dispute={"opened_at": "2026-10-16", "return_agreed_at": "2026-10-20"})
    assert found.clocks["return_shipment"].last_safe_at == at("2026-10-29T10:00:00Z")
    assert "return_shipment" not in ask("temu", dispute={"opened_at": "2026-10-16"}).clocks
    assert ask("temu", refund_granted_at="2026-10-16T00:00:00Z").clocks["refund_arrival"].due_at == at(
        "2026-11-15T00:00:00Z"
    )


@pytest.mark.parametrize("method", ["Visa", "MasterCard", "Credit/Debit card"])
@pytest.mark.parametrize(
    ("known", "opens", "ends"),
    [
        ({"delivery_due_at": DUE}, "2026-10-11T12:00:00Z", "2027-02-06T10:00:00Z"),
        ({}, "2026-10-02T12:00:00Z", "2026-12-29T10:00:00Z"),
        ({"delivery_due_at": "2028-01-10"}, "2028-01-11T12:00:00Z", None),
    ],
)
def test_a_card_counts_from_the_delivery_date_where_there_is_one(
    method: str, known: dict[str, Any], opens: str, ends: str | None
) -> None:
    found = ask("aliexpress", payment_method=method, paid_at="2026-09-01", **known).windows["card_chargeback"]
    assert dates(found)[0] == opens
    assert dates(found)[1] == (ends or "2028-02-22T10:00:00Z")


@pytest.mark.parametrize("known", [{"payment_method": "PayPal"}, {}, {"payment_method": "visa", "refunded_at": DUE}])
def test_no_chargeback_without_a_card_or_after_a_refund(known: dict[str, Any]) -> None:
    assert "card_chargeback" not in ask("aliexpress", paid_at="2026-09-01", **known).windows


RECEIVED = {"shipped_at": "2026-08-03", "delivery_due_at": "2026-12-10", "received_at": "2026-08-20T12:00:00Z"}


def test_the_edition_of_2026_speaks_for_brazil_only_and_the_earlier_end_is_kept() -> None:
    def window(**known: Any) -> tuple[str | None, ...]:
        return dates(
            ask("aliexpress", placed_at="2026-08-01", **{**RECEIVED, **known}).windows["dispute_not_as_described"]
        )

    assert window(country="ES")[1] == window(country="BR")[1] == "2026-09-04T07:00:00Z"
    late = {"received_at": "2026-10-20T12:00:00Z"}
    assert window(country="ES", **late)[1] == "2026-11-04T07:00:00Z"
    assert window(country="BR", **late)[1] == "2026-10-30T07:00:00Z", "90 days after the order was placed"


def test_an_order_placed_before_the_edition_is_not_judged_by_it() -> None:
    order = facts(country="BR", placed_at="2026-07-13")
    assert [pack.name for pack in applicable(order, load_packs()) if pack.kind == "marketplace"] == [
        "aliexpress/2020-21"
    ]


def test_without_a_named_pack_windows_uses_the_two_of_the_semantics() -> None:
    assert [pack.name for pack in named(load_packs())] == ["aliexpress/2020-21", "paypal/2026"]


def test_every_edition_says_how_far_it_is_to_be_trusted() -> None:
    for pack in load_packs():
        assert all(
            rule.trust in ("primary", "second_hand", "weak") and rule.date.year >= 2019 for rule in pack.rules.values()
        )
    assert {pack.name for pack in load_packs()} == {
        "aliexpress/2020-21", "aliexpress/2026", "amazon/2026", "card-chargeback/2026", "ebay/2026", "etsy/2026",
        "paypal/2026", "temu/2026",
    }  # fmt: skip
