"""Which orders are worth opening: those without dates, and those whose dates were read long ago and soon matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import OrderQuery, Unit
from parcelwarden.services.records import OrderRecord, Origin

OLD = timedelta(days=7)
NEAR = timedelta(days=7)
MOST = 100
DATES = ("shipped_at", "delivery_due_at", "observed_protection_ends_at", "paid_at")
"""The dates that only an order's own page tells."""


@dataclass(frozen=True, slots=True)
class Openable:
    """An order whose page should be opened once more, and why: its dates are `missing`, or `old`."""

    ref: OrderRef
    why: Literal["missing", "old"]
    act_by: datetime | None


@dataclass(frozen=True, slots=True)
class DatesKnown:
    """How many orders there are, how many of them lack dates, and the first ones to open, the most pressing first."""

    total: int
    without: int
    open: tuple[Openable, ...]


def dates_known(unit: Unit, now: datetime) -> DatesKnown:
    """How it stands with the dates at `now`."""
    missing, _ = unit.orders.page(OrderQuery(limit=MOST, without_dates=True))
    near, _ = unit.orders.page(OrderQuery(limit=MOST, due_before=now + NEAR))
    old = [Openable(order.ref, "old", _act_by(order)) for order in near if _is_old(order, now)]
    lacking = {order.ref: Openable(order.ref, "missing", _act_by(order)) for order in missing}
    found = (*(each for each in old if each.ref not in lacking), *lacking.values())
    return DatesKnown(unit.orders.count(), unit.orders.count(without_dates=True), found[:MOST])


def _act_by(order: OrderRecord) -> datetime | None:
    return order.assessment.advice.act_by if order.assessment else None


def _is_old(order: OrderRecord, now: datetime) -> bool:
    """Whether what the page said of the dates is older than `OLD`, and there is still something to be done."""
    act_by = _act_by(order)
    read = list(_read_at(order))
    return act_by is not None and act_by > now and bool(read) and now - max(read) > OLD


def _read_at(order: OrderRecord) -> Iterable[datetime]:
    facts = (order.facts.get(name) for name in DATES)
    return (fact.seen_at for fact in facts if fact is not None and fact.origin in (Origin.PAGE, Origin.IMPORT))
