"""One parcel's history into counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.moment import DAY
from parcelwarden.domain.silence.counts import HORIZON, SilenceCounts
from parcelwarden.domain.verdict.silence import step_of

UNSCANNED_AFTER = 60.0
"""Days after dispatch from which a parcel without a scan at the destination counts as never scanned there."""


def observe(counts: SilenceCounts, lane: str, movement: Sequence[Event], looked_at: datetime) -> None:
    """Count a parcel once: its silences, and whether its lane was scanned. `movement` is dated and oldest first, the
    last silence is cut short at `looked_at` (the last look that got an answer) unless the parcel was delivered."""
    dated = [(event.at, event) for event in movement if event.at is not None and event.at <= looked_at]
    for (before, event), (after, _) in pairwise(dated):
        counts.add_gap(lane, step_of(event), _days(after - before), ended=True)
    if not dated:
        return
    since, last = dated[-1]
    silent = _days(looked_at - since)
    if last.state is not State.DELIVERED:
        counts.add_gap(lane, step_of(last), silent, ended=False)
    scanned = any(event.leg >= Leg.ARRIVED for _, event in dated)
    if scanned or silent >= UNSCANNED_AFTER:
        counts.add_parcel(lane, scanned=scanned)


def _days(span: timedelta) -> float:
    return min(max(span / DAY, 0.0), HORIZON)
