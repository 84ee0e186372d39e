"""The estimate that moves with time: at any instant it has seen only what was known by then.

The daemon gives it the user's own orders and asks about now; a replay gives it years and asks day by day.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from parcelwarden.domain.late_risk.drift import Drift
from parcelwarden.domain.late_risk.fitted import Fitted, Weighed, fit
from parcelwarden.domain.late_risk.journey import Journey, LateRisk
from parcelwarden.domain.late_risk.lanes import Lanes
from parcelwarden.domain.late_risk.prior import LateRiskPrior
from parcelwarden.domain.late_risk.settings import LateRiskSettings

DRIFT_DAYS = 120
"""How far the drift is looked back at after a refit; what is older has faded to less than a tenth."""

PROTECTED_DAYS = 15
"""Days after the promised one that protection lasts (`POLICIES.md` §1): severe is to be without a parcel then."""

FIRST_FITS = 3
"""Weights of open journeys rest on the last estimate; so the first one is made from none, then improved."""


class Weighing(Protocol):
    """How much a journey counts that has not ended; ended journeys count 1. For samples in which the ended and the
    open are drawn at different rates."""

    def learn(self, known: Iterable[tuple[Journey, bool]], at: float) -> None:
        """Look at the journeys as known at an instant, and whether each had ended."""

    def of_open(self, days: float, survival: float) -> float:
        """The weight of one by its days under way and the probability that the estimate gave for that."""


class Alike:
    """Every journey counts once."""

    def learn(self, known: Iterable[tuple[Journey, bool]], at: float) -> None:
        """Nothing is to be learned."""

    def of_open(self, days: float, survival: float) -> float:
        """1."""
        return 1.0


class RollingRisk:
    """Journeys, and the estimate as of the day that it was last advanced to. A journey that ended before it started
    is a wrong record and left out."""

    def __init__(
        self,
        journeys: Iterable[Journey],
        settings: LateRiskSettings | None = None,
        *,
        weighing: Weighing | None = None,
        prior: LateRiskPrior | None = None,
    ) -> None:
        sound = (journey for journey in journeys if journey.ended > journey.started)
        self._journeys = sorted(sound, key=lambda journey: journey.started)
        self._starts = [journey.started for journey in self._journeys]
        self._settings = settings or LateRiskSettings()
        self._weighing = weighing or Alike()
        self._prior = prior or LateRiskPrior()
        self._lanes = Lanes(common=self._prior.common, slope=self._prior.slope)
        self._drift = Drift(self._settings)
        self._fitted: Fitted | None = None
        self._refitted = self._day = -math.inf
        self._evidence = 0

    def advance(self, at: float) -> Fitted:
        """Move on to the beginning of the day of `at`. Raises `ValueError` for a day before the last one."""
        day = math.floor(at)
        if day < self._day:
            raise ValueError(f"the estimate stands at day {self._day:.0f} and cannot go back to {day}")
        fitted = self._fitted or self._first_fit(day)
        if day - self._refitted >= self._settings.refit_every:
            fitted = self._refit(day)
        else:
            for passed in range(int(self._day), day):
                recent = self._started_between(passed - self._settings.longest, passed + 1)
                self._pass(passed, self._known(recent, passed + 1), fitted)
        self._day = day
        return fitted

    def assess(self, journey: Journey, at: float) -> LateRisk:
        """The risk of a journey that has not ended at `at`, by what was known at the beginning of that day."""
        fitted, promised = self.advance(at), journey.promised_end
        now, late, severe = fitted.hazard(journey, at, promised, promised + PROTECTED_DAYS)
        factor = self._drift.factor(journey.destination)
        return LateRisk(
            math.exp(-max(late - now, 0.0) * factor), math.exp(-max(severe - now, 0.0) * factor), self._evidence
        )

    def _first_fit(self, day: int) -> Fitted:
        self._day = day
        return [self._refit(day) for _ in range(FIRST_FITS)][-1]

    def _refit(self, day: int) -> Fitted:
        started = self._started_between(-math.inf, day)
        self._weighing.learn(((each, each.has_ended(day)) for each in started), day)
        known = self._known(started, day)
        self._fitted = fitted = fit(known, day, self._lanes, self._settings, self._prior)
        self._evidence = sum(each.ended for each in known)
        self._refitted, self._drift = day, Drift(self._settings)
        begins = [each.journey.started for each in known]
        for passed in range(day - DRIFT_DAYS, day):
            first, last = (bisect_left(begins, at) for at in (passed - self._settings.longest, passed + 1))
            self._pass(passed, known[first:last], fitted)
        return fitted

    def _started_between(self, first: float, last: float) -> list[Journey]:
        return self._journeys[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def _known(self, journeys: Iterable[Journey], at: float) -> list[Weighed]:
        """The journeys as they were known at an instant, nothing of what came later."""
        return [
            Weighed(each, each.known_until(at), ended := each.has_ended(at), 1.0 if ended else self._weight(each, at))
            for each in journeys
        ]

    def _weight(self, journey: Journey, at: float) -> float:
        until, hazard = journey.known_until(at), 0.0
        if self._fitted is not None:
            (hazard,) = self._fitted.hazard(journey, until)
        survival = math.exp(-hazard * self._drift.factor(journey.destination))
        return self._weighing.of_open(until - journey.started, survival)

    def _pass(self, day: int, known: Sequence[Weighed], fitted: Fitted) -> None:
        """Hold what was delivered on one day against what was expected."""
        self._drift.fade()
        for each in known:
            begin, end = max(float(day), each.journey.started), min(day + 1.0, each.until)
            if begin < end:
                before, after = fitted.hazard(each.journey, begin, end)
                observed = each.weight if each.ended and each.until <= day + 1 else 0.0
                self._drift.add(each.journey.destination, observed, each.weight * (after - before))
