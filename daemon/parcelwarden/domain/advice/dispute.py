"""A dispute that was opened: what the buyer must do, whom to wait for, and what comes after it is
closed."""

from __future__ import annotations

from datetime import timedelta

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import CRITICAL, DAY, INFO, NOTICE, by_time_left, of_clock, settled
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.model import Advice, Clock, Severity

OPTIONAL = frozenset({"appeal"})
"""Duties that the buyer may leave: they never get critical."""

CRITICAL_LEFT = timedelta(days=2)
"""A duty's zone is not stated by its rule, so the last two days are the critical ones (`SEMANTICS.md`,
Principle)."""


def duty(sit: Situation) -> Advice | None:
    """What the buyer must do in a running dispute or case, the earliest end first."""
    running = [clock for name in names.DUTIES if (clock := sit.clock(name)) and _can_still(sit, clock)]
    if not running:
        return None
    first = min(running, key=lambda clock: (clock.last_safe_at is None, clock.last_safe_at))
    if sit.horizon.reached(first.last_safe_at):
        return of_clock(f"{first.id}_late", _capped(first, CRITICAL), first)
    return of_clock(first.id, _capped(first, by_time_left(sit, first.last_safe_at, critical=CRITICAL_LEFT)), first)


def _can_still(sit: Situation, clock: Clock) -> bool:
    return not sit.horizon.reached(clock.stated_end_at or clock.last_safe_at)


def _capped(clock: Clock, severity: Severity) -> Severity:
    return NOTICE if clock.id in OPTIONAL else severity


def waiting(sit: Situation) -> Advice | None:
    """Whom to wait for, and from when to look: what the rule says is over may come out either way
    (`POLICIES.md` Q10)."""
    for name in names.DISPUTE_WAITS:
        clock = sit.clock(name)
        if clock is None:
            continue
        if not sit.horizon.reached(clock.due_at):
            return of_clock(name, INFO, clock)
        if not sit.horizon.reached(clock.due_at + 30 * DAY if clock.due_at else None):
            return of_clock("dispute_look", NOTICE, clock)
    return None


def running(sit: Situation) -> Advice | None:
    """A dispute that is open with no clock to name, or closed."""
    dispute = sit.facts.dispute
    if not sit.dispute_known:
        return None
    if dispute.closed_at is not None:
        return settled("dispute_over", INFO)
    if dispute.seller_replied_at is not None:
        return settled("dispute_replied", NOTICE)
    return settled("dispute_open", INFO)
