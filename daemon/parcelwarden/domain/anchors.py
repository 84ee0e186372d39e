"""The few dates that the verdict and the advice need beside windows and clocks, by the readings of the
order's packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Facts
from parcelwarden.domain.moment import When
from parcelwarden.domain.policy import Pack
from parcelwarden.domain.policy.days import Days, end_of, for_end, over, surely_from

ANYWHERE = Days(timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)), UTC, "UTC")
"""How a day is read where no pack of the marketplace is known: it may begin and end anywhere on earth."""

FIRST_SCAN_DAYS = 11
"""From the 11th day after shipping a missing scan counts (help text L107, L286)."""


class Anchors(NamedTuple):
    """`delivery_end`: the earliest instant at which the delivery time can end; `delivery_over`: from when
    it surely is over; `eleventh_day`: surely from (shipped, 11); `completed_over`: from when the order surely is
    completed; `try_from`: from when the shop's own rules let a dispute over abnormal tracking be tried, None where none
    of them does."""

    delivery_end: datetime | None
    delivery_over: datetime | None
    eleventh_day: datetime | None
    completed_over: datetime | None
    try_from: datetime | None


def anchors(facts: Facts, packs: Sequence[Pack]) -> Anchors:
    """The dates of one order; the safest reading where several packs may apply. Raises `FactError` for
    dates that no calendar holds."""
    readings = readings_of(packs)
    due, shipped = facts.delivery_due_at, facts.shipped_at
    try:
        return Anchors(
            min(_ends(due, days) for days in readings) if due is not None else None,
            latest_over(due, readings) if due is not None else None,
            max(surely_from(shipped, FIRST_SCAN_DAYS, days) for days in readings) if shipped is not None else None,
            latest_over(facts.completed_at, readings) if facts.completed_at is not None else None,
            max(_tries(facts, packs), default=None),
        )
    except (OverflowError, ValueError) as fault:
        raise FactError("facts", "times that leave every date between the years 1 and 9999") from fault


def _tries(facts: Facts, packs: Sequence[Pack]) -> Iterator[datetime]:
    """When each window opens that a pack opens for abnormal tracking."""
    for pack in packs:
        for rule in pack.windows:
            found = rule.abnormal.opens.opening(facts, pack.days)
            if found is not None and found.by == "abnormal":
                yield found.at


def readings_of(packs: Sequence[Pack]) -> tuple[Days, ...]:
    """How the marketplace's packs read days."""
    return tuple(pack.days for pack in packs if pack.kind == "marketplace") or (ANYWHERE,)


def latest_over(when: When, readings: Sequence[Days]) -> datetime:
    """When a time is over by every reading."""
    return max(over(when, days) for days in readings)


def _ends(when: When, days: Days) -> datetime:
    moment: date | datetime = for_end(when)
    return moment if isinstance(moment, datetime) else end_of(moment, days.earliest)
