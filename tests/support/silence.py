"""Constructed journeys and histories for the tests of both models; nothing here was recorded anywhere."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.late_risk import Journey

DAY = timedelta(days=1)
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST = 20_000.0
"""A day long after the epoch on which the constructed journeys begin."""


def journeys(count: int = 400, seed: int = 7, slow: float = 1.0) -> list[Journey]:
    """Two lanes, one three times as long; `slow` multiplies the times of the last quarter."""
    dice = random.Random(seed)
    made = []
    for index in range(count):
        started = FIRST + index * 0.5
        far = index % 2 == 1
        late = slow if index >= count * 3 // 4 else 1.0
        took = dice.lognormvariate(0, 0.5) * (12 if far else 4) * late
        made.append(
            Journey(
                origin="A",
                destination="far" if far else "near",
                paid=started - 1,
                started=started,
                promised_end=started + (24 if far else 9),
                ended=started + took,
            )
        )
    return made


def scan(days: float, leg: int = Leg.LOCAL, state: State = State.IN_TRANSIT, code: str = "S") -> Event:
    """A scan so many days after the start."""
    at = START + timedelta(days=days)
    return Event(local_time=at.isoformat(), at=at, state=state, leg=Leg(leg), code=code)
