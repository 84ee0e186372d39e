"""The buyer's zone as it is now: a laptop travels while the daemon runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """A zone that is read anew at each tick. `read` gives this machine's zone; whoever holds this object goes along."""

    def __init__(self, read: Callable[[], tzinfo]) -> None:
        self._read = read
        self._zone = read()

    def renew(self, now: datetime) -> bool:
        """Read it; whether the clock on the wall shows another hour at `now` for it."""
        before, self._zone = self._zone, self._read()
        return now.astimezone(before).utcoffset() != now.astimezone(self._zone).utcoffset()

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """As the zone of now has it."""
        return self._zone.utcoffset(at)

    def dst(self, at: datetime | None) -> timedelta | None:
        """As the zone of now has it."""
        return self._zone.dst(at)

    def tzname(self, at: datetime | None) -> str | None:
        """As the zone of now has it."""
        return self._zone.tzname(at)

    def fromutc(self, at: datetime) -> datetime:
        """As the zone of now has it."""
        return self._zone.fromutc(at.replace(tzinfo=self._zone)).replace(tzinfo=self)
