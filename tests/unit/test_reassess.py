"""Reassessment: pure, idempotent, and nothing changes by itself before it says so. Orders are made at random."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcelparsers.model import State
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.domain.errors import FactError
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import Assessment, Order, Severity, WindowState
from parcelwarden.domain.moment import Between
from parcelwarden.domain.reassess import reassess
from support.assessing import NUMBER, at, event, order, orders, parcel, rules

SECOND = timedelta(seconds=1)
MADRID = ZoneInfo("Europe/Madrid")
CATALOGUES = load_catalogues()
URGING = frozenset(
    [
        "completed_not_delivered", "completed_not_delivered_late", "completed_not_delivered_soon", "delivery_over",
        "dispute_offered", "dispute_open_late", "dispute_open_now", "may_be_open", "may_be_open_late",
        "may_be_open_soon",
        "opening_unknown", "paypal_ends_first", "paypal_last_route", "stalled", "trouble", "window_closed_paypal",
        "window_end_unknown", "window_grace",
    ]
)  # fmt: skip
"""Codes that speak of a claim for a parcel that did not come."""

days = st.integers(0, 200 * 24).map(lambda hours: at(hours / 24))
some = settings(max_examples=150, deadline=None)


def looked_by(of: Order, now: datetime) -> datetime:
    """`now`, or the newest look where that is later: nobody has looked in the future."""
    return max([now, *(p.last_ok_at for p in of.parcels if p.last_ok_at)])


def shown(found: Assessment) -> Assessment:
    return msgspec.structs.replace(found, next_change_at=None)


@some
@given(orders(), days)
def test_the_same_input_gives_the_same_value(of: Order, now: datetime) -> None:
    assert reassess(of, now, rules()) == reassess(of, now, rules())


@some
@given(orders(), days)
def test_nothing_changes_before_next_change_at(of: Order, now: datetime) -> None:
    now = looked_by(of, now)
    first = reassess(of, now, rules())
    later = first.next_change_at - SECOND if first.next_change_at else now + timedelta(days=4000)
    assert first.next_change_at is None or first.next_change_at > now
    if later > now:
        assert shown(reassess(of, later, rules())) == shown(first)


@some
@given(orders(), days)
def test_keys_do_not_move_with_time_and_spans_are_not_empty(of: Order, now: datetime) -> None:
    now = looked_by(of, now)
    first, later = reassess(of, now, rules()), reassess(of, now + timedelta(days=2), rules())
    before = {draft.key: draft for draft in first.alerts}
    assert len(before) == len(first.alerts) <= 60
    for draft in first.alerts:
        assert draft.helps_until is None or (draft.due_at < draft.helps_until and now < draft.helps_until)
    for draft in later.alerts:
        if draft.key in before:
            assert draft.due_at == before[draft.key].due_at


@some
@given(orders(), days)
def test_everything_that_is_told_can_be_told_in_every_language(of: Order, now: datetime) -> None:
    found = reassess(of, now, rules())
    for told in (found.advice, *found.alerts):
        assert all(isinstance(value, str) for value in told.params.values())
        for catalogue in CATALOGUES.values():
            assert render(told, catalogue, MADRID, now)


@some
@given(orders(), days)
def test_act_by_alerts_are_never_after_act_by(of: Order, now: datetime) -> None:
    found = reassess(of, now, rules())
    for draft in found.alerts:
        _, subject, what, instant = draft.key.split(":", 3)
        window = found.policy.windows.get(subject)
        if what.startswith("act_by-") and window and window.act_by:
            assert draft.due_at < window.act_by == draft.helps_until
            assert datetime.fromisoformat(instant).astimezone(UTC) == window.act_by.replace(microsecond=0)


@some
@given(orders(), days)
def test_an_opening_by_our_verdict_is_never_more_than_a_notice(of: Order, now: datetime) -> None:
    found = reassess(of, now, rules())
    told = [found.advice, *found.alerts]
    assert all(t.severity.rank <= Severity.NOTICE.rank for t in told if t.code.startswith(("may_be_open", "trouble")))
    window = found.policy.windows.get("dispute_not_received")
    certain = of.facts.completed_at or of.facts.logistics == "abnormal"
    if found.advice.window == "dispute_not_received" and window and window.opened_by == "abnormal" and not certain:
        due = of.facts.delivery_due_at
        over = due.latest if isinstance(due, Between) else due
        if isinstance(over, datetime) and now < over and window.state is not WindowState.CLOSED:
            assert found.advice.severity.rank <= Severity.WARNING.rank
            assert found.advice.severity.rank <= Severity.NOTICE.rank or found.advice.code in (
                "pay_duties", "confirm_address", "delivery_failed", "window_end_unknown",
            )  # fmt: skip


@some
@given(orders(), days)
def test_no_claim_is_urged_where_none_may_be(of: Order, now: datetime) -> None:
    facts, dispute = of.facts, of.facts.dispute
    settled = (
        facts.received_at or facts.refunded_at or facts.delivered_at or dispute.opened_at or dispute.closed_at
        or facts.paypal_case_opened_at or facts.chargeback_opened_at
        or facts.refund_granted_at or facts.cancelled_at
    )  # fmt: skip
    found = reassess(of, now, rules())
    if settled:
        assert not URGING & {found.advice.code, *(draft.code for draft in found.alerts)}


@some
@given(orders(), days)
def test_nothing_is_named_later_than_the_earliest_reading(of: Order, now: datetime) -> None:
    found = reassess(of, now, rules())
    windows, clocks = found.policy.windows, found.policy.clocks
    told = [(draft.params, draft.key.split(":")[1]) for draft in found.alerts]
    for params, subject in (*told, (found.advice.params, found.advice.window)):
        window = windows.get(subject) if subject else None
        ends = {end for item in (*windows.values(), *clocks.values()) if (end := item.last_safe_at)}
        limit = window.last_safe_at if window and window.last_safe_at else max(ends, default=None)
        named = [params[name] for name in ("act_by", "last_safe_at", "ends_at") if name in params]
        assert all(limit is None or datetime.fromisoformat(value).astimezone(UTC) <= limit for value in named)


@some
@given(orders(), days)
def test_after_an_end_nobody_says_there_is_time(of: Order, now: datetime) -> None:
    found = reassess(of, now, rules())
    window = found.policy.windows.get("dispute_not_received")
    if window and window.state in (WindowState.CLOSED, WindowState.GRACE):
        assert "act_by" not in found.advice.params or found.advice.window != window.id
        assert not any(d.code in ("dispute_open_now", "dispute_open_late", "may_be_open") for d in found.alerts)


def test_the_first_delivery_counts_for_ends_and_the_last_for_the_order() -> None:
    one = parcel(event(5), event(20, State.DELIVERED, 7), looked=31)
    two = parcel(event(5), event(24, State.DELIVERED, 7), looked=31, number="LX000000019XX")
    both = reassess(order(one, two), at(31), rules())
    window = both.policy.windows["dispute_not_as_described"]
    assert window.act_by is not None and window.opens_at is not None
    assert at(26) < window.act_by <= at(27) and window.opens_at >= at(24)
    underway = parcel(event(5), event(30), looked=31, number="LX000000019XX")
    half = reassess(order(one, underway), at(31), rules())
    assert "dispute_not_as_described" not in half.policy.windows
    assert half.advice.code == "moving"


def test_of_an_order_half_delivered_and_completed_the_first_delivery_anchors_ends_only() -> None:
    one = parcel(event(5), event(20, State.DELIVERED, 7), looked=31)
    two = parcel(event(5), event(30), looked=31, number="LX000000019XX")
    found = reassess(order(one, two, completed_at=at(25)), at(31), rules())
    window = found.policy.windows["dispute_not_as_described"]
    assert window.opens_at == at(25)
    assert window.act_by is not None and window.act_by <= at(27)
    assert found.advice.code.startswith("completed_not_delivered")


def test_any_abnormal_parcel_makes_the_order_abnormal() -> None:
    fine = parcel(event(5), event(9), looked=10)
    back = parcel(event(5), event(9, State.RETURNED), looked=10, number="LX000000019XX")
    found = reassess(order(fine, back), at(20), rules())
    assert found.policy.windows["dispute_not_received"].opened_by == "abnormal"
    assert set(found.verdicts) == {NUMBER, "LX000000019XX"}


def test_dates_that_no_calendar_holds_are_refused() -> None:
    with pytest.raises(FactError):
        reassess(order(shipped_at=datetime(9999, 12, 30, tzinfo=UTC)), at(5), rules())
