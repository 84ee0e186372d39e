"""Not shipped yet, or not known to be: waiting, cancelling, and orders whose dates nobody has read."""

from __future__ import annotations

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import INFO, NOTICE, WARNING, advise, of_clock
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.model import Advice, VerdictCode, WindowState

BEFORE_MOVING = frozenset({None, VerdictCode.UNVERIFIED, VerdictCode.AWAITING_FIRST_SCAN})


def cancelling(sit: Situation) -> Advice | None:
    """A cancellation was asked for: no promise before 72 h (`POLICIES.md` Q7)."""
    clock = sit.clock(names.CANCEL_ANSWER)
    if clock is None or sit.facts.shipped_at is not None:
        return None
    if sit.horizon.reached(clock.due_at):
        return of_clock("cancel_look", NOTICE, clock)
    return of_clock("cancel_waiting", INFO, clock)


def not_shipped(sit: Situation) -> Advice | None:
    """Paid, not shipped, nothing moves: until when the shop must ship (AE-S1)."""
    facts = sit.facts
    if facts.shipped_at is not None or sit.code not in BEFORE_MOVING:
        return None
    clock = sit.clock(names.SHIP_BY)
    if clock is not None:
        over = sit.horizon.reached(clock.due_at)
        return of_clock("ship_by_over" if over else "awaiting_shipment", WARNING if over else INFO, clock)
    if (facts.paid_at or facts.placed_at) is None or sit.verdict is not None:
        return None
    return advise(sit, "awaiting_shipment_no_date", INFO, missing=("shipped_at", "ship_by_at"))


def no_dates(sit: Situation) -> Advice | None:
    """The dates on which everything hangs are not known: the order's page has them."""
    missing = missing_dates(sit)
    if not missing:
        return None
    return advise(
        sit,
        "open_order_once",
        NOTICE,
        sit.not_received,
        missing=missing,
        missing_dates=",".join(missing),
        reason=trouble(sit),
    )


def missing_dates(sit: Situation) -> tuple[str, ...]:
    """Which of the two dates that the window needs are unknown, where no window is known without them."""
    window = sit.not_received
    if window is not None and window.state is not WindowState.UNKNOWN and window.last_safe_at is not None:
        return ()
    facts = sit.facts
    dates = (("shipped_at", facts.shipped_at), ("delivery_due_at", facts.delivery_due_at))
    return tuple(name for name, value in dates if value is None)


def trouble(sit: Situation) -> str | None:
    """The reason of an abnormal verdict, None for any other."""
    return sit.reason if sit.code is VerdictCode.ABNORMAL else None
