"""How long parcels are silent: quantiles per class of leg, a prior, and what was measured on a lane.

Source: `SEMANTICS.md`, Verdicts, last paragraph. A prior stands where nothing was measured; measured
quantiles are clamped; a lane with enough parcels of its own may pass the upper clamp, never the lower one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

import msgspec

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.verdict.lines import line_key


class LegClass(StrEnum):
    """Parts of the way that are silent in different manners."""

    ORIGIN = "origin"
    LINE_HAUL = "line_haul"
    CUSTOMS = "customs"
    LAST_MILE = "last_mile"


def leg_class(leg: Leg) -> LegClass:
    """Announced to origin sorting; between the countries; arrived and not cleared; everything after
    clearance."""
    if leg <= Leg.ORIGIN:
        return LegClass.ORIGIN
    return {Leg.LINE_HAUL: LegClass.LINE_HAUL, Leg.ARRIVED: LegClass.CUSTOMS}.get(leg, LegClass.LAST_MILE)


class Quantiles(msgspec.Struct, frozen=True):
    """The silences that 95 and 99 of 100 parcels do not pass before they are scanned again."""

    q95: timedelta
    q99: timedelta

    def rank(self, silence: timedelta) -> float:
        """The quantile (0 to below 1) that a silence is: monotone, .95 at `q95`, .99 at `q99`; in between
        and beyond, the share still silent falls exponentially."""
        days = max(silence, timedelta()) / timedelta(days=1)
        slow, stalled = self.q95 / timedelta(days=1), self.q99 / timedelta(days=1)
        first_rate = math.log(20) / slow
        if days <= slow:
            return 1 - math.exp(-first_rate * days)
        second_rate = math.log(5) / (stalled - slow) if stalled > slow else first_rate
        if days <= stalled:
            return 1 - 0.05 * math.exp(-second_rate * (days - slow))
        return 1 - 0.01 * math.exp(-second_rate * (days - stalled))


class Measured(msgspec.Struct, frozen=True):
    """What was measured on one lane and class of leg, before any clamp, on `parcels` parcels of its own."""

    q95: timedelta
    q99: timedelta
    parcels: int


class LegPrior(msgspec.Struct, frozen=True):
    """What holds for a class of leg: the quantiles without data, and the bounds of measured 99 %
    quantiles."""

    prior: Quantiles
    q99_least: timedelta
    q99_most: timedelta


class SilenceModel(msgspec.Struct, frozen=True, kw_only=True):
    """Quantiles for every class of leg. `q95_least`, `q95_most` bound measured 95 % quantiles; a lane with
    `lane_parcels` parcels may pass the upper bounds. `lanes` holds what was measured, by `lane_key`, then by step of
    the way or class of leg. `unscanned` are the lanes that are never scanned at the destination; their silence
    before the arrival is expected for `unscanned_span`."""

    legs: Mapping[LegClass, LegPrior]
    q95_least: timedelta
    q95_most: timedelta
    lane_parcels: int
    unscanned_span: timedelta
    lanes: Mapping[str, Mapping[str, Measured]] = {}
    unscanned: frozenset[str] = frozenset()

    def quantiles(self, leg: Leg, lane: str | None = None, step: str = "") -> Quantiles:
        """What to expect on this leg: the lane's own after this step, told apart by the marks of `step_after` where
        that was measured, or on this class of leg, clamped; or the prior."""
        kind = leg_class(leg)
        own = self.lanes.get(lane, {}) if lane else {}
        measured = own.get(step) or own.get(unmarked(step)) or own.get(kind)
        return self._clamped(self.legs[kind], measured) if measured else self.legs[kind].prior

    def _clamped(self, leg: LegPrior, measured: Measured) -> Quantiles:
        q99 = max(measured.q99, leg.q99_least)
        q95 = max(measured.q95, self.q95_least)
        if measured.parcels < self.lane_parcels:
            q99, q95 = min(q99, leg.q99_most), min(q95, self.q95_most)
        return Quantiles(min(q95, q99), q99)


def lane_key(line: str | None, country: str | None) -> str | None:
    """The name under which a lane's measurements are kept: line and country; None while either is unknown."""
    return f"{line_key(line)}|{country.upper()}" if line and country else None


def step_of(event: Event) -> str:
    """The step of the way at which an event leaves a parcel: leg, state and the carrier's own code, e.g.
    `6|in_transit|X1`. Measurements are kept under it."""
    return f"{int(event.leg)}|{event.state or ''}|{event.code or ''}"


TRIED, SLOW = "!tried", "!slow"
"""Marks on the name of a step: an earlier attempt at delivery failed; the parcel was silent for long before, in the
country of destination. After either a silence means trouble more often."""

LONG_BEFORE = timedelta(days=8)


def step_after(movement: Sequence[Event]) -> str:
    """The step at which the newest of some movement (dated, oldest first, not empty) leaves a parcel, with its marks:
    `6|in_transit|X1!tried!slow`."""
    tried = any(event.state is State.DELIVERY_FAILED for event in movement[:-1])
    arrived = (event.at for event in movement if event.leg >= Leg.ARRIVED and event.at)
    slow = any(after - before >= LONG_BEFORE for before, after in pairwise(arrived))
    return step_of(movement[-1]) + TRIED * tried + SLOW * slow


def unmarked(step: str) -> str:
    """The step without its marks."""
    return step.removesuffix(SLOW).removesuffix(TRIED)
