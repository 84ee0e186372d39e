"""One parcel's history into counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.silence.counts import HORIZON, SilenceCounts
from parcelwarden.domain.silence.steps import step_of_event

DAY = timedelta(days=1)

UNSCANNED_AFTER = 60.0
"""Days after dispatch from which a parcel without a scan at the destination counts as never scanned there."""


def observe(counts: SilenceCounts, lane: str, movement: Sequence[Event], looked_at: datetime) -> None:
    """Count a parcel once: its silences, and whether its lane was scanned. `movement` is dated and oldest first, the
    last silence is cut short at `looked_at` (the last look that got an answer) unless the parcel was delivered."""
    known = [event for event in movement if event.at is not None and event.at <= looked_at]
    for before, after in pairwise(known):
        counts.add_gap(lane, step_of_event(before), _days(before.at, after.at), ended=True)
    if not known:
        return
    last = known[-1]
    silent = _days(last.at, looked_at)
    if last.state is not State.DELIVERED:
        counts.add_gap(lane, step_of_event(last), silent, ended=False)
    scanned = any(event.leg >= Leg.ARRIVED for event in known)
    if scanned or silent >= UNSCANNED_AFTER:
        counts.add_parcel(lane, scanned=scanned)


def _days(start: datetime | None, end: datetime | None) -> float:
    assert start is not None and end is not None
    return min(max((end - start) / DAY, 0.0), HORIZON)
