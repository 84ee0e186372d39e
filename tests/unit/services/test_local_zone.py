"""A zone that is read anew."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from parcelwarden.services.local_zone import LocalZone

NOW = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Europe/Madrid", "Asia/Tokyo", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize("hours", range(0, 30, 3))
def test_it_reckons_as_the_zone_does_that_it_follows(name: str, hours: int) -> None:
    there, at = ZoneInfo(name), NOW + timedelta(hours=hours)
    ours, theirs = at.astimezone(LocalZone(lambda: there)), at.astimezone(there)
    assert ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
    assert (ours.utcoffset(), ours.tzname(), ours.dst()) == (theirs.utcoffset(), theirs.tzname(), theirs.dst())
    clock = time(2, 30)
    ours, theirs = (datetime.combine(theirs.date(), clock, tzinfo=zone) for zone in (ours.tzinfo, there))
    assert ours.astimezone(UTC) == theirs.astimezone(UTC)


def test_it_says_when_the_clock_on_the_wall_changes() -> None:
    names = iter(["Europe/Madrid", "Europe/Paris", "Asia/Tokyo", "Asia/Tokyo"])
    zone = LocalZone(lambda: ZoneInfo(next(names)))
    assert [zone.renew(NOW) for _ in range(3)] == [False, True, False]
    assert NOW.astimezone(zone).hour == 8
