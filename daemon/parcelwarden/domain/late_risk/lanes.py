"""How long a lane needs: an additive model of the logarithm, every part of it shrunk by how little is known.

log(time) = common + slope x promised span + origin + destination + lane (origin x destination).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parcelwarden.domain.late_risk.journey import Journey

SWEEPS = 12
"""Rounds of backfitting; the parts move by less than 0.001 after ten."""

CENTRE = 3.0
"""The promised span is taken relative to 20 days (e^3)."""


class Sample(msgspec.Struct, frozen=True):
    """One journey, the logarithm of its time, and its weight."""

    journey: Journey
    log_time: float
    weight: float


class Lanes:
    """The fitted model, begun from `common` and `slope` and shrunk to them; a place that was never seen has the
    common value."""

    def __init__(self, *, common: float = 2.0, slope: float = 0.0) -> None:
        self._prior = common, slope
        self.common, self.slope = common, slope
        self._parts: list[dict[str, float]] = [{}, {}, {}]

    def log_time(self, journey: Journey) -> float:
        """The logarithm of the delivery days that such a journey typically needs."""
        known = sum(part.get(key, 0.0) for part, key in zip(self._parts, _keys(journey), strict=True))
        return self.common + self.slope * (journey.span - CENTRE) + known

    def fit(self, samples: Sequence[Sample], pseudo: float) -> Lanes:
        """Fit in place, beginning from what was fitted before; without samples nothing changes."""
        if samples:
            residuals = [sample.log_time - self.log_time(sample.journey) for sample in samples]
            keys = [_keys(sample.journey) for sample in samples]
            weights = [sample.weight for sample in samples]
            spans = [sample.journey.span - CENTRE for sample in samples]
            for _ in range(SWEEPS):
                self._fit_common(residuals, weights, pseudo)
                self._fit_slope(residuals, weights, spans, pseudo)
                for which, part in enumerate(self._parts):
                    _fit_part(part, [key[which] for key in keys], residuals, weights, pseudo)
        return self

    def _fit_common(self, residuals: list[float], weights: list[float], pseudo: float) -> None:
        pull = sum(weight * residual for weight, residual in zip(weights, residuals, strict=True))
        step = (pull - pseudo * (self.common - self._prior[0])) / (sum(weights) + pseudo)
        self.common += step
        residuals[:] = [residual - step for residual in residuals]

    def _fit_slope(self, residuals: list[float], weights: list[float], spans: list[float], pseudo: float) -> None:
        pull = sum(weight * span * residual for weight, span, residual in zip(weights, spans, residuals, strict=True))
        mass = sum(weight * span * span for weight, span in zip(weights, spans, strict=True)) + pseudo
        step = (pull - pseudo * (self.slope - self._prior[1])) / mass
        self.slope += step
        residuals[:] = [residual - step * span for residual, span in zip(residuals, spans, strict=True)]


def _keys(journey: Journey) -> tuple[str, str, str]:
    return journey.origin, journey.destination, f"{journey.origin}>{journey.destination}"


def _fit_part(
    part: dict[str, float], keys: list[str], residuals: list[float], weights: list[float], pseudo: float
) -> None:
    """One part: for each key the shrunk mean of what the other parts leave."""
    pull, mass = dict.fromkeys(part, 0.0), dict.fromkeys(part, 0.0)
    for key, residual, weight in zip(keys, residuals, weights, strict=True):
        pull[key] = pull.get(key, 0.0) + weight * residual
        mass[key] = mass.get(key, 0.0) + weight
    steps = {key: (pull[key] - pseudo * part.get(key, 0.0)) / (mass[key] + pseudo) for key in mass}
    for key, step in steps.items():
        part[key] = part.get(key, 0.0) + step
    residuals[:] = [residual - steps[key] for residual, key in zip(residuals, keys, strict=True)]
