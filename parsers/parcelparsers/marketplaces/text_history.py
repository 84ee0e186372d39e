"""The tracking history in a pasted text, where its layout leaves no doubt: each line begins with a date that has a year,
then the time, then the words, and the lines go up or down in time.

A copied page often breaks date and words apart, before or after each other; which belongs to which is then a guess, and
the lines are named in `unread`. No zone is printed for the reader, so every instant is off by as much as the world is wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from parcelparsers.clock import ANYWHERE
from parcelparsers.marketplaces.dates import read_date
from parcelparsers.marketplaces.parcels import by_words
from parcelparsers.model import Event, Leg, State
from parcelparsers.page import Unread
from parcelparsers.private import scrub

_DAY = r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[^\W\d_]{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4})"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?! ?[AaPp]\.?[Mm])"
_LINE = re.compile(rf"\[?{_DAY},?[T ](?:at )?{_CLOCK}\]?(?: ?\(?(?:GMT|UTC)[+-]?[\d:]*\)?)?[ ,:;|–—-]+(?P<words>\S.*)")
_DATED = re.compile(_DAY)
_ARRIVED = re.compile(
    r"(?:(?:the|your|this) )?(?:(?:package|parcel|item|shipment|order) )?(?:(?:has been|was|is) )?"
    r"(?:successfully )?delivered(?: successfully)?[.!]?",
    re.I,
)
"""The sentences of a parcel that is there. Any other that has the word (`to be delivered today`) may mean less."""


def read(lines: Sequence[str], seen_at: datetime | None) -> tuple[tuple[Event, ...], tuple[Unread, ...]]:
    """The events, newest first, and what was not understood of them. `lines` are cleaned. A line later than `seen_at`
    is a forecast; without `seen_at` no line is sure to be none."""
    dated = [line for line in lines if _DATED.match(line.lstrip("["))]
    last = seen_at + timedelta(hours=ANYWHERE) if seen_at else None
    found = [event for line in dated if last and (event := _event(line)) and event.at and event.at <= last]
    way = _way([event.at for event in found if event.at])
    if not way:
        found = []
    missed = len(dated) - len(found)
    unread = (Unread(field="events", why=f"{missed} of {len(dated)} dated lines are not understood for sure"),)
    return tuple(found if way == "down" else reversed(found)), unread if missed else ()


def _event(line: str) -> Event | None:
    found = _LINE.fullmatch(line)
    words = scrub(found["words"]) if found else ""
    day = read_date(found["day"]) if found else None
    if found is None or day is None or sum(map(str.isalpha, words)) < 3:
        return None
    at = _wall(day, found)
    state, leg = _state(words)
    return Event(
        local_time=at.strftime("%Y-%m-%dT%H:%M"),
        at=at,
        uncertain_hours=ANYWHERE,
        state=state,
        leg=leg,
        description=words[:300],
    )


def _wall(day: date, found: re.Match[str]) -> datetime:
    return datetime.combine(day, time(int(found["hour"]), int(found["minute"])), UTC)


def _state(words: str) -> tuple[State | None, Leg]:
    state, leg = by_words(words)
    if state is State.DELIVERED and not _ARRIVED.fullmatch(words):
        return None, Leg.ANNOUNCED
    return state, leg


def _way(times: Iterable[datetime]) -> str:
    """`up`, `down`, empty for neither: lines out of order are no history."""
    pairs = list(pairwise(times))
    if all(a >= b for a, b in pairs):
        return "down"
    return "up" if all(a <= b for a, b in pairs) else ""
