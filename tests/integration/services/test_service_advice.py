"""Every advice that is given, reached from facts that a user or a carrier tells, through the services and the store.

All orders are constructed: placed on day 0, shipped on day 2, due on day 40 of the stand-in's clock."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain import advice
from parcelwarden.domain.advice import names
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import OrderRef
from support.scripted import NUMBER, House, catalogues, day, event

ORDER = OrderRef("aliexpress", "8190000000000001")

MOVING = [event(4, "PU"), event(8, "SC")]
FRESH = [event(4, "PU"), event(39, "SC")]
RETURNED = [event(4, "PU"), event(6, "RT", State.RETURNED, Leg.FINAL)]
DELIVERED = [event(4, "PU"), event(20, "GTMS_SIGNED", State.DELIVERED, Leg.FINAL)]
ECONOMY = {"shipping_method": "Cainiao Super Economy"}
UNSHIPPED = {"shipped_at": None, "delivery_due_at": None}
OPENED = {"dispute.opened_at": 43}
LOST = {**OPENED, "dispute.closed_at": 50, "dispute.outcome": "rejected"}
CASE = {"payment_method": "PayPal", "paypal_case_opened_at": 43}
BANK = {"payment_method": "VISA ****1234"}


def scan(code: str, state: State, description: str = "", leg: Leg = Leg.LOCAL) -> list[Event]:
    """A parcel that moved, with one more line on day 20."""
    from msgspec.structs import replace

    return [*MOVING, replace(event(20, code, state, leg), description=description)]


Story = tuple[str, float, dict[str, Any], list[Event] | None]

STORIES: list[Story] = [
    ("moving", 9, {}, MOVING),
    ("slow", 22, {}, MOVING),
    ("stalled", 34.5, {"delivery_due_at": 90}, MOVING),
    ("quiet_expected", 30, ECONOMY, [event(4, "PU"), event(8, "LH_DEPART", leg=Leg.LINE_HAUL)]),
    ("awaiting_first_scan", 5, {}, []),
    ("no_parcel", 5, {}, None),
    ("may_be_open_soon", 7, {}, RETURNED),
    ("may_be_open", 15, {}, RETURNED),
    ("may_be_open_late", 40.2, {}, RETURNED),
    ("abnormal", 15, {"marketplace": "wish"}, RETURNED),
    ("dispute_offered", 14, {"observed_dispute_button_at": 12}, RETURNED),
    ("pickup", 21, {}, scan("GTMS_STA_SIGNED", State.AVAILABLE_FOR_PICKUP)),
    ("delivery_failed", 21, {}, scan("GTMS_DEL_FAILURE", State.DELIVERY_FAILED)),
    ("pay_duties", 21, {}, scan("CC_IM_TAX", State.CUSTOMS_HOLD, "Please pay the import duty", Leg.ARRIVED)),
    ("confirm_address", 21, {}, scan("GTMS_DEL_FAILURE", State.DELIVERY_FAILED, "Incorrect address")),
    ("delivery_end_near", 35, {}, FRESH[:1]),
    ("seller_asks", 25, {"seller_asked_at": 20}, None),
    ("dispute_open_now", 42, {}, FRESH),
    ("dispute_open_late", 45, {}, FRESH),
    ("window_grace", 55.2, {}, FRESH),
    ("window_closed", 58, {}, FRESH),
    ("window_closed_paypal", 58, {"payment_method": "paypal"}, FRESH),
    ("window_closed_card", 58, BANK, FRESH),
    ("paypal_ends_first", 170, {"payment_method": "PayPal", "delivery_due_at": 300}, None),
    ("opening_unknown", 8.5, {"observed_protection_ends_at": 9}, MOVING),
    ("window_end_unknown", 60, {"observed_dispute_button_at": 59}, FRESH),
    ("completed_not_delivered_soon", 9, {"completed_at": 8}, MOVING),
    ("completed_not_delivered", 14, {"completed_at": 8}, MOVING),
    ("completed_not_delivered_late", 17, {"completed_at": 8}, MOVING),
    ("delivered_check", 21, {}, DELIVERED),
    ("delivered_but_order_not_confirmed", 29, {}, DELIVERED),
    ("delivered_grace", 55.2, {}, DELIVERED),
    ("delivered_over", 58, {}, DELIVERED),
    ("received_check", 22, {"received_at": 21}, DELIVERED),
    ("received_free_return", 22, {"received_at": 21, "free_return": True}, DELIVERED),
    ("received_late", 30, {"received_at": 21}, DELIVERED),
    ("received_grace", 35.95, {"received_at": 21}, DELIVERED),
    ("received_done", 60, {"received_at": 21}, DELIVERED),
    ("warranty", 60, {"received_at": 21, "completed_at": 22, "warranty": True, "country": "FR"}, DELIVERED),
    ("open_order_once", 9, UNSHIPPED, MOVING),
    ("awaiting_shipment", 3, {**UNSHIPPED, "ship_by_at": 6}, None),
    ("ship_by_over", 7, {**UNSHIPPED, "ship_by_at": 6}, None),
    ("awaiting_shipment_no_date", 3, UNSHIPPED, None),
    ("cancel_waiting", 2, {**UNSHIPPED, "cancel_requested_at": 1}, None),
    ("cancel_look", 5, {**UNSHIPPED, "cancel_requested_at": 1}, None),
    ("cancelled", 3, {**UNSHIPPED, "paid_at": None, "cancelled_at": 2}, None),
    ("refund_arrival", 3, {**UNSHIPPED, "cancelled_at": 2}, None),
    ("refund_late", 40, {**UNSHIPPED, "cancelled_at": 2}, None),
    ("refund_late_paypal", 40, {**UNSHIPPED, "cancelled_at": 2, "payment_method": "paypal"}, None),
    ("refund_granted", 30, {"marketplace": "etsy", "refund_granted_at": 29}, None),
    ("refunded", 31, {"refunded_at": 30}, MOVING),
    ("seller_reply", 44, OPENED, FRESH),
    ("dispute_look", 49, OPENED, FRESH),
    ("dispute_replied", 45, {**OPENED, "dispute.seller_replied_at": 44}, FRESH),
    ("dispute_open", 90, OPENED, FRESH),
    ("platform_judgement", 48, {**OPENED, "dispute.escalated_at": 47.5}, FRESH),
    ("dispute_response", 46, {**OPENED, "dispute.respond_by_at": 47}, FRESH),
    ("dispute_response_late", 47.1, {**OPENED, "dispute.respond_by_at": "2026-04-18"}, FRESH),
    ("return_shipment", 46, {**OPENED, "dispute.return_agreed_at": 45}, FRESH),
    ("return_shipment_late", 54.96, {**OPENED, "dispute.return_agreed_at": 45}, FRESH),
    ("warehouse_receipt", 48, {**OPENED, "dispute.return_agreed_at": 45, "dispute.return_tracking_submitted_at": 47},
     FRESH),
    ("appeal", 52, LOST, FRESH),
    ("appeal_late", 56.96, LOST, FRESH),
    ("appeal_result", 53, {**LOST, "dispute.appealed_at": 52}, FRESH),
    ("dispute_over", 90, {**LOST, "dispute.closed_by": "buyer"}, FRESH),
    ("paypal_escalation", 50, CASE, FRESH),
    ("paypal_escalation_late", 62.7, CASE, FRESH),
    ("paypal_case_open", 50, {**CASE, "paypal_case_escalated_at": 45}, FRESH),
    ("paypal_case_lapsed", 66, CASE, FRESH),
    ("paypal_case_closed", 50, {**CASE, "paypal_case_closed_at": 48}, FRESH),
    ("chargeback_open", 60, {**BANK, "chargeback_opened_at": 59}, FRESH),
    ("chargeback_closed", 99, {**BANK, "chargeback_opened_at": 59, "chargeback_closed_at": 98}, FRESH),
    ("platform_escalation", 50, {"marketplace": "ebay", "country": "US", **OPENED}, FRESH),
    ("platform_escalation_late", 71, {"marketplace": "ebay", "country": "US", **OPENED}, FRESH),
]  # fmt: skip

ELSEWHERE_TESTED = {"unverified", "delivered_elsewhere", "expected_late"}
"""By tests of their own, below or beside."""


def told(value: Any) -> Any:
    """A day of the clock as an instant; anything else as it is."""
    return day(value).isoformat() if isinstance(value, int | float) and not isinstance(value, bool) else value


async def assessed(tmp_path: Path, at: float, facts: dict[str, Any], events: list[Event] | None, **more: Any) -> Any:
    house = await House(tmp_path).open()
    if events:
        house.fetcher.tell(*events, **more)
    given = {name: told(value) for name, value in facts.items()}
    await house.add(ORDER.order_id, [] if events is None else [NUMBER], **given)
    newest = max((line.at for line in events or [] if line.at), default=None)
    if events is not None:
        await house.tick(newest or day(1))
        await house.tick(day(at))
    await house.tick(day(at))
    record = await house.warden.order(OrderRef(given.get("marketplace", "aliexpress"), ORDER.order_id))
    await house.close()
    return record.assessment


@pytest.mark.parametrize(("code", "at", "facts", "events"), STORIES, ids=[story[0] for story in STORIES])
async def test_an_advice_is_reached(
    tmp_path: Path, code: str, at: float, facts: dict[str, Any], events: list[Event] | None
) -> None:
    found = await assessed(tmp_path, at, facts, events)
    assert found.advice.code == code
    for catalogue in catalogues().values():
        assert render(found.advice, catalogue, day(0).tzinfo)  # type: ignore[arg-type]
    window = found.policy.windows.get(found.advice.window)
    assert window is None or found.advice.act_by == window.act_by, "advice hangs on act_by"


async def test_delivered_elsewhere_is_reached(tmp_path: Path) -> None:
    found = await assessed(tmp_path, 21, {}, DELIVERED, destination="Chile")
    assert found.advice.code == "delivered_elsewhere"


async def test_unverified_is_reached(tmp_path: Path) -> None:
    house = await House(tmp_path).open()
    house.fetcher.wall(403)
    await house.add(ORDER.order_id, [NUMBER])
    await house.tick(day(3))
    record = await house.warden.order(ORDER)
    assert record.assessment is not None and record.assessment.advice.code == "unverified"
    await house.close()


def test_every_advice_that_has_a_text_is_reached() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(str(advice.__file__)).parent.glob("*.py"))
    given = set(re.findall(r'"([a-z_]+)"', source)) | {f"{duty}_late" for duty in names.DUTIES}
    assert given & set(catalogues()["en"].texts) == {story[0] for story in STORIES} | ELSEWHERE_TESTED
