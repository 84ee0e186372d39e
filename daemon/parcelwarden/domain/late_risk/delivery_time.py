"""Delivery time: a clock that runs as fast as parcels are delivered at that hour of the week.

A night or a Sunday on which nobody delivers is no silence and no lateness. Measured from deliveries alone;
without any it is plain time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parcelwarden.domain.late_risk.journey import EPOCH_WEEKDAY

HOURS, WEEK = 24, 168
WORKING_DAYS = 5
"""Monday to Friday count alike: they differ by when parcels start, not by who delivers."""


class DeliveryTime:
    """Turns days since the epoch into delivery days: as many in a week, unevenly spread."""

    def __init__(self, speeds: Sequence[float]) -> None:
        scale = WEEK / sum(speeds) / HOURS
        self._speeds = [speed * scale for speed in speeds]
        self._sums = [0.0]
        for speed in self._speeds:
            self._sums.append(self._sums[-1] + speed)

    @classmethod
    def measured(cls, deliveries: Iterable[tuple[float, float]], *, pseudo: float = 24.0) -> DeliveryTime:
        """From instants of deliveries with their weights; `pseudo` deliveries a day are added evenly."""
        days, hours = [pseudo] * 7, [pseudo * 7 / HOURS] * HOURS
        for at, weight in deliveries:
            hour = int((at + EPOCH_WEEKDAY) % 7 * HOURS)
            days[hour // HOURS] += weight
            hours[hour % HOURS] += weight
        working = sum(days[:WORKING_DAYS]) / WORKING_DAYS
        days[:WORKING_DAYS] = [working] * WORKING_DAYS
        return cls([day * hour for day in days for hour in hours])

    def __call__(self, at: float) -> float:
        """Delivery days since some fixed instant."""
        week, rest = divmod(at + EPOCH_WEEKDAY, 7)
        hour = rest * HOURS
        whole = min(int(hour), WEEK - 1)
        return week * 7 + self._sums[whole] + (hour - whole) * self._speeds[whole]
