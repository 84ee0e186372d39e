"""The calendar as a file: whole, renewed when an alert changed, and said where it cannot be written."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from parcelwarden.wiring.calendar_file import CalendarFile
from support.outbox import REF
from support.scripted import House, day


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = await House(tmp_path / "data").open()
    await made.add()
    yield made
    await made.close()


async def test_the_file_follows_the_outbox_and_is_left_alone_otherwise(house: House, tmp_path: Path) -> None:
    path = tmp_path / "dates.ics"
    file = CalendarFile(path)
    await file.renew(house.warden, day(1))
    first, made = path.read_bytes(), path.stat()
    assert first.startswith(b"BEGIN:VCALENDAR")
    assert b"BEGIN:VALARM" in first
    assert stat.S_IMODE(made.st_mode) == 0o600
    await file.renew(house.warden, day(1))
    assert path.stat().st_ino == made.st_ino
    await house.warden.change_order(REF, {"delivery_due_at": day(50).date().isoformat()}, day(1))
    await file.renew(house.warden, day(1))
    assert path.read_bytes() != first
    path.unlink()
    await file.renew(house.warden, day(1))
    assert path.exists()
    assert not list(tmp_path.glob(".*"))  # noqa: ASYNC240


async def test_a_place_that_cannot_be_written_is_said_and_tried_again(house: House, tmp_path: Path) -> None:
    file = CalendarFile(tmp_path / "later" / "dates.ics")
    await file.renew(house.warden, day(1))
    assert "calendar.path" in str(file.error)
    (tmp_path / "later").mkdir()
    await file.renew(house.warden, day(1))
    assert file.error is None
    assert (tmp_path / "later" / "dates.ics").exists()
