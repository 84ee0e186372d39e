"""Events in order, and what they say together (`STATUSES.md` §1, rules)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from parcelparsers.clock import ANYWHERE
from parcelparsers.model import Event, Flag, Leg, Parcel, State

_MOVING = (State.INFO_RECEIVED, State.IN_TRANSIT)
_DELIVERED, _WAITING = State.DELIVERED, State.AVAILABLE_FOR_PICKUP


def in_order(
    events: Iterable[Event], *, newest_first: bool | None = None, wall_clock: bool = False
) -> tuple[Event, ...]:
    """The events oldest first. (A row that stands there twice is kept: a column that is not read may tell them apart.)

    Equal times keep the source's own order, whose direction is `newest_first` or, undeclared, the one that
    most of the rows follow. An undated row stays behind the row that it followed. `wall_clock`: sort by the
    printed clock, for sources whose zone labels are false.
    """
    rows = list(events)
    keys: list[Any] = [e.local_time or None for e in rows] if wall_clock else [e.at for e in rows]
    if _falls(keys) if newest_first is None else newest_first:
        rows.reverse()
        keys.reverse()
    if None in keys:
        _fill(keys)
    if any(a > b for a, b in pairwise(keys)):
        rows = [rows[i] for i in sorted(range(len(rows)), key=keys.__getitem__)]
    return tuple(rows)


def _falls(keys: Sequence[Any]) -> bool:
    dated = [k for k in keys if k is not None]
    pairs = list(pairwise(dated))
    return len([1 for a, b in pairs if a > b]) > len([1 for a, b in pairs if a < b])


def _fill(keys: list[Any]) -> None:
    """Give each undated row the time of the row before it, the leading ones that of the first dated row."""
    last = next((k for k in keys if k is not None), "")
    for n, key in enumerate(keys):
        last = keys[n] = last if key is None else key


def decide(events: Iterable[Event], stations: Collection[str] = ()) -> tuple[State | None, Leg]:
    """The state and the leg of a history that is in order, oldest first.

    The newest event that is no advisory and has a state decides. A plain moving scan after *delivered* at a
    pickup station (the parcel was waiting there, or the code is one of `stations`) does not undo it. The leg
    is the furthest.
    """
    state: State | None = None
    leg = Leg.ANNOUNCED
    at_station = False
    for event in events:
        if event.advisory:
            continue
        if event.leg > leg:
            leg = event.leg
        new = event.state
        if new is None or (at_station and state is _DELIVERED and new in _MOVING):
            continue
        if new is _DELIVERED:
            at_station = at_station or event.code in stations
        else:
            at_station = new is _WAITING
        state = new
    return state, leg


def settled(
    parcel: Parcel,
    *,
    newest_first: bool | None = None,
    wall_clock: bool = False,
    stations: Collection[str] = (),
) -> Parcel:
    """The parcel with its events in order and its state, leg and common flags taken from them.

    A state or leg that the reader set stands where no event decides. Flags added: `ADVISORY_ONLY` when every
    event is a notice, `TIME_UNCERTAIN` when an instant may be off by `ANYWHERE` or more.
    """
    events = in_order(parcel.events, newest_first=newest_first, wall_clock=wall_clock)
    state, leg = decide(events, stations)
    flags = list(parcel.flags)
    if events and all(e.advisory for e in events):
        flags.append(Flag.ADVISORY_ONLY)
    if any(e.uncertain_hours >= ANYWHERE for e in events):
        flags.append(Flag.TIME_UNCERTAIN)
    return msgspec.structs.replace(
        parcel,
        events=events,
        state=state or parcel.state,
        leg=max(leg, parcel.leg),
        flags=tuple(dict.fromkeys(flags)),
    )
