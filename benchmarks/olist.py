"""Reads the Olist development file and files of the same columns into the daemon's journeys."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks.rows import read_rows
from parcelwarden.domain.late_risk import Journey, days_since_epoch

OPEN = "open_at_cut"
NEVER_WEIGHT = 1 / 9.3
"""Undelivered orders are in the file as a complete census; of the delivered ones that were handed over, one in 9.3
(the file's weights, and the share of its delivered rows that tell the hand-over)."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One handed-over order: its name, its journey, and whether its outcome was cut off."""

    name: str
    journey: Journey
    cut_off: bool


def instant(text: str) -> float:
    """A printed time as days since the epoch; infinite where nothing is printed."""
    return days_since_epoch(datetime.fromisoformat(text).replace(tzinfo=UTC)) if text else math.inf


def read_orders(path: Path) -> list[Order]:
    """The orders of a file (plain or gzip, rows in any order) that were handed over and have a promised day.

    Outcomes that were cut off are known up to the end of the last day on which an order was approved or handed over: no
    outcome tells when that was."""
    rows = [row for row in read_rows(path) if row["to_carrier"] and row["promised"]]
    last = max((instant(row[name]) for row in rows for name in ("approved", "to_carrier") if row[name]), default=0.0)
    return [_order(row, math.floor(last) + 1) for row in rows]


def _order(row: Mapping[str, str], last: float) -> Order:
    cut_off = row["status"] == OPEN
    journey = Journey(
        origin=row["seller_state"],
        destination=row["customer_state"],
        paid=instant(row["approved"] or row["to_carrier"]),
        started=instant(row["to_carrier"]),
        promised_end=instant(row["promised"]) + 1,
        ended=instant(row["delivered"]),
        observed_until=last if cut_off else math.inf,
    )
    return Order(name=row["order"], journey=journey, cut_off=cut_off)


SETTLED = 75.0
"""Days after which an open order counts as never delivered."""

NEVER_HALF_LIFE = 120.0
"""Days in which settled orders lose half their say in how many are never delivered."""


class SampleWeights:
    """The mean weight of orders that are still open, where a delivered one weighs 1.

    It follows from how many of the settled orders never came, as known at the time, and from how probable the
    estimate holds it that an order is open so long. No weight of the file is looked at, so none can tell an outcome
    ahead of its time."""

    def __init__(self) -> None:
        self._never = 0.01

    def learn(self, known: Iterable[tuple[Journey, bool]], at: float) -> None:
        """Take the weighted share of orders that are never delivered from those that are settled."""
        came, never = 1.0, 0.01
        for journey, ended in known:
            if journey.started <= at - SETTLED < at < journey.observed_until:
                fresh = 0.5 ** ((at - journey.started) / NEVER_HALF_LIFE)
                came, never = (came + fresh, never) if ended else (came, never + fresh * NEVER_WEIGHT)
        self._never = never / (came + never)

    def of_open(self, days: float, survival: float) -> float:
        """Between 1 (surely only slow) and the weight of the census (surely never delivered)."""
        if days > SETTLED:
            return NEVER_WEIGHT
        never = min(self._never, survival)
        return survival / (survival - never + never / NEVER_WEIGHT)
