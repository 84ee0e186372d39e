"""Which advice follows from which situation. All orders are constructed: placed on 1 March 2026,
shipped on the 3rd, due on 1 May."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from parcelparsers.model import State
from parcelwarden.domain.model import Order, Severity
from support.assessing import assess, at, event, order, parcel

MOVING = parcel(event(4, leg=1), event(8), looked=9)
RETURNED = parcel(event(4, leg=1), event(10, State.RETURNED), looked=12)
DELIVERED = parcel(event(4, leg=1), event(20, State.DELIVERED, 7), looked=21)
SHOP_DONE = {"delivery_due_at": None, "shipped_at": None}

SITUATIONS: list[tuple[str, Order, float, str, str]] = [
    ("moving", order(MOVING), 9.5, "moving", "info"),
    ("slow", order(parcel(event(4), looked=4 + 13.0)), 18, "slow", "info"),
    ("stalled", order(parcel(event(4), looked=4 + 26.0)), 31, "stalled", "notice"),
    ("quiet", order(parcel(event(8, code="LH_DEPART"), looked=30), shipping_method="Cainiao Super Economy"), 30,
     "quiet_expected", "info"),
    ("first scan", order(parcel(looked=5)), 6, "awaiting_first_scan", "info"),
    ("nobody answers", order(parcel(last_ok_at=None, last_outcome="blocked")), 6, "unverified", "notice"),
    ("no number", order(), 6, "no_parcel", "info"),
    ("returned, too early", order(RETURNED), 12, "may_be_open_soon", "notice"),
    ("returned, eleventh day", order(RETURNED), 14, "may_be_open", "notice"),
    ("returned, last day before the delivery time ends", order(RETURNED), 61, "may_be_open_late", "notice"),
    ("returned, delivery time over", order(RETURNED), 62, "dispute_open_late", "critical"),
    ("returned, the user says so", order(RETURNED, logistics="abnormal"), 14, "dispute_open_now", "warning"),
    ("returned, button seen", order(RETURNED, observed_dispute_button_at=at(12)), 12.5, "dispute_offered", "notice"),
    ("foreign number", order(parcel(event(-20), looked=5)), 14, "may_be_open", "notice"),
    ("pick-up", order(parcel(event(20, State.AVAILABLE_FOR_PICKUP, 6), looked=21)), 21, "pickup", "notice"),
    ("attempt failed", order(parcel(event(20, State.DELIVERY_FAILED, 7), looked=21)), 21, "delivery_failed", "warning"),
    ("delivery time ends in a week", order(MOVING), 56, "delivery_end_near", "notice"),
    ("delivery time over", order(MOVING), 62, "dispute_open_now", "warning"),
    ("a day before act_by", order(MOVING), 63, "dispute_open_now", "critical"),
    ("after act_by", order(MOVING), 64, "dispute_open_late", "critical"),
    ("grace", order(MOVING), 76, "window_grace", "critical"),
    ("closed", order(MOVING), 78, "window_closed", "warning"),
    ("closed long ago", order(MOVING), 100, "window_closed", "info"),
    ("closed, PayPal left", order(MOVING, payment_method="PayPal"), 78, "window_closed_paypal", "warning"),
    ("PayPal ends first", order(MOVING, payment_method="PayPal", delivery_due_at=date(2026, 12, 1)), 175,
     "paypal_ends_first", "warning"),
    ("pick-up while the window is open", order(parcel(event(60, State.AVAILABLE_FOR_PICKUP, 6), looked=62)), 62,
     "pickup", "notice"),
    ("pick-up in the last day", order(parcel(event(60, State.AVAILABLE_FOR_PICKUP, 6), looked=62)), 63.5,
     "dispute_open_now", "critical"),
    ("delivered", order(DELIVERED), 21, "delivered_check", "notice"),
    ("delivered, eight days ago", order(DELIVERED), 29, "delivered_but_order_not_confirmed", "notice"),
    ("delivered, long over", order(DELIVERED), 78, "delivered_over", "info"),
    ("received", order(DELIVERED, received_at=at(21)), 22, "received_check", "info"),
    ("received, free return", order(DELIVERED, received_at=at(21), free_return=True), 22,
     "received_free_return", "info"),
    ("received, after act_by", order(DELIVERED, received_at=at(21)), 30, "received_late", "info"),
    ("received, long ago", order(DELIVERED, received_at=at(21)), 60, "received_done", "info"),
    ("completed by the shop, still moving", order(MOVING, completed_at=at(20)), 20.5,
     "completed_not_delivered", "warning"),
    ("the same after act_by", order(MOVING, completed_at=at(20)), 23, "completed_not_delivered_late", "critical"),
    ("completed and delivered", order(DELIVERED, completed_at=at(22)), 23, "received_check", "info"),
    ("nothing known", order(placed_at=None, paid_at=None, **SHOP_DONE), 5, "open_order_once", "notice"),
    ("moves, dates unknown", order(MOVING, **SHOP_DONE), 9, "open_order_once", "notice"),
    ("due date unknown", order(MOVING, delivery_due_at=None), 9, "open_order_once", "notice"),
    ("not shipped", order(shipped_at=None, ship_by_at=at(6)), 3, "awaiting_shipment", "info"),
    ("not shipped in time", order(shipped_at=None, ship_by_at=at(6)), 7, "ship_by_over", "warning"),
    ("not shipped, no date", order(shipped_at=None), 3, "awaiting_shipment_no_date", "info"),
    ("cancellation asked", order(shipped_at=None, cancel_requested_at=at(1)), 2, "cancel_waiting", "info"),
    ("cancellation not answered", order(shipped_at=None, cancel_requested_at=at(1)), 5, "cancel_look", "notice"),
    ("cancelled", order(shipped_at=None, cancelled_at=at(2)), 3, "refund_arrival", "info"),
    ("cancelled, not paid", order(shipped_at=None, paid_at=None, cancelled_at=at(2)), 3, "cancelled", "info"),
    ("no refund", order(shipped_at=None, cancelled_at=at(2)), 40, "refund_late", "warning"),
    ("no refund, PayPal", order(shipped_at=None, cancelled_at=at(2), payment_method="paypal"), 40,
     "refund_late_paypal", "warning"),
    ("refunded", order(MOVING, refunded_at=at(30)), 65, "refunded", "info"),
    ("dispute opened", order(MOVING, dispute={"opened_at": at(62)}), 63, "seller_reply", "info"),
    ("no reply", order(MOVING, dispute={"opened_at": at(62)}), 68, "dispute_look", "notice"),
    ("reply", order(MOVING, dispute={"opened_at": at(62), "seller_replied_at": at(63)}), 64,
     "dispute_replied", "notice"),
    ("escalated", order(MOVING, dispute={"opened_at": at(62), "escalated_at": at(67)}), 68,
     "platform_judgement", "info"),
    ("an answer is asked", order(MOVING, dispute={"opened_at": at(62), "respond_by_at": at(66)}), 65.5,
     "dispute_response", "critical"),
    ("no answer was given", order(MOVING, dispute={"opened_at": at(62), "respond_by_at": date(2026, 5, 5)}), 65.2,
     "dispute_response_late", "critical"),
    ("return agreed", order(MOVING, dispute={"opened_at": at(62), "return_agreed_at": at(64)}), 65,
     "return_shipment", "notice"),
    ("lost", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70), "outcome": "rejected"}), 75,
     "appeal", "notice"),
    ("appealed", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70), "outcome": "rejected",
                                        "appealed_at": at(71)}), 72, "appeal_result", "info"),
    ("won", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70), "outcome": "refund"}), 75,
     "refund_arrival", "info"),
    ("won, and no money came", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70), "outcome": "refund"}),
     105, "refund_late", "warning"),
    ("won in part, and no money came", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70),
                                                              "outcome": "partial"}), 105, "refund_late", "warning"),
    ("won in part, appealed", order(MOVING, dispute={"opened_at": at(62), "closed_at": at(70), "outcome": "partial",
                                                     "appealed_at": at(71)}), 72, "appeal_result", "info"),
    ("PayPal case", order(MOVING, payment_method="PayPal", paypal_case_opened_at=at(62)), 63,
     "paypal_escalation", "notice"),
    ("PayPal case lapses", order(MOVING, payment_method="PayPal", paypal_case_opened_at=at(62)), 84,
     "paypal_case_lapsed", "notice"),
    ("PayPal case closed", order(MOVING, payment_method="PayPal", paypal_case_opened_at=at(62),
                                 paypal_case_closed_at=at(65)), 66, "paypal_case_closed", "info"),
    ("chargeback", order(MOVING, payment_method="visa", chargeback_opened_at=at(62)), 63, "chargeback_open", "info"),
    ("chargeback closed", order(MOVING, payment_method="visa", chargeback_opened_at=at(62),
                                chargeback_closed_at=at(90)), 91, "chargeback_closed", "info"),
    ("chargeback after the shop's window", order(MOVING, payment_method="visa", chargeback_opened_at=at(80)), 81,
     "chargeback_open", "info"),
    ("the page ends it early", order(MOVING, observed_protection_ends_at=at(40)), 39.5, "dispute_offered", "critical"),
    ("the page ends it before it can open", order(MOVING, observed_protection_ends_at=at(9)), 8.5,
     "opening_unknown", "critical"),
    ("a button after the end", order(MOVING, observed_dispute_button_at=at(80)), 81, "window_end_unknown", "warning"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "day", "code", "severity"), [s[1:] for s in SITUATIONS], ids=[s[0] for s in SITUATIONS])
def test_the_advice_of_a_situation(of: Order, day: float, code: str, severity: str) -> None:
    advice = assess(of, day).advice
    assert (advice.code, advice.severity) == (code, severity)


def test_a_date_names_its_rule_and_zone() -> None:
    advice = assess(order(MOVING), 62).advice
    assert advice.rule is not None and advice.rule.quote and advice.rule.source and advice.rule.edition == "2020-21"
    assert advice.params["zone"] == "PST"
    assert advice.params["act_by"] == "2026-05-04T08:00:00Z"


def test_a_passed_act_by_is_no_longer_named() -> None:
    assert "act_by" not in assess(order(MOVING), 64).advice.params


SOON = parcel(event(3, leg=1), event(5, State.DELIVERED, 7), looked=6)
"""Delivered three days after it was shipped, long before the eleventh day."""


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({}, "delivered_check"),
        ({"received_at": at(5.5)}, "received_check"),
        ({"received_at": at(5.5), "free_return": True}, "received_free_return"),
    ],
)
def test_what_came_before_the_eleventh_day_names_from_when_it_can_be_complained_of(
    known: dict[str, object], code: str
) -> None:
    """It said: open a dispute by the instant at which the first one can be opened."""
    advice = assess(order(SOON, **known), 6).advice
    assert (advice.code, advice.params["not_before"]) == (code, "2026-03-14T08:00:00Z")
    assert "act_by" not in advice.params


def test_what_can_be_complained_of_names_no_beginning() -> None:
    assert "not_before" not in assess(order(DELIVERED), 21).advice.params


def test_nobody_is_told_to_have_confirmed_what_the_shop_completed() -> None:
    by_shop, by_buyer = ({"completed_at": at(22)}, {"received_at": at(22)})
    assert "received_at" not in assess(order(DELIVERED, **by_shop), 23).advice.params
    assert assess(order(DELIVERED, **by_buyer), 23).advice.params["received_at"] == "2026-03-23T12:00:00Z"


def test_received_with_an_end_on_the_page_before_the_opening_is_not_done_yet() -> None:
    advice = assess(order(SOON, received_at=at(5.5), observed_protection_ends_at=at(9)), 6).advice
    assert (advice.code, advice.params["act_by"]) == ("received_check", "2026-03-10T12:00:00Z")


@pytest.mark.parametrize(
    ("shop", "try_from"), [("aliexpress", "2026-03-14T08:00:00Z"), ("amazon", None), ("shein", None)]
)
def test_only_a_shop_whose_rules_say_so_is_tried_from_the_eleventh_day(shop: str, try_from: str | None) -> None:
    """AliExpress alone lets a dispute over abnormal tracking be opened on the eleventh day."""
    of = order(parcel(event(4), looked=40))
    of = replace(of, facts=replace(of.facts, marketplace=shop))
    found = assess(of, 41)
    told = {draft.params.get("try_from") for draft in found.alerts if draft.code == "stalled"}
    assert (found.advice.code, found.advice.params.get("try_from"), told) == ("stalled", try_from, {try_from})


def test_missing_dates_are_named() -> None:
    assert assess(order(MOVING, shipped_at=None, delivery_due_at=None), 9).advice.missing == (
        "shipped_at",
        "delivery_due_at",
    )


def test_an_old_look_is_named_with_what_rests_on_it() -> None:
    fresh, old = assess(order(MOVING), 10.5).advice, assess(order(MOVING), 11.5).advice
    assert "unchecked_since" not in fresh.params
    assert old.params["unchecked_since"] == "2026-03-10T12:00:00Z"


def test_economy_silence_never_hides_the_window() -> None:
    quiet = parcel(event(55, code="LH_DEPART"), looked=62)
    found = assess(order(quiet, shipping_method="Cainiao Super Economy"), 63.5).advice
    assert (found.code, found.severity) == ("dispute_open_now", Severity.CRITICAL)
