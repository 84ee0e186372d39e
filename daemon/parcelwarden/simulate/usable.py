"""When the buyer could be reached: the machine on, its clock right, some channel working, no quiet hours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from parcelwarden.simulate.faults import CHANNELS, Spell, Weather

Interval = tuple[datetime, datetime]
NOTHING = timedelta()
RETRY = timedelta(minutes=70)
"""A channel that failed is tried again every hour at the latest."""
UNSURE = timedelta(hours=13)
"""One that did not confirm, twice a day: it may have been shown."""


class Usable:
    """Intervals that do not overlap, in order."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self._intervals = [pair for pair in intervals if pair[0] < pair[1]]
        self._begins = [begins for begins, _ in self._intervals]

    def within(self, begins: datetime, ends: datetime) -> timedelta:
        """How much of it lies between two instants."""
        total = NOTHING
        place = max(0, bisect_right(self._begins, begins) - 1)
        for first, last in self._intervals[place:]:
            if first >= ends:
                break
            total += max(NOTHING, min(last, ends) - max(first, begins))
        return total


def usable(weather: Weather) -> Usable:
    """The usable time of a world."""
    found: list[Interval] = [(spell.begins, spell.ends) for spell in weather.runs]
    for bad in (_wrong_clock(weather), _mute(weather.channels), _quiet(weather)):
        found = _without(found, bad)
    return Usable(found)


def _without(good: Sequence[Interval], bad: Sequence[Interval]) -> list[Interval]:
    found: list[Interval] = []
    ordered = sorted(bad)
    first = 0
    for begins, ends in good:
        while first < len(ordered) and ordered[first][1] <= begins and first < len(ordered) - 1:
            first += 1
        for since, until in ordered[first:]:
            if since >= ends:
                break
            if until <= begins:
                continue
            found.append((begins, min(ends, since)))
            begins = max(begins, until)
        found.append((begins, ends))
    return [pair for pair in found if pair[0] < pair[1]]


def _wrong_clock(weather: Weather) -> list[Interval]:
    """While it is wrong, and the moment that the watch on it takes."""
    return [(begins, ends + timedelta(seconds=10)) for begins, ends, _ in weather.clock]


def _mute(channels: dict[str, tuple[Spell, ...]]) -> list[Interval]:
    """While every channel is down, and until the next try after it."""
    found = []
    first, second = (channels.get(name, ()) for name in CHANNELS)
    for one in first:
        for other in second:
            begins, ends = max(one.begins, other.begins), min(one.ends, other.ends)
            if begins < ends:
                wait = UNSURE if "unconfirmed" in (one.kind, other.kind) else RETRY
                found.append((begins, ends + wait))
    return found


def _quiet(weather: Weather) -> list[Interval]:
    """The buyer's quiet hours, each day of the world."""
    if weather.quiet is None:
        return []
    zone = ZoneInfo(weather.zone)
    begins, ends = (time.fromisoformat(text) for text in weather.quiet)
    day, last = weather.runs[0].begins.date() - timedelta(days=2), weather.runs[-1].ends.date()
    found = []
    while day <= last:
        until = day + timedelta(days=1) if ends < begins else day
        found.append((datetime.combine(day, begins, zone), datetime.combine(until, ends, zone)))
        day += timedelta(days=1)
    return found
