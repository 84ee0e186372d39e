"""The oracle's own calendar: how a day is read for a beginning and for an end (`SEMANTICS.md`, Reading a day). Shares
nothing with the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
When = date | datetime


def read(text: str) -> When:
    """A fact's time: a date, or an instant with its offset."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a day begins first, where it begins last, and how a plain reader takes it."""

    first: tzinfo
    last: tzinfo
    plain: tzinfo

    def over(self, when: When) -> datetime:
        """From when a time is surely over."""
        return when if isinstance(when, datetime) else self._midnight(when + DAY, self.last)

    def may_end(self, when: When) -> datetime:
        """The first instant at which a time can be over."""
        return when if isinstance(when, datetime) else self._midnight(when + DAY, self.first)

    def surely_from(self, when: When, days: int) -> datetime:
        """From when so many days after it have surely begun."""
        day = when.astimezone(self.first).date() if isinstance(when, datetime) else when
        return self._midnight(day + days * DAY, self.last)

    def surely_until(self, when: When, days: int) -> datetime:
        """Until when so many days after it are surely not over."""
        day = when.astimezone(self.last).date() if isinstance(when, datetime) else when
        return self._midnight(day + days * DAY, self.first)

    def stated(self, when: When, days: int) -> datetime:
        """The end as a plain reader would say it."""
        if isinstance(when, datetime):
            return when + days * DAY
        return self._midnight(when + (days + 1) * DAY, self.plain)

    def starts(self, when: When) -> datetime:
        """The first instant of its day; an instant itself."""
        return when if isinstance(when, datetime) else self._midnight(when, self.first)

    @staticmethod
    def _midnight(day: date, zone: tzinfo) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)


def _offset(hours: int) -> tzinfo:
    return timezone(timedelta(hours=hours))


SHOP = Clock(_offset(-7), _offset(-8), ZoneInfo("America/Los_Angeles"))
PAYPAL = Clock(_offset(14), _offset(-12), UTC)
