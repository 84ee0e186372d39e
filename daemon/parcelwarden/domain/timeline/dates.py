"""Days and hours as the picture writes them, in the reader's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from parcelwarden.domain.moment import Between, When

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOON = time(12, tzinfo=UTC)


def place(when: When) -> datetime:
    """Where a time stands on the line: a day at its noon (UTC), a span at its middle."""
    if isinstance(when, Between):
        return when.earliest + (when.latest - when.earliest) / 2
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, _NOON)


class Dates:
    """Writes instants; the year only where it is not that of `now`."""

    def __init__(self, zone: tzinfo, now: datetime) -> None:
        self._zone = zone
        self._year = self.local(now).year

    def local(self, at: datetime) -> datetime:
        """The instant in the reader's zone; in UTC at the edges of the calendar."""
        try:
            return at.astimezone(self._zone)
        except (OverflowError, ValueError):
            return at

    def day(self, when: When) -> str:
        """`5 Apr`, with the year where it is another one. A day of a pack stays that day."""
        at = when if isinstance(when, date) and not isinstance(when, datetime) else self.local(place(when))
        return f"{at.day} {MONTHS[at.month - 1]}" + (f" {at.year}" if at.year != self._year else "")

    def instant(self, at: datetime) -> str:
        """`5 Apr 09:00`."""
        return f"{self.day(at)} {self.local(at):%H:%M}"

    def zone_name(self, at: datetime) -> str:
        """What the zone is called then."""
        return self.local(at).tzname() or "UTC"
