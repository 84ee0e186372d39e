"""Countdowns, money, status words, rule sentences, labels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers.marketplaces.countdown import milliseconds, read_countdown
from parcelparsers.marketplaces.dates import read_date
from parcelparsers.marketplaces.money import amount, code, currency_of, split_parts
from parcelparsers.marketplaces.pagerules import read_rule, sentences
from parcelparsers.marketplaces.parcels import by_words, epoch, tracking_number
from parcelparsers.marketplaces.status import Signals, by_word, decide
from parcelparsers.marketplaces.words import date_label, split_label
from parcelparsers.model import State
from parcelparsers.page import OrderStatus


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Your order will be completed in 25 days 3 hours 14 minutes", timedelta(days=25, hours=3, minutes=14)),
        ("Buyer Protection: 12 days 4 hours", timedelta(days=12, hours=4)),
        ("Time left: 67 days, 3 hours", timedelta(days=67, hours=3)),
        ("...: 67 дн...", timedelta(days=67)),
        ("осталось 5 дней 3 часа", timedelta(days=5, hours=3)),
        ("noch 3 Tage und 4 Stunden", timedelta(days=3, hours=4)),
        ("encore 3 jours et 4 heures", timedelta(days=3, hours=4)),
        ("Quedan 3 días y 4 horas", timedelta(days=3, hours=4)),
        ("Restam 3 dias e 4 horas", timedelta(days=3, hours=4)),
        ("3 giorni e 4 ore", timedelta(days=3, hours=4)),
        ("3 dni 4 godz.", timedelta(days=3, hours=4)),
        ("3 dagen en 4 uur", timedelta(days=3, hours=4)),
        ("3 gün 4 saat kaldı", timedelta(days=3, hours=4)),
        ("3 ימים ו-4 שעות", timedelta(days=3, hours=4)),
        ("3 أيام و 4 ساعات", timedelta(days=3, hours=4)),
        ("残り3日5時間", timedelta(days=3, hours=5)),
        ("3일 5시간 남음", timedelta(days=3, hours=5)),
        ("26 days 02:03:04", timedelta(days=26, hours=2, minutes=3, seconds=4)),
        ("1 day", timedelta(days=1)),
    ],
)
def test_countdown(text: str, left: timedelta) -> None:
    """Days and hours in every language."""
    assert read_countdown(text) == left


@pytest.mark.parametrize(
    "text",
    ["", "soon", "Aug 3, 2026", "2026년 7월 10일", "2024年8月3日", "0 days", "2023-08-20 10:11:00", "9999 days", "x1"],
)
def test_no_countdown(text: str) -> None:
    """Dates, clocks and nonsense are no countdown."""
    assert read_countdown(text) is None


def test_milliseconds() -> None:
    """`lefttime`, as number or text."""
    assert milliseconds("5799645229") == milliseconds(5799645229) == timedelta(milliseconds=5799645229)
    assert [milliseconds(v) for v in ("", "-5", "1e9", None, True, "9" * 40, 0)] == [None] * 7


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("US $12.34", "12.34", "USD"),
        ("R$132,74", "132.74", "BRL"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("€ 1,234.56", "1234.56", "EUR"),
        ("₩12,345", "12345", "KRW"),
        ("1 234,56 руб.", "1234.56", "RUB"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("23,45 TL", "23.45", "TRY"),
        ("12,00 zł", "12.00", "PLN"),
        ("$ 12.34", "12.34", None),
        ("￥1,234", "1234", None),
        ("1.234.567", "1234567", None),
        ("free", None, None),
    ],
)
def test_money(text: str, number: str | None, currency: str | None) -> None:
    """The number as decimal text; a sign that several currencies share names none."""
    assert (amount(text), currency_of(text)) == (number, currency)


def test_money_parts() -> None:
    """`formatPriceInfo`; three decimals of a dinar; ISO codes."""
    assert split_parts("R$1.132,74|1.132|74") == "1132.74"
    assert split_parts("₩12,345|12,345|") == "12345"
    assert split_parts("R$1|2") is None
    assert amount("KWD 1.234", "KWD") == "1.234"
    assert (code(" brl "), code("R$")) == ("BRL", None)


@pytest.mark.parametrize("word", ["Processed", "Processado ", "처리됨", "Procesado"])
def test_processed_is_never_decided_by_the_word(word: str) -> None:
    """The word meant completed in 2023 and on its way in 2026."""
    assert decide(Signals(word=word)) is None
    assert decide(Signals(word=word, numeric="8")) == (OrderStatus.AWAITING_DELIVERY, "numeric_status")
    assert decide(Signals(word=word, numeric="9")) == (OrderStatus.COMPLETED, "numeric_status")
    assert decide(Signals(word=word, tab="shipped")) == (OrderStatus.AWAITING_DELIVERY, "tab_code")
    assert decide(Signals(word=word, tab="all")) is None
    confirm = decide(Signals(word=word, buttons=("Confirm received",)))
    assert confirm == (OrderStatus.AWAITING_DELIVERY, "button:CONFIRM_GOODS")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Awaiting delivery", "awaiting_delivery"),
        ("AWAITING SHIPMENT", "awaiting_shipment"),
        ("Payment being verified", "awaiting_payment"),
        ("Esperando entrega", "awaiting_delivery"),
        ("Concluído", "completed"),
        ("환불 완료", "refunded"),
        ("취소", "cancelled"),
        ("Получено подтверждение", "completed"),
        ("Заказ отменён", "cancelled"),
        ("Dispute in progress", "dispute_open"),
        ("Dispute finished", None),
        ("Спор закрыт", None),
        ("Frozen", None),
        ("Fund processing", None),
        ("", None),
    ],
)
def test_words(word: str, status: str | None) -> None:
    """Words that name a state, and words that name none for sure."""
    assert by_word(word) == status


def test_dispute_outranks_the_confirm_button() -> None:
    """An order in dispute may still show the button."""
    seen = Signals(word="Dispute in progress", buttons=("CONFIRM_GOODS",), numeric="8")
    assert decide(seen) == (OrderStatus.DISPUTE_OPEN, "word")


@pytest.mark.parametrize(
    ("sentence", "kind", "days", "before"),
    [
        ("Refund if no delivery before Sep 4, 2026", "refund_if_not_delivered", None, date(2026, 9, 4)),
        ("Reembolso si no hay entrega antes del 4 sept, 2026", "refund_if_not_delivered", None, date(2026, 9, 4)),
        ("2026년 9월 4일 이전에 배송되지 않으면 환불", "refund_if_not_delivered", None, date(2026, 9, 4)),
        (
            "Возврат средств, если заказ не доставлен до 4 сентября 2026",
            "refund_if_not_delivered",
            None,
            date(2026, 9, 4),
        ),
        ("Apply for R$5.00 coupon code if delayed by Aug 3, 2026", "coupon_if_delayed", None, date(2026, 8, 3)),
        ("you can apply for a return/refund within 7 days of confirming receipt", "return_after_receipt", 7, None),
        ("you can open a dispute within 90 days after order was placed", "dispute_after_placed", 90, None),
        ("Send it back within 15 days after delivery", "return_after_delivery", 15, None),
        ("60-Day Delivery Guarantee", "delivery_guarantee", 60, None),
    ],
)
def test_rules(sentence: str, kind: str, days: int | None, before: date | None) -> None:
    """Rule sentences of the page."""
    rule = read_rule(sentence, read_date)
    assert rule is not None
    assert (rule.kind, rule.days, rule.before, rule.quote) == (kind, days, before, sentence)


@pytest.mark.parametrize("text", ["", "Refund if items damaged", "Delivered on Aug 3, 2026", "Free returns", "5 days"])
def test_no_rule(text: str) -> None:
    """What states no term is no rule."""
    assert read_rule(text, read_date) is None


def test_sentences_run_together() -> None:
    """A missing space after a full stop parts sentences; an amount or a date does not."""
    assert sentences("Order complete.If there are any problems ask.Then <b>wait</b> R$5.00 until Sep. 4, 2026") == [
        "Order complete",
        "If there are any problems ask",
        "Then wait R$5.00 until Sep. 4, 2026",
    ]
    assert sentences("a · b\nc。d") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Order placed on", "placed_at"),
        ("Payment completed on", "paid_at"),
        ("Shipment completed on", "shipped_at"),
        ("Order completed on", "completed_at"),
        ("Estimated delivery date", "estimated_delivery_at"),
        ("Pedido efectuado el", "placed_at"),
        ("Expédition effectuée le", "shipped_at"),
        ("Дата заказа", "placed_at"),
        ("결제 완료일", "paid_at"),
        ("주문일자", "placed_at"),
        ("Copy", None),
    ],
)
def test_labels(label: str, name: str | None) -> None:
    """Which date a label names."""
    assert date_label(label) == name


def test_split_label() -> None:
    """No-break spaces, double and full-width colons; a clock is no label."""
    assert split_label("Nº de pedido:\u00a0123") == ("No de pedido", "123")
    assert split_label("주문번호:: 123") == ("주문번호", "123")
    assert split_label("注文日：2026年1月2日") == ("注文日", "2026年1月2日")
    assert split_label("Aug 3, 2023 10:22") == ("", "Aug 3, 2023 10:22")


def test_tracking_details() -> None:
    """Numbers, epochs, words without codes."""
    assert tracking_number("Tracking number: LP00912345678901") == "LP00912345678901"
    assert [tracking_number(v) for v in ("Copy", "", None, 5, "A" * 60)] == [""] * 5
    assert [epoch(v) for v in ("", "12", True, None, "9" * 13)] == [None] * 5
    assert by_words("Package delivered.")[0] is State.DELIVERED
    assert by_words("Not delivered: nobody home")[0] is State.DELIVERY_FAILED
    assert by_words("Something else")[0] is None


@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    """No helper raises on any text."""
    for read in (read_countdown, amount, currency_of, split_parts, by_word, sentences, split_label, tracking_number):
        read(text)
    read_rule(text, read_date)
