"""How much doubt it takes to call a silence too long, set by what it would have cost so far."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from parcelparsers.model import Event, State
from parcelwarden.domain.silence.counts import SilenceCounts
from parcelwarden.domain.silence.estimate import SilenceEstimate
from parcelwarden.domain.silence.history import observe, silences
from parcelwarden.domain.silence.settings import SilenceSettings
from parcelwarden.domain.silence.steps import is_abroad
from parcelwarden.domain.verdict.silence import step_after

FOLDS = 5
WEEK = 7 * 86400


class History(msgspec.Struct, frozen=True):
    """One parcel: its lane, its movement (dated, oldest first), and until when it was looked at."""

    lane: str
    movement: Sequence[Event]
    looked_at: datetime


def calibrated(histories: Iterable[History], settings: SilenceSettings | None = None) -> SilenceSettings:
    """The settings with the `doubt` by which `false_share` of the parcels that were delivered would have been called
    stalled before; as they are while too few were delivered.

    Each parcel is judged by an estimate from parcels of other weeks only, because those that travel together are
    silent together."""
    settings, folds = settings or SilenceSettings(), [list[History]() for _ in range(FOLDS)]
    for history in histories:
        if known := [event for event in history.movement if event.at and event.at <= history.looked_at]:
            folds[_week(known[0]) % FOLDS].append(History(history.lane, known, history.looked_at))
    if sum(_came(each) for fold in folds for each in fold) < settings.calibration_parcels:
        return settings
    counted = [_counted(fold) for fold in folds]
    lowest = []
    for judged, fold in enumerate(folds):
        others = SilenceCounts()
        for index, counts in enumerate(counted):
            if index != judged:
                others.merge(counts)
        estimate = SilenceEstimate(others, settings)
        lowest += [_lowest_chance(each, estimate) for each in fold if _came(each)]
    return msgspec.structs.replace(settings, doubt=sorted(lowest)[int(settings.false_share * len(lowest))])


def _came(history: History) -> bool:
    return history.movement[-1].state is State.DELIVERED


def _week(event: Event) -> int:
    return int(event.at.timestamp() // WEEK) if event.at else 0


def _counted(histories: Iterable[History]) -> SilenceCounts:
    counts = SilenceCounts()
    for history in histories:
        observe(counts, history.lane, history.movement, history.looked_at)
    return counts


def _lowest_chance(history: History, estimate: SilenceEstimate) -> float:
    """The lowest chance that was given to a parcel that came: at its daily looks in the country of destination."""
    lowest = 1.0
    for place, days in enumerate(silences(history.movement, history.looked_at)[:-1], 1):
        step, looked = step_after(history.movement[:place]), math.ceil(days) - 1
        if looked >= 1 and not is_abroad(step):
            lowest = min(lowest, estimate.chance(history.lane, step, looked))
    return lowest
