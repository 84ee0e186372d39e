"""Every lead time that is promised: at which instant, until when acting helps, how much it presses. Constructed orders.

The instants are written out, not computed from the lead times of the code.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from parcelparsers.model import State
from parcelwarden.domain.model import AlertDraft, Order
from support.assessing import assess, at, event, order, parcel

MOVING = parcel(event(4, leg=1), event(8), looked=9)
RETURNED = parcel(event(4, leg=1), event(10, State.RETURNED), looked=12)
BLOCKED = parcel(event(4), event(55), looked=56, last_outcome="blocked")

ORDERS: dict[str, tuple[Order, float]] = {
    "moving": (order(MOVING), 9),
    "returned": (order(RETURNED), 12),
    "page shows the end": (order(MOVING, observed_protection_ends_at=at(90)), 9),
    "shipping unknown": (order(MOVING, shipped_at=None), 9),
    "completed": (order(MOVING, completed_at=at(20)), 20),
    "no dates": (order(MOVING, shipped_at=None, delivery_due_at=None), 9),
    "answer": (order(MOVING, dispute={"opened_at": at(62), "respond_by_at": at(70)}), 65),
    "return": (order(MOVING, dispute={"opened_at": at(62), "return_agreed_at": at(64)}), 65),
    "PayPal": (order(MOVING, payment_method="PayPal", delivery_due_at=date(2026, 12, 1)), 9),
    "unread": (order(BLOCKED), 58),
}
"""Each with the day (after 1 March 2026, 12 h UTC) on which it is looked at. The delivery time of most ends with 1 May
in PST, so between 2 May 7 h and 8 h UTC: what comes before it is reckoned from 7 h, what comes after from 8 h."""

CLAIM = "dispute_not_received"
TABLE = """
moving              | delivery_end:7d                    | 04-25T07 | 05-02T07 | notice
moving              | delivery_end:3d                    | 04-29T07 | 05-02T07 | notice
moving              | delivery_end:24h                   | 05-01T07 | 05-02T07 | notice
moving              | dispute_not_received:opens         | 05-02T08 | 05-04T08 | warning
moving              | dispute_not_received:act_by-24h    | 05-03T08 | 05-04T08 | critical
moving              | dispute_not_received:act_by-6h     | 05-04T02 | 05-04T08 | critical
moving              | dispute_not_received:act_by_passed | 05-04T08 | 05-16T07 | critical
moving              | dispute_not_received:last_safe-7d  | 05-09T07 | 05-16T07 | critical
moving              | dispute_not_received:last_safe-3d  | 05-13T07 | 05-16T07 | critical
moving              | dispute_not_received:last_safe-24h | 05-15T07 | 05-16T07 | critical
moving              | dispute_not_received:last_safe-6h  | 05-16T01 | 05-16T07 | critical
returned            | verdict:abnormal/returned_to_sender/LX000000005XX | 03-11T12 | 05-16T07 | notice
returned            | dispute_not_received:may_open      | 03-14T08 | 05-01T07 | notice
returned            | dispute_not_received:act_by-7d     | 04-24T07 | 05-01T07 | notice
returned            | dispute_not_received:act_by-3d     | 04-28T07 | 05-01T07 | notice
returned            | dispute_not_received:act_by-24h    | 04-30T07 | 05-01T07 | notice
returned            | dispute_not_received:act_by-6h     | 05-01T01 | 05-01T07 | notice
returned            | dispute_not_received:opens         | 05-02T08 | 05-16T07 | critical
page shows the end  | dispute_not_received:opens         | 05-02T08 | 05-30T12 | warning
page shows the end  | dispute_not_received:last_safe-7d  | 05-23T12 | 05-30T12 | notice
page shows the end  | dispute_not_received:last_safe-3d  | 05-27T12 | 05-30T12 | warning
page shows the end  | dispute_not_received:last_safe-24h | 05-29T12 | 05-30T12 | critical
page shows the end  | dispute_not_received:last_safe-6h  | 05-30T06 | 05-30T12 | critical
shipping unknown    | dates:missing                      | 03-01T12 | 08-28T12 | notice
shipping unknown    | delivery_end:7d                    | 04-25T07 | 05-02T07 | notice
shipping unknown    | delivery_end:3d                    | 04-29T07 | 05-02T07 | notice
shipping unknown    | delivery_end:24h                   | 05-01T07 | 05-02T07 | notice
shipping unknown    | delivery_end:over                  | 05-02T08 | 05-16T08 | warning
completed           | dispute_not_received:opens         | 03-21T12 | 03-23T12 | warning
completed           | dispute_not_received:act_by-48h    | 03-21T12 | 03-23T12 | critical
completed           | dispute_not_received:act_by_passed | 03-23T12 | 04-05T07 | critical
completed           | dispute_not_received:last_safe-7d  | 03-29T07 | 04-05T07 | critical
completed           | dispute_not_received:last_safe-3d  | 04-02T07 | 04-05T07 | critical
completed           | dispute_not_received:last_safe-48h | 04-03T07 | 04-05T07 | critical
no dates            | dates:missing                      | 03-01T12 | 08-28T12 | notice
answer              | dispute_response:3d                | 05-07T12 | 05-10T12 | warning
answer              | dispute_response:24h               | 05-09T12 | 05-10T12 | critical
answer              | dispute_response:6h                | 05-10T06 | 05-10T12 | critical
answer              | dispute_response:late              | -        | -        | -
return              | return_shipment:3d                 | 05-11T07 | 05-14T07 | warning
return              | return_shipment:48h                | 05-12T07 | 05-14T07 | critical
return              | return_shipment:24h                | -        | -        | -
return              | return_shipment:late               | 05-14T07 | 05-14T12 | critical
PayPal              | paypal_dispute:7d                  | 08-20T10 | 08-27T10 | notice
PayPal              | paypal_dispute:3d                  | 08-24T10 | 08-27T10 | warning
PayPal              | paypal_dispute:48h                 | 08-25T10 | 08-27T10 | warning
PayPal              | paypal_dispute:24h                 | -        | -        | -
unread              | source:silent-7d/LX000000005XX/20260504T080000Z  | 04-28T12 | 05-04T08 | notice
unread              | source:silent-3d/LX000000005XX/20260504T080000Z  | 05-01T08 | 05-04T08 | warning
unread              | source:silent-24h/LX000000005XX/20260504T080000Z | 05-03T08 | 05-04T08 | critical
"""
"""The order; what is raised (`-`: nothing is); when it is due and until when it helps, in 2026, UTC; how it presses."""

ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


def raised(which: str) -> dict[str, AlertDraft]:
    """By `subject:what`."""
    return {":".join(draft.key.split(":")[1:3]): draft for draft in assess(*ORDERS[which]).alerts}


def hour(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%dT%H").replace(tzinfo=UTC)


@pytest.mark.parametrize(("which", "name", "due", "helps", "severity"), ROWS, ids=lambda each: each.split("/")[0])
def test_each_lead_is_raised_at_its_instant(which: str, name: str, due: str, helps: str, severity: str) -> None:
    found = raised(which).get(name)
    if due == "-":
        assert found is None
        return
    assert found is not None
    assert (found.due_at, found.helps_until, found.severity) == (hour(due), hour(helps), severity)


@pytest.mark.parametrize("which", ORDERS)
def test_what_is_critical_is_repeated_and_nothing_else(which: str) -> None:
    assert all(draft.nag == (draft.severity == "critical") for draft in raised(which).values())


@pytest.mark.parametrize("which", ["moving", "returned", "page shows the end", "completed", "shipping unknown"])
def test_nothing_that_ends_is_raised_without_an_end_or_after_it(which: str) -> None:
    for draft in raised(which).values():
        assert draft.helps_until is not None
        assert draft.due_at < draft.helps_until


@pytest.mark.parametrize(
    ("which", "subject"), [("completed", CLAIM), ("return", "return_shipment"), ("PayPal", "paypal_dispute")]
)
def test_an_end_whose_zone_is_not_stated_is_reminded_of_two_days_before_at_the_latest(which: str, subject: str) -> None:
    found = raised(which).items()
    unstated = [d for name, d in found if name.startswith(f"{subject}:") and "ends_at" in d.params]
    assert unstated
    assert all((draft.helps_until - draft.due_at).total_seconds() >= 48 * 3600 for draft in unstated)
