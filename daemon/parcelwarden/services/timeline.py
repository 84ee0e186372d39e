"""One timeline of one parcel from the histories of several sources: nothing twice, also where two sources give one
scan their own codes, late lines in their place, and nothing that was once seen is lost when a source shortens its
history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from parcelparsers.model import Event, Flag, Parcel, State
from parcelparsers.timeline import decide
from parcelwarden.services.records import ParcelRecord

_LASTING = (Flag.ECONOMY_NO_LASTMILE, Flag.HANDOFF_NUMBER)
"""Flags of the parcel itself, not of its newest line."""
FIRST_YEAR, LAST_YEAR = 1990, 2199
"""A line dated outside of these (0001 and 9999 are known fillers) has no date."""
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_TO_THE_MINUTE = len("2026-03-02T09:00")
_MOVING = (State.INFO_RECEIVED, State.IN_TRANSIT)
_WORD = re.compile(r"\w+")
_NAMED = ("service_line", "origin", "destination", "last_mile")
_TOLD_ONCE = ("eta", *_NAMED)
_TEXTS = ("local_time", "zone", "code", "description", "location")
LONGEST = 500
"""Characters kept of one text, whatever a source sends: an export holds all of them."""


def taken_in(parcel: ParcelRecord, told: Parcel, asked_at: datetime) -> ParcelRecord:
    """The parcel with what one source tells of it now."""
    told = msgspec.structs.replace(told, events=tuple(map(_kept, told.events)), **_cut(told, _NAMED))
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


def _kept(event: Event) -> Event:
    news = _cut(event, _TEXTS)
    if event.at is not None and not FIRST_YEAR <= event.at.year <= LAST_YEAR:
        news["at"] = None
    return msgspec.structs.replace(event, **news) if news else event


def _cut(told: Event | Parcel, names: Iterable[str]) -> dict[str, Any]:
    """Those of the texts that are too long, cut."""
    found = {}
    for name in names:
        text = getattr(told, name)
        if text and len(text) > LONGEST:
            found[name] = text[:LONGEST]
    return found


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
    if gone:
        gone, new = _as_one(old, gone, new)
    if not gone:
        return tuple(new), True
    placed = [*_placed(old, keep=gone), *_placed(new, keep=new)]
    placed.sort(key=lambda pair: pair[0])
    return tuple(event for _, event in placed), False


def _identity(event: Event) -> tuple[Any, ...]:
    """The same line, also when its wording or the page's language changed: a code says enough where there is one."""
    what = event.code or (event.description.casefold(), event.location.casefold())
    return event.at or event.local_time, what


def _as_one(old: Sequence[Event], gone: Sequence[Event], new: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Without the lines of `gone` that a new line tells in another source's words; of the two the line whose instant
    is surer is kept, at the place of the new one."""
    before = {_identity(event) for event in old}
    by_clock: dict[str, list[int]] = {}
    for place, event in enumerate(new):
        if len(event.local_time) >= _TO_THE_MINUTE and _identity(event) not in before:
            by_clock.setdefault(event.local_time[:_TO_THE_MINUTE], []).append(place)
    kept, told = [], list(new)
    for event in gone:
        places = by_clock.get(event.local_time[:_TO_THE_MINUTE], [])
        twin = next((place for place in places if _twins(event, new[place])), None)
        if twin is None:
            kept.append(event)
            continue
        places.remove(twin)
        if event.uncertain_hours <= new[twin].uncertain_hours:
            told[twin] = event
    return kept, told


def _twins(one: Event, other: Event) -> bool:
    """Whether two sources tell one scan: at the same minute of the printed clock and at no different places they say
    the same words, or the same of a parcel that does more than move. (Two plain movements in one minute are two.)"""
    if one.state is not other.state or one.advisory is not other.advisory or not _one_place(one, other):
        return False
    return (one.state is not None and one.state not in _MOVING) or _words(one) == _words(other) != ""


def _one_place(one: Event, other: Event) -> bool:
    here, there = one.location.casefold(), other.location.casefold()
    return here in there or there in here


def _words(event: Event) -> str:
    return " ".join(_WORD.findall(event.description.casefold()))


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
