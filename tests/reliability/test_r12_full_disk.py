"""R12: the disk is full, or the database cannot be written: no partial state, a clear error, and it recovers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from parcelwarden.adapters.scheduler import Scheduler
from parcelwarden.services.errors import Unavailable
from support.outbox import out_of_step, rows
from support.scripted import House, day

MEBIBYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MiB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


async def fill(house: House) -> int:
    """Add orders until one does not fit; how many did."""
    for number in range(10_000):
        try:
            await house.add(f"{number:016}", title="x" * 500)
        except Unavailable as fault:
            assert "disk is full" in str(fault)
            return number
    raise AssertionError("the disk never filled")


async def test_r12_a_full_disk_leaves_nothing_half_written_and_recovers(small_disk: Path) -> None:
    house = await House(small_disk / "data").open()
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 8 * MEBIBYTE)
    added = await fill(house)
    assert added > 3
    assert await house.store.read(lambda unit: unit.orders.count()) == added
    assert await out_of_step(house) == []
    scheduler = Scheduler(house.warden.tick)
    with pytest.raises(Unavailable):
        await scheduler.tick_now()
    assert "disk is full" in str(scheduler.health.error)
    assert "disk is full" in str(scheduler.trouble())
    ballast.unlink()
    await scheduler.tick_now()
    assert scheduler.health.error is None
    await house.add(f"{added:016}")
    assert await house.store.read(lambda unit: unit.orders.count()) == added + 1
    house.now = day(34)
    await house.tick(day(34))
    assert len(house.desktop.sent) >= added
    await house.restart()
    assert await house.store.read(lambda unit: unit.orders.count()) == added + 1
    await house.close()


async def test_r12_a_note_whose_word_could_not_be_kept_is_not_told_twice(small_disk: Path) -> None:
    """The disk fills between the notifier's word and its mark."""
    house = await House(small_disk / "data").open()
    await house.add()
    send = house.desktop.send
    ballast = small_disk / "ballast"

    async def send_and_fill(note: object) -> bool:
        confirmed = await send(note)
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                return confirmed

    house.desktop.send = send_and_fill
    first = min(row.due_at for row in await rows(house) if row.due_at > day(0))
    await house.tick(first)
    assert len(house.desktop.sent) == 1
    assert [row for row in await rows(house) if row.delivered_at] == []
    for seconds in range(1, 5):
        await house.tick(first + timedelta(seconds=seconds))
    assert len(house.desktop.sent) == 1
    house.desktop.send = send
    ballast.unlink()
    await house.tick(first + timedelta(minutes=1))
    await house.live(first + timedelta(hours=2))
    assert len(house.desktop.sent) == 1
    told = [row for row in await rows(house) if row.delivered_at]
    assert told
    await house.close()


async def test_r12_a_database_that_cannot_be_written_says_so_and_comes_back(tmp_path: Path) -> None:
    house = await House(tmp_path / "data").open()
    await house.add()
    before = await rows(house)
    await house.store.read(lambda unit: house.store._db.execute("PRAGMA query_only = ON"))
    with pytest.raises(Unavailable, match="cannot be written"):
        await house.tick(day(34))
    assert await rows(house) == before
    assert house.desktop.sent == []
    await house.store.read(lambda unit: house.store._db.execute("PRAGMA query_only = OFF"))
    await house.tick(day(34))
    assert len(house.desktop.sent) == 1
    await house.close()
