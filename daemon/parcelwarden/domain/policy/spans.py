"""A length of time as a rule states it, and what it makes of an anchor: an end, or the time when a wait is over.

Days, business days and years are counted in days of the pack; hours run from the instant. Source: SEMANTICS.md,
"Reading a day", `warranty_claim` and the table of clocks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

from parcelwarden.domain.moment import When
from parcelwarden.domain.policy import days as reading
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.table import Table

LONGEST = {"hours": 24 * 366, "days": 3660, "business_days": 2600, "years": 10}


class Span(msgspec.Struct, frozen=True):
    """A length: business days stand alone; years come after the days."""

    hours: int = 0
    days: int = 0
    business_days: int = 0
    years: int = 0

    @property
    def by_calendar(self) -> bool:
        """Whether its end falls on a named day, not a number of 24-hour days after an instant."""
        return bool(self.business_days or self.years)

    def after(self, day: date) -> date:
        """The day that lies this far after a day."""
        if self.business_days:
            return reading.add_business_days(day, self.business_days)
        later = day + timedelta(days=self.days)
        return reading.add_years(later, self.years) if self.years else later


class End(NamedTuple):
    """The two readings of an end, in UTC: no later than the earliest reading; what a plain reader would say."""

    last_safe_at: datetime
    stated_end_at: datetime


def end_after(anchor: When, span: Span, days: Days) -> End:
    """The end that lies a span after an anchor."""
    if not span.by_calendar:
        return End(
            reading.surely_until(anchor, span.days, days),
            reading.stated(anchor, span.days, days),
        )
    safe = span.after(reading.end_day(anchor, days))
    plain = span.after(reading.plain_day(anchor, days))
    return End(reading.start_of(safe, days.earliest), reading.end_of(plain, days.plain))


def end_seen(when: When, days: Days) -> End:
    """An end as a page shows it: an instant as it is; a day D as 00:00 of D at `earliest` and 24:00 at `latest`.

    A day that the page printed in a zone of its own (`Between`) is read alike: its first and its last instant."""
    moment = reading.for_end(when)
    if isinstance(moment, datetime):
        return End(moment, reading.over(when, days))
    return End(reading.start_of(moment, days.earliest), reading.end_of(moment, days.latest))


def over_after(anchor: When, span: Span, days: Days) -> datetime:
    """When somebody else's time is surely over: over (anchor) + span; business days to the end of the last one."""
    if span.business_days:
        return reading.end_of(span.after(reading.beginning_day(anchor, days)), days.latest)
    return reading.over(anchor, days) + timedelta(hours=span.hours, days=span.days)


def read_span(table: Table, units: tuple[str, ...]) -> Span:
    """Read the units of a span that a table may use. Raises `PackError` for one out of bounds or two that clash."""
    span = Span(**{unit: table.number(unit, 0, LONGEST[unit], 0) for unit in units})
    if span.business_days and (span.days or span.hours or span.years):
        raise table.fault("business_days", "no other unit beside it")
    return span
