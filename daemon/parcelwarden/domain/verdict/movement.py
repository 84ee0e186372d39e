"""Which lines of a history are movement, in which order, and within what bounds of time.

Source: `SEMANTICS.md`, Verdicts (notices and advisory lines are never movement); `STATUSES.md` §1
(`expired` means that an aggregator stopped looking; the leg is the maximum over the history).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.model import Facts
from parcelwarden.domain.moment import DAY, Between, When

STILL = frozenset({State.INFO_RECEIVED, State.EXPIRED})
"""States of lines that tell of no physical handling."""

FIRST_ZONE = timezone(timedelta(hours=14))
"""Where a calendar day begins first on earth."""


def is_movement(event: Event) -> bool:
    """Whether the line shows that somebody handled the parcel. A line of unknown state (None) does."""
    return not event.advisory and event.state not in STILL


def movement_of(events: Iterable[Event]) -> tuple[Event, ...]:
    """The movement, oldest first. Lines of the same instant keep their given order; a line without a date
    keeps its place behind the line before it."""
    keyed: list[tuple[datetime, int, Event]] = []
    place = datetime.min.replace(tzinfo=UTC)
    for index, event in enumerate(events):
        place = event.at or place
        keyed.append((place, index, event))
    return tuple(event for _, _, event in sorted(keyed, key=lambda row: row[:2]) if is_movement(event))


def predating(events: Iterable[Event], facts: Facts) -> list[Event]:
    """The lines that, at the latest that they can have been, lie more than 24 h before the payment at the
    earliest that it can have been. Without a payment date the day of the order stands for it, which is
    never later."""
    paid = facts.paid_at or facts.placed_at
    if paid is None:
        return []
    limit = begins(paid) - DAY
    return [event for event in events if (latest := latest_instant(event)) is not None and latest < limit]


def own_movement(events: Iterable[Event], facts: Facts) -> tuple[Event, ...]:
    """The movement that can belong to this order: numbers are used again, so lines that predate it are left
    out where others remain. Where all predate it they are kept: that is a verdict of its own."""
    movement = movement_of(events)
    foreign = {id(event) for event in predating(movement, facts)}
    return tuple(event for event in movement if id(event) not in foreign) or movement


def latest_instant(event: Event) -> datetime | None:
    """The last instant at which the line can have been true; None where no date was printed."""
    return None if event.at is None else event.at + timedelta(hours=event.uncertain_hours)


def earliest_instant(event: Event) -> datetime | None:
    """The first instant at which the line can have been true; None where no date was printed."""
    return None if event.at is None else event.at - timedelta(hours=event.uncertain_hours)


def silent_since(movement: Sequence[Event]) -> datetime | None:
    """When the silence began: the latest instant that any movement allows, so that no silence is
    overstated."""
    return max((at for at in map(latest_instant, movement) if at is not None), default=None)


def furthest_leg(movement: Sequence[Event]) -> Leg:
    """How far the parcel got: the maximum over its movement."""
    return max((event.leg for event in movement), default=Leg.ANNOUNCED)


def begins(when: When) -> datetime:
    """The first instant that a fact's time allows. A day begins where days begin first (UTC+14)."""
    if isinstance(when, Between):
        return when.earliest
    if isinstance(when, datetime):
        return when
    return _day_begins(when)


@lru_cache(maxsize=256)
def _day_begins(day: date) -> datetime:
    """Kept for a while: every line of a history is compared with the same few days."""
    return datetime.combine(day, time(), FIRST_ZONE).astimezone(UTC)
