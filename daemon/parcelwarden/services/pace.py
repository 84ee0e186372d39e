"""How soon a parcel is looked at again: by how far it got, by the days left to act, never below the source's floor, and
spread by the number so that no two parcels march in step."""

from __future__ import annotations

from datetime import datetime, timedelta
from zlib import crc32

from parcelparsers.model import Leg, Outcome, State
from parcelwarden.services.records import Look, Prospect

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_FINAL = (State.DELIVERED, State.RETURNED)
_NEAR = (State.OUT_FOR_DELIVERY, State.AVAILABLE_FOR_PICKUP, State.DELIVERY_FAILED, State.CUSTOMS_HOLD)
_BY_LEG = {Leg.ANNOUNCED: 12, Leg.ACCEPTED: 12, Leg.ORIGIN: 12, Leg.LINE_HAUL: 24, Leg.ARRIVED: 12, Leg.CLEARED: 8}
"""Hours between looks; a parcel over the sea is scanned seldom, one in the country often."""
_LOCAL = 6
_LATER = 4
"""How many times slower a source is asked while a likelier one follows the parcel."""
SETTLED_AFTER = 4 * DAY
FORGOTTEN_AFTER = 180 * DAY
SOON = timedelta(minutes=15)
"""The least time to the next try when nothing came back."""
_JITTER = 0.2


def next_look(
    look: Look, prospect: Prospect, asked_at: datetime, floor: timedelta, *, second: bool = False
) -> datetime | None:
    """When to look again after a look at `asked_at` that got an answer; None for never. `second`: a likelier source
    follows the parcel."""
    moved = prospect.moved_at or prospect.created_at
    if prospect.settled:
        return None
    if asked_at - moved > FORGOTTEN_AFTER:
        return None
    if prospect.state in _FINAL and asked_at - moved > SETTLED_AFTER:
        return None
    span = _span(look, prospect, asked_at)
    if prospect.act_by is not None and (left := prospect.act_by - asked_at) > timedelta():
        span = min(span, floor if left < 3 * DAY else max(floor, span / 2) if left < 7 * DAY else span)
    return asked_at + spread(look.number, max(floor, span * (_LATER if second else 1)))


def _span(look: Look, prospect: Prospect, asked_at: datetime) -> timedelta:
    if prospect.state in _FINAL:
        return DAY
    if look.outcome == Outcome.NOT_FOUND:
        return 12 * HOUR
    if prospect.state in _NEAR:
        return _LOCAL * HOUR
    silent = asked_at - (prospect.moved_at or prospect.created_at)
    slower = 2 if silent > 30 * DAY else 1
    return _BY_LEG.get(prospect.leg, _LOCAL) * slower * HOUR


def after_failure(look: Look, asked_at: datetime, floor: timedelta) -> datetime:
    """When to look again after an answer that could not be read: later each time, at most eight floors."""
    return asked_at + spread(look.number, floor * 2 ** min(look.failures, 3))


def spread(name: str, span: timedelta) -> timedelta:
    """The span, longer by up to a fifth; the same name gives the same span."""
    share = crc32(name.encode()) / 0xFFFFFFFF
    return timedelta(seconds=int((span * (1 + _JITTER * share)).total_seconds()))
