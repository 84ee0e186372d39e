"""One timeline of one parcel from the histories of several sources: nothing twice, late lines in their place, and
nothing that was once seen is lost when a source shortens its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from parcelparsers.model import Event, Flag, Parcel
from parcelparsers.timeline import decide
from parcelwarden.services.records import ParcelRecord

_LASTING = (Flag.ECONOMY_NO_LASTMILE, Flag.HANDOFF_NUMBER)
"""Flags of the parcel itself, not of its newest line."""
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_TOLD_ONCE = ("eta", "service_line", "origin", "destination", "last_mile")


def taken_in(parcel: ParcelRecord, told: Parcel, asked_at: datetime) -> ParcelRecord:
    """The parcel with what one source tells of it now."""
    events, alone = merged(parcel.events, told.events)
    newest = alone or _newest(told.events) >= _newest(parcel.events)
    state, leg = (told.state, told.leg) if alone else decide(events)
    if newest and told.state is not None:
        state = told.state
    lasting = tuple(flag for flag in parcel.flags if flag in _LASTING)
    flags = (*lasting, *told.flags) if newest else (*parcel.flags, *(f for f in told.flags if f in _LASTING))
    return msgspec.structs.replace(
        parcel,
        events=events,
        state=state or parcel.state,
        leg=max(parcel.leg, told.leg, leg),
        flags=tuple(dict.fromkeys(flags)),
        moved_at=asked_at if events != parcel.events else parcel.moved_at,
        **_told(parcel, told, newest),
    )


def joined(parcel: ParcelRecord, other: ParcelRecord) -> ParcelRecord:
    """Two parcels that turned out to be one."""
    events, _ = merged(parcel.events, other.events)
    state, leg = decide(events)
    return msgspec.structs.replace(
        parcel,
        events=events,
        state=state or parcel.state or other.state,
        leg=max(parcel.leg, other.leg, leg),
        flags=tuple(dict.fromkeys((*parcel.flags, *other.flags))),
        **_told(other, parcel, newest=True),
    )


def merged(old: Sequence[Event], new: Sequence[Event]) -> tuple[tuple[Event, ...], bool]:
    """Both histories as one, oldest first, and whether the new one tells all of it.

    A history that only grew keeps its source's own order, one that did not grow the order that is known; a line that is
    told twice counts once. Otherwise lines are placed by their instants; an undated one stays behind the line that it
    followed."""
    known = {_identity(event): event for event in reversed(new)}
    new = [event for event in new if known[_identity(event)] is event]
    if len(old) == len(new) and all(_identity(event) in known for event in old):
        return tuple(known[_identity(event)] for event in old), True
    gone = [event for event in old if _identity(event) not in known]
    if not gone:
        return tuple(new), True
    placed = [*_placed(old, keep=gone), *_placed(new, keep=new)]
    placed.sort(key=lambda pair: pair[0])
    return tuple(event for _, event in placed), False


def _identity(event: Event) -> tuple[Any, ...]:
    """The same line, also when its wording or the page's language changed: a code says enough where there is one."""
    what = event.code or (event.description.casefold(), event.location.casefold())
    return event.at or event.local_time, what


def _placed(events: Iterable[Event], keep: Sequence[Event]) -> list[tuple[datetime, Event]]:
    kept = {id(event) for event in keep}
    last = _BEFORE_ALL
    found = []
    for event in events:
        last = event.at or last
        if id(event) in kept:
            found.append((last, event))
    return found


def _newest(events: Iterable[Event]) -> datetime:
    return max((event.at for event in events if event.at and not event.advisory), default=_BEFORE_ALL)


def _told(old: ParcelRecord, new: Parcel | ParcelRecord, newest: bool) -> dict[str, Any]:
    """What is told of the parcel beside its lines: the newer word, else the only one."""
    pairs = {name: (getattr(new, name), getattr(old, name)) for name in _TOLD_ONCE}
    return {name: (a or b) if newest else (b or a) for name, (a, b) in pairs.items()}
