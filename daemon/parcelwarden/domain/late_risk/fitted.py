"""Lanes and curves as estimated at one instant, and the hazard of a journey under them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from parcelwarden.domain.late_risk.delivery_time import DeliveryTime
from parcelwarden.domain.late_risk.journey import Journey
from parcelwarden.domain.late_risk.lanes import Lanes, Sample
from parcelwarden.domain.late_risk.prior import BINS, LateRiskPrior
from parcelwarden.domain.late_risk.settings import LateRiskSettings
from parcelwarden.domain.survival import Counts, Curve

SOFTENED = 0.3
"""Delivery days added before the logarithm is taken, so that a delivery on the first day is no outlier."""

CAPPED = 45.0
"""Days after which a parcel that has not come counts as so long when lanes are estimated (not in the curve)."""


class Weighed(msgspec.Struct, frozen=True):
    """A journey as known at one instant."""

    journey: Journey
    until: float
    ended: bool
    weight: float


class Fitted:
    """What is estimated anew at every refit."""

    def __init__(self, clock: DeliveryTime, lanes: Lanes, cuts: Sequence[float], curves: Sequence[Curve]) -> None:
        self._clock, self._lanes, self._cuts, self._curves = clock, lanes, cuts, curves

    def shape(self) -> tuple[Lanes, tuple[float, ...]]:
        """The lanes, and the rates of the curve for the shortest lanes (the only one where there is one stratum)."""
        return self._lanes, self._curves[0].rates

    def hazard(self, journey: Journey, *instants: float) -> list[float]:
        """The cumulative hazard of delivery from hand-over to each instant."""
        log_time = self._lanes.log_time(journey)
        start, scale = self._clock(journey.started), math.exp(log_time)
        curve = self._curves[bisect_right(self._cuts, log_time)]
        return [curve.hazard((self._clock(instant) - start) / scale) for instant in instants]


def fit(known: Sequence[Weighed], at: float, lanes: Lanes, settings: LateRiskSettings, prior: LateRiskPrior) -> Fitted:
    """Estimate everything from what is known at an instant; `lanes` is carried on from the last time."""
    clock = DeliveryTime.measured((each.until, each.weight) for each in known if each.ended)
    lanes.fit(
        [_sample(each, at, clock, settings) for each in known if _settled(each, at, settings)], settings.lane_pseudo
    )
    placed = [(each, lanes.log_time(each.journey)) for each in known]
    cuts = _quantiles(sorted(log_time for _, log_time in placed), settings.strata)
    counts = _counts(placed, at, clock, cuts, settings)
    return Fitted(clock, lanes, cuts, _curves(counts, settings, prior))


def _settled(each: Weighed, at: float, settings: LateRiskSettings) -> bool:
    return each.journey.started < at - settings.settled_after


def _sample(each: Weighed, at: float, clock: DeliveryTime, settings: LateRiskSettings) -> Sample:
    started = each.journey.started
    until = min(each.until, started + CAPPED)
    log_time = math.log(clock(until) - clock(started) + SOFTENED)
    return Sample(each.journey, log_time, each.weight * 0.5 ** ((at - started) / settings.lane_half_life))


def _quantiles(ordered: Sequence[float], parts: int) -> list[float]:
    return [ordered[len(ordered) * part // parts] for part in range(1, parts)] if ordered else []


def _counts(
    placed: Sequence[tuple[Weighed, float]],
    at: float,
    clock: DeliveryTime,
    cuts: Sequence[float],
    settings: LateRiskSettings,
) -> list[Counts]:
    """Times in multiples of what the lane needs, by length of lane."""
    counts = [Counts(BINS) for _ in range(len(cuts) + 1)]
    for each, log_time in placed:
        started = each.journey.started
        scaled = (clock(each.until) - clock(started)) / math.exp(log_time)
        weight = each.weight * 0.5 ** ((at - started) / settings.curve_half_life)
        counts[bisect_right(cuts, log_time)].add(scaled, ended=each.ended, weight=weight)
    return counts


def _curves(counts: Sequence[Counts], settings: LateRiskSettings, prior: LateRiskPrior) -> list[Curve]:
    together = Counts(BINS)
    for one in counts:
        together.merge(one)
    common = together.rates(prior.rates, settings.curve_pseudo)
    return [Curve(BINS, one.rates(common, settings.strata_pseudo)) for one in counts]
