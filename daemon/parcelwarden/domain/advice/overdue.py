"""Nothing came, and a claim is possible, nearly over, or past. Before `act_by` that date is named; after it
the last safe instant, with the words not to rest on it; after the end nobody says that there is still
time."""

from __future__ import annotations

from datetime import timedelta

from parcelwarden.domain.advice.say import CRITICAL, DAY, INFO, NOTICE, WARNING, advise, by_time_left
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.unsent import missing_dates
from parcelwarden.domain.model import Advice, VerdictCode, Window, WindowState

SOON = 14 * DAY
"""How long before its end a PayPal window that ends before the parcel is due is the advice itself, and how long
after its end a closed protection still warns."""

UNSTATED = timedelta(days=2)
"""The last two days of an end whose zone no rule states (`SEMANTICS.md`, Principle)."""


def overdue(sit: Situation) -> Advice | None:
    """The claim is possible by more than our own verdict, or its end is near or has come, on whatever it
    rests."""
    window = sit.not_received
    if window is None or not sit.claimable:
        return None
    if window.state is WindowState.CLOSED:
        return _closed(sit, window)
    if window.state is WindowState.GRACE:
        return advise(sit, "window_grace", NOTICE if sit.rests_on_verdict else CRITICAL, window)
    if window.opens_at is None:
        return _opening_unknown(sit, window)
    if window.state is WindowState.OPEN:
        return _open(sit, window)
    if sit.facts.completed_at is not None:
        return advise(sit, "completed_not_delivered_soon", WARNING, window)
    return None


def _open(sit: Situation, window: Window) -> Advice | None:
    if window.last_safe_at is None:
        if missing_dates(sit):
            return None
        return advise(sit, "window_end_unknown", WARNING, window, missing=("observed_protection_ends_at",))
    if not sit.horizon.reached(sit.certain_from):
        return None if sit.opened_by_verdict else _offered(sit, window)
    open_code, late_code = claim_codes(sit)
    if sit.horizon.reached(window.act_by):
        return advise(sit, late_code, CRITICAL, window)
    severity = CRITICAL if sit.horizon.within(window.act_by, DAY) else WARNING
    return advise(sit, open_code, severity, window)


def _opening_unknown(sit: Situation, window: Window) -> Advice | None:
    """The end is known, from when a dispute can be opened is not: the last week before the end speaks of
    it."""
    if not sit.horizon.within(window.last_safe_at, 7 * DAY):
        return None
    if sit.horizon.reached(window.last_safe_at):
        return advise(sit, "window_grace", CRITICAL, window)
    return advise(sit, "opening_unknown", by_time_left(sit, window.last_safe_at), window)


def _offered(sit: Situation, window: Window) -> Advice | None:
    """The page offers a dispute before the delivery time is over: said where something is wrong or the end
    is near."""
    wrong = sit.code in (VerdictCode.ABNORMAL, VerdictCode.STALLED)
    if not wrong and not sit.horizon.within(window.last_safe_at, 7 * DAY):
        return None
    severity = by_time_left(sit, window.last_safe_at)
    return advise(sit, "dispute_offered", severity, window, reason=sit.reason if wrong else None)


def claim_codes(sit: Situation) -> tuple[str, str]:
    """The codes of a possible claim: before `act_by`, and from then to the last safe instant."""
    if sit.facts.completed_at is not None:
        return "completed_not_delivered", "completed_not_delivered_late"
    return "dispute_open_now", "dispute_open_late"


def _closed(sit: Situation, window: Window) -> Advice:
    paypal = sit.paypal
    if paypal and paypal.state is WindowState.OPEN:
        until = paypal.last_safe_at
        severity = CRITICAL if sit.horizon.within(until, UNSTATED) else WARNING
        return advise(sit, "window_closed_paypal", severity, window, paypal_until=until)
    card = sit.card
    if card and card.state is WindowState.OPEN and card.last_safe_at is not None:
        return advise(sit, "window_closed_card", WARNING, window, card_until=card.last_safe_at)
    fresh = not sit.horizon.reached(window.stated_end_at + SOON if window.stated_end_at else None)
    return advise(sit, "window_closed", WARNING if fresh else INFO, window)


def paypal_first(sit: Situation) -> Advice | None:
    """PayPal's window ends before the parcel is due, and that is near: the one route, should nothing come
    by then."""
    paypal = sit.paypal
    if paypal is None or not sit.claimable or paypal.state is not WindowState.OPEN:
        return None
    if not sit.paypal_ends_first or not sit.horizon.within(paypal.last_safe_at, SOON):
        return None
    until = paypal.last_safe_at
    severity = WARNING if sit.horizon.within(until, 7 * DAY) else NOTICE
    return advise(sit, "paypal_ends_first", severity, paypal, paypal_until=until, delivery_end=sit.delivery_end)


def may_be_open(sit: Situation) -> Advice | None:
    """The claim rests on our own verdict: never more than a notice, and the shop decides."""
    window = sit.not_received
    if window is None or not sit.claimable or not sit.rests_on_verdict or window.opens_at is None:
        return None
    if not sit.horizon.reached(window.opens_at):
        return advise(sit, "may_be_open_soon", NOTICE, window, reason=sit.reason)
    late = sit.horizon.reached(window.act_by)
    return advise(sit, "may_be_open_late" if late else "may_be_open", NOTICE, window, reason=sit.reason)
