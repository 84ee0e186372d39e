"""One parcel's history into counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.moment import DAY
from parcelwarden.domain.silence.counts import HORIZON, SilenceCounts
from parcelwarden.domain.silence.steps import is_abroad
from parcelwarden.domain.verdict.silence import step_after

UNSCANNED_AFTER = 60.0
"""Days of silence after which a parcel that was not delivered counts as lost, and one without a scan at the destination
as never scanned there."""


def observe(counts: SilenceCounts, lane: str, movement: Sequence[Event], looked_at: datetime) -> None:
    """Count a parcel once: its silences, and whether its lane was scanned. `movement` is dated and oldest first, the
    last silence is cut short at `looked_at` (the last look that got an answer) unless the parcel was delivered.

    What counts as the end of a silence is movement on the way to the buyer: at the destination, the silences of a
    parcel that was lost in the end, however often it was scanned on its way back, are cut short, not ended."""
    dated = [event for event in movement if event.at is not None and event.at <= looked_at]
    if not dated:
        return
    *ended, silent = silences(dated, looked_at)
    delivered = dated[-1].state is State.DELIVERED
    lost = not delivered and silent >= UNSCANNED_AFTER
    for place, days in enumerate(ended, 1):
        step = step_after(dated[:place])
        counts.add_gap(lane, step, days, ended=not lost or is_abroad(step))
    if not delivered:
        counts.add_gap(lane, step_after(dated), silent, ended=False)
    scanned = any(event.leg >= Leg.ARRIVED for event in dated)
    if scanned or silent >= UNSCANNED_AFTER:
        counts.add_parcel(lane, scanned=scanned)


def silences(movement: Sequence[Event], until: datetime) -> list[float]:
    """The days of silence after each of some dated events; the last of them up to an instant."""
    instants = [*(event.at for event in movement if event.at), until]
    return [min(max((after - before) / DAY, 0.0), HORIZON) for before, after in pairwise(instants)]
