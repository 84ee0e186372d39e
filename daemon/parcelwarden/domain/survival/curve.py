"""The curve that follows from rates: cumulative hazard, survival, quantiles."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from parcelwarden.domain.survival.counts import Bins


class Curve:
    """A hazard that is constant within each bin (`rates`); beyond the last edge the last rate goes on."""

    def __init__(self, bins: Bins, rates: Sequence[float]) -> None:
        self._edges, self.rates = bins.edges, tuple(rates)
        self._sums = [0.0]
        for where in range(1, len(self._edges)):
            width = self._edges[where] - self._edges[where - 1]
            self._sums.append(self._sums[-1] + self.rates[where - 1] * width)

    def hazard(self, length: float) -> float:
        """The cumulative hazard up to a length (0 for lengths below 0)."""
        if length <= 0:
            return 0.0
        where = bisect_right(self._edges, length) - 1
        return self._sums[where] + self.rates[where] * (length - self._edges[where])

    def survival(self, length: float) -> float:
        """The share of times that are longer."""
        return math.exp(-self.hazard(length))

    def length(self, hazard: float) -> float:
        """The length at which the cumulative hazard is reached; infinite where it never is."""
        where = bisect_right(self._sums, hazard) - 1
        rate = self.rates[where]
        return self._edges[where] + (hazard - self._sums[where]) / rate if rate > 0 else math.inf
