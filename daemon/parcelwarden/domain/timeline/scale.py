"""From instants to pixels, and which days get a tick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from parcelwarden.domain.moment import DAY
from parcelwarden.domain.timeline.model import Timeline

RUN_OFF = 60 * DAY
"""A window that ends so much later than everything else runs off the edge, so that the rest stays readable."""
BEFORE = 30 * DAY
"""Scans older than the order by more stand at the edge."""
_STEPS = (1, 2, 4, 7, 14, 28, 56, 112, 224, 448, 896)


class Scale(NamedTuple):
    """`start` stands at `left`, `end` at `right` (pixels)."""

    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Where an instant stands; what is out of range stands at the edge."""
        share = (at - self.start) / (self.end - self.start)
        return round(self.left + (self.right - self.left) * min(1.0, max(0.0, share)), 1)

    def holds(self, at: datetime) -> bool:
        """Whether the instant is in range."""
        return self.start <= at <= self.end

    def ticks(self, room: float) -> Iterator[datetime]:
        """Midnights (in the zone of `start`) with at least `room` pixels from one to the next."""
        days = max((self.end - self.start) / DAY, 1)
        each = days * room / (self.right - self.left)
        step = next((step for step in _STEPS if step >= each), _STEPS[-1])
        day = self.start.replace(hour=0, minute=0, second=0, microsecond=0)
        for number in range(1, int(days) // step + 2):
            at = day + timedelta(days=number * step)
            if self.holds(at):
                yield at


def scale_of(line: Timeline, left: float, right: float) -> Scale:
    """The range that holds everything of interest, with a margin."""
    order = [mark.at for mark in line.marks] + list(line.delivery or ())
    first = min(order, default=line.now)
    scans = [max(scan.at, first - BEFORE) for lane in line.lanes for scan in lane.scans]
    quiet = [lane.silence.expected for lane in line.lanes if lane.silence and lane.silence.expected]
    core = [*order, *scans, *quiet, *(limit.until for limit in line.limits), line.now]
    ends = [at for bar in line.bars for at in (bar.opens, bar.act_by, bar.last_safe, bar.ends) if at]
    last = _reach(max(core), ends)
    start, end = min(core), max(last, max(core))
    pad = max((end - start) * 0.03, timedelta(hours=12))
    local = (start - pad).astimezone(line.zone)
    return Scale(local, end + pad, left, right)


def _reach(last: datetime, ends: Iterable[datetime]) -> datetime:
    """How far the windows reach, one after the other, without a gap as long as `RUN_OFF`."""
    for at in sorted(ends):
        if at > last + RUN_OFF:
            break
        last = max(last, at)
    return last
