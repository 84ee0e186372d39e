"""One parcel's way from hand-over to delivery, and the answer about it."""

from __future__ import annotations

import math
from datetime import datetime

import msgspec

EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday; Monday is 0."""


def days_since_epoch(instant: datetime) -> float:
    """An aware instant as days since 1970-01-01T00:00Z, the unit of all times in this package."""
    return instant.timestamp() / 86400


class Journey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Times are days since the epoch. `promised_end`: the end of the promised day. `ended`: the delivery, infinite
    while there is none. `observed_until`: nothing is known of it from then on."""

    origin: str
    destination: str
    paid: float
    started: float
    promised_end: float
    ended: float = math.inf
    observed_until: float = math.inf

    @property
    def span(self) -> float:
        """What was promised: the logarithm of the days from payment to the end of the promised day, within
        2 to 90 days."""
        return math.log(min(max(self.promised_end - self.paid, 2.0), 90.0))

    def has_ended(self, at: float) -> bool:
        """Whether its delivery was known at an instant."""
        return self.ended <= at

    def known_until(self, at: float) -> float:
        """Up to when it had been watched, as known at an instant."""
        return min(at, self.ended, self.observed_until)


class LateRisk(msgspec.Struct, frozen=True):
    """`late`: the probability that there is no parcel by the end of the promised day; `severe`: none by the end of
    the 15th day after it; `evidence`: the finished journeys that this rests on, as of the last refit."""

    late: float
    severe: float
    evidence: int
