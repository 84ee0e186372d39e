"""Which alerts follow, when they are due and until when they help. All orders are constructed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from parcelparsers.model import State
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import AlertDraft, Order, Severity
from support.assessing import assess, at, event, order, parcel

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOVING = parcel(event(4, leg=1), event(8), looked=9)
RETURNED = parcel(event(4, leg=1), event(10, State.RETURNED), looked=12)
DELIVERED = parcel(event(4, leg=1), event(20, State.DELIVERED, 7), looked=21)
OVER = datetime(2026, 5, 2, 8, tzinfo=UTC)
ACT_BY = OVER + 2 * DAY
LAST_SAFE = datetime(2026, 5, 16, 7, tzinfo=UTC)


def alerts(of: Order, day: float = 9) -> dict[str, AlertDraft]:
    """By `subject:what`."""
    return {":".join(draft.key.split(":")[1:3]): draft for draft in assess(of, day).alerts}


def about(of: Order, subject: str, day: float = 9) -> list[str]:
    return [name.partition(":")[2] for name in alerts(of, day) if name.startswith(f"{subject}:")]


def test_a_parcel_that_may_not_come() -> None:
    found = alerts(order(MOVING))
    end = datetime(2026, 5, 2, 7, tzinfo=UTC)
    due = {name: draft.due_at for name, draft in found.items()}
    assert due == {
        "delivery_end:7d": end - 7 * DAY,
        "delivery_end:3d": end - 3 * DAY,
        "delivery_end:24h": end - DAY,
        "dispute_not_received:opens": OVER,
        "dispute_not_received:act_by-24h": ACT_BY - DAY,
        "dispute_not_received:act_by-6h": ACT_BY - 6 * HOUR,
        "dispute_not_received:act_by_passed": ACT_BY,
        "dispute_not_received:last_safe-7d": LAST_SAFE - 7 * DAY,
        "dispute_not_received:last_safe-3d": LAST_SAFE - 3 * DAY,
        "dispute_not_received:last_safe-24h": LAST_SAFE - DAY,
        "dispute_not_received:last_safe-6h": LAST_SAFE - 6 * HOUR,
        "dispute_not_received:grace": LAST_SAFE,
        "dispute_not_received:closed": datetime(2026, 5, 17, 7, tzinfo=UTC),
    }
    assert found["dispute_not_received:act_by-6h"].key.endswith(":2026-05-04T08:00:00Z")


def test_a_moved_date_gives_new_keys() -> None:
    before = {draft.key for draft in assess(order(MOVING), 9).alerts}
    after = {draft.key for draft in assess(order(MOVING, delivery_due_at=date(2026, 5, 11)), 9).alerts}
    assert not before & after


def test_an_opening_by_our_verdict_stays_a_notice_until_the_delivery_time_is_over() -> None:
    found = alerts(order(RETURNED), 12)
    assert found["dispute_not_received:may_open"].due_at == datetime(2026, 3, 14, 8, tzinfo=UTC)
    early = [draft for draft in found.values() if draft.due_at < OVER]
    assert early and all(draft.severity.rank <= Severity.NOTICE.rank for draft in early)
    assert "dispute_not_received:act_by-7d" in found and "delivery_end:7d" not in found
    opens = found["dispute_not_received:opens"]
    assert (opens.code, opens.severity, opens.due_at) == ("dispute_open_late", Severity.CRITICAL, OVER)


def test_an_early_button_does_not_alarm_while_the_parcel_moves() -> None:
    found = alerts(order(MOVING, observed_dispute_button_at=at(13)), 14)
    assert all(draft.severity.rank <= Severity.NOTICE.rank for draft in found.values() if draft.due_at < OVER)


@pytest.mark.parametrize(
    "quiet",
    [
        order(DELIVERED, received_at=at(21)),
        order(MOVING, received_at=at(21)),
        order(DELIVERED, completed_at=at(22)),
        order(MOVING, refunded_at=at(30)),
        order(DELIVERED, received_at=at(21), free_return=True, payment_method="PayPal"),
    ],
    ids=["received", "received while moving", "completed and delivered", "refunded", "received, PayPal"],
)
def test_orders_that_raise_nothing(quiet: Order) -> None:
    assert alerts(quiet, 31) == {}


def test_a_delivery_is_told_once_and_reminded_of_twice() -> None:
    found = alerts(order(DELIVERED), 21)
    assert list(found) == [
        "verdict:delivered/delivered/LX000000005XX",
        "dispute_not_as_described:act_by-48h",
        "dispute_not_as_described:last_safe-48h",
    ]
    assert all(draft.severity.rank <= Severity.NOTICE.rank and not draft.nag for draft in found.values())


def test_what_came_before_the_eleventh_day_is_reminded_of_when_the_window_opens() -> None:
    """It was reminded of two days before a dispute could be opened, and not once it could."""
    opens_at = datetime(2026, 3, 14, 8, tzinfo=UTC)
    for day, what, due_at in ((5, "opens", opens_at), (7.5, "act_by-48h", opens_at)):
        came = parcel(event(3, leg=1), event(day, State.DELIVERED, 7), looked=day + 0.5)
        found = alerts(order(came), day + 1)
        assert found[f"dispute_not_as_described:{what}"].due_at == due_at
        assert all(draft.due_at >= opens_at for name, draft in found.items() if not name.startswith("verdict:"))


def test_an_order_completed_without_delivery_uses_the_leads_of_an_unstated_zone() -> None:
    found = alerts(order(MOVING, completed_at=at(20)), 20)
    assert found["dispute_not_received:opens"].code == "completed_not_delivered"
    for name, draft in found.items():
        if name.startswith("dispute_not_received:last_safe-"):
            assert draft.helps_until is not None and draft.helps_until - draft.due_at >= 2 * DAY


def test_a_returned_parcel_of_an_order_completed_today_may_be_claimed_and_surely_can_be_tomorrow() -> None:
    """Found by the simulation: by our verdict alone it said that the claim is open before the completion was over."""
    found = alerts(order(RETURNED, completed_at=date(2026, 3, 22)), 20)
    over = datetime(2026, 3, 23, 8, tzinfo=UTC)
    claims = [d for d in found.values() if d.code.startswith(("completed_not_delivered", "dispute_open"))]
    assert min(draft.due_at for draft in claims) == over
    assert found["dispute_not_received:may_open"].due_at < over


def test_duties_are_told_three_days_and_no_later_than_two_before() -> None:
    of = order(MOVING, dispute={"opened_at": at(62), "return_agreed_at": at(64)})
    assert about(of, "return_shipment", 65) == ["3d", "48h", "late"]
    page = order(MOVING, dispute={"opened_at": at(62), "respond_by_at": at(70)})
    assert about(page, "dispute_response", 65) == ["3d", "24h", "6h"]


@pytest.mark.parametrize("outcome", ["refund", "partial"])
def test_money_that_a_dispute_brought_is_waited_for_from_its_closing(outcome: str) -> None:
    """It was forgotten unless the buyer also said when the refund was granted."""
    closed = {"opened_at": at(62), "closed_at": at(66), "outcome": outcome}
    found = alerts(order(MOVING, dispute=closed), 75)
    assert found["refund_arrival:over"].due_at == datetime(2026, 6, 4, 8, tzinfo=UTC)
    assert "refund_arrival:over" not in alerts(order(MOVING, dispute=closed, refunded_at=at(74)), 75)


def test_with_a_dispute_open_only_its_clocks_alarm() -> None:
    found = alerts(order(MOVING, payment_method="PayPal", dispute={"opened_at": at(62)}), 63)
    assert list(found) == ["seller_reply:over"]


def test_paypal_is_named_only_where_it_is_the_one_route() -> None:
    paid = {"payment_method": "PayPal"}
    after = alerts(order(MOVING, **paid))
    routes = [draft for name, draft in after.items() if name.startswith("paypal_dispute")]
    assert routes and all(draft.code == "paypal_last_route" and draft.due_at > LAST_SAFE for draft in routes)
    first = alerts(order(MOVING, delivery_due_at=date(2026, 12, 1), **paid))
    assert {d.code for n, d in first.items() if n.startswith("paypal")} == {"paypal_ends_first"}
    assert about(order(MOVING, delivery_due_at=date(2026, 8, 20), **paid), "paypal_dispute") == []
    cancelled = alerts(order(shipped_at=None, cancelled_at=at(2), **paid), 3)
    assert {d.code for n, d in cancelled.items() if n.startswith("paypal")} == {"refund_paypal"}


@pytest.mark.parametrize(
    ("lines", "name", "severity"),
    [
        (parcel(event(4), looked=31), "verdict:stalled/silent_beyond_expected/LX000000005XX", "notice"),
        (RETURNED, "verdict:abnormal/returned_to_sender/LX000000005XX", "notice"),
        (parcel(looked=14), "verdict:abnormal/no_tracking_information/LX000000005XX", "notice"),
        (
            parcel(event(20, State.AVAILABLE_FOR_PICKUP, 6), looked=21),
            "verdict:ready_for_pickup/ready_for_pickup/LX000000005XX",
            "notice",
        ),
    ],
)
def test_a_verdict_that_changed_is_told_once(lines: object, name: str, severity: str) -> None:
    now, later = (alerts(order(lines), day)[name] for day in (32, 33))  # type: ignore[arg-type]
    assert now == later and now.severity == severity and now.due_at <= at(32)


def test_a_verdict_without_trouble_raises_nothing() -> None:
    assert about(order(MOVING), "verdict") == []


def test_an_old_delivery_is_no_news() -> None:
    assert about(order(DELIVERED), "verdict", 40) == []


def test_an_order_without_dates_is_asked_about() -> None:
    found = alerts(order(MOVING, shipped_at=None, delivery_due_at=None))
    assert found["dates:missing"].params["missing_dates"] == "shipped_at,delivery_due_at"
    assert about(order(MOVING, shipped_at=None, delivery_due_at=None), "dates", 400) == []
    assert about(order(shipped_at=None), "dates") == ["unshipped"]


@pytest.mark.parametrize(
    ("known", "seen", "due"),
    [({}, None, 14), ({}, 9, 23), ({"ship_by_at": at(6)}, None, 20), ({"ship_by_at": at(6)}, 9, 23)],
)
def test_an_order_that_was_not_shipped_when_last_seen_is_asked_about_later(
    known: dict[str, object], seen: float | None, due: float
) -> None:
    """Nothing was ever told of one whose date to ship by is not known, and after that date nothing but once."""
    beside = {"page_seen_at": None if seen is None else at(seen)}
    of = order(shipped_at=None, delivery_due_at=None, beside=beside, **known)
    asked = alerts(of, 3)["dates:unshipped"]
    assert (asked.code, asked.due_at, asked.severity) == ("open_order_once", at(due), "notice")


def test_a_source_that_fails_while_the_end_nears_is_said_by_days_left() -> None:
    failing = parcel(event(4), event(55), looked=56, last_outcome="blocked")
    found = {n: d for n, d in alerts(order(failing), 58).items() if n.startswith("source")}
    assert [d.severity for d in found.values()] == ["notice", "warning", "critical"]
    assert [d.due_at for d in found.values()] == [at(58), ACT_BY - 3 * DAY, ACT_BY - DAY]
    assert about(order(parcel(event(4), event(55), looked=56, last_outcome="found")), "source", 58) == []


def test_the_delivery_time_is_told_even_while_the_shipping_date_is_unknown() -> None:
    assert about(order(MOVING, shipped_at=None), "delivery_end") == ["7d", "3d", "24h", "over"]


def test_a_title_comes_along_flattened() -> None:
    drafts = assess(order(MOVING, title="Blue\u202e lamp\n"), 9).alerts
    assert {draft.params["title"] for draft in drafts} == {"Blue lamp"}


def test_leads_and_their_names() -> None:
    leads = LeadTimes()
    assert [lead_name(lead) for lead in leads.window] == ["7d", "3d", "24h", "6h"]
    assert [lead_name(lead) for lead in leads.unstated(leads.window)] == ["7d", "3d", "48h"]
