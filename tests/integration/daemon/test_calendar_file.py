"""The calendar as a file: whole, renewed when an alert changed, and said where it cannot be written."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from parcelwarden.wiring.calendar_file import CalendarFile
from support.daemon import daemon
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


class Syncing(threading.Thread):
    """A program that copies the file whenever it changed, as it finds it. `found` are the copies."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path = path
        self.found: list[bytes] = []
        self.changed = threading.Condition()
        self.ended = False

    def run(self) -> None:
        while not self.ended:
            content = self.path.read_bytes() if self.path.exists() else b""
            if content and content not in self.found[-1:]:
                with self.changed:
                    self.found.append(content)
                    self.changed.notify_all()
            with self.changed:
                self.changed.wait(0.001)

    def has(self, *texts: str, without: str = "nothing such") -> bool:
        """Wait until a copy names all of these, and not the other."""

        def held() -> bool:
            plain = self.found[-1].replace(b"\r\n ", b"").decode() if self.found else ""
            return all(text in plain for text in texts) and without not in plain

        with self.changed:
            return self.changed.wait_for(held, 120)


@pytest.mark.slow
def test_the_running_daemon_keeps_the_file_whole_at_every_moment(tmp_path: Path) -> None:
    path = tmp_path / "synced" / "dates.ics"
    path.parent.mkdir()
    facts = ("shipped_at=2100-03-05", "delivery_due_at=2100-05-01", "country=ES")
    with daemon(tmp_path, more=f"[calendar]\npath = {json.dumps(str(path))}\n") as running:
        reader = Syncing(path)
        reader.start()
        try:
            for number in range(1, 6):
                assert running.cli("add", f"aliexpress/{number}", f"title=Lamp {number}", *facts).returncode == 0
            assert reader.has(*(f"Lamp {number}" for number in range(1, 6)))
            assert running.cli("forget", "aliexpress/3").returncode == 0
            assert reader.has("Lamp 5", without="Lamp 3")
        finally:
            reader.ended = True
            reader.join(30)
    assert all(each.startswith(b"BEGIN:VCALENDAR\r\n") for each in reader.found)
    assert all(each.endswith(b"END:VCALENDAR\r\n") for each in reader.found)
    assert [each.name for each in path.parent.iterdir()] == ["dates.ics"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
