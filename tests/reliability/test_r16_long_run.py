"""R16: a long run on the virtual clock: memory, open files and tasks stay as they are."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from support.outbox import out_of_step
from support.scripted import House, day, event

STEP = timedelta(seconds=30)
ORDERS = 20


def resident() -> int:
    """Resident memory of this process in KiB."""
    gc.collect()
    text = Path("/proc/self/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])


def forget_notes(house: House) -> None:
    """What the stand-ins remember is no leak of the house."""
    house.desktop.sent.clear()
    house.log.sent.clear()
    house.fetcher.asked.clear()


async def run(house: House, days: float, from_day: float) -> None:
    """Tick every 30 s of virtual time; the carrier says something new every six hours."""
    now, end = day(from_day), day(from_day + days)
    while now < end:
        if now.minute == 0 and now.second == 0 and now.hour % 6 == 0:
            for number in range(ORDERS):
                told = (event(2, "PU"), event((now - day(0)) / timedelta(days=1), f"AT{now:%d%H}"))
                house.fetcher.tell(*told, number=f"LP001900000000{number:02}")
            forget_notes(house)
        await house.tick(now)
        now += STEP


async def leaks_nothing(path: Path, days: float) -> None:
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    house = await House(path / "data").open()
    for number in range(ORDERS):
        due = day(10 + days * number / ORDERS).date().isoformat()
        await house.add(f"{number:016}", numbers=[f"LP001900000000{number:02}"], delivery_due_at=due)
    await run(house, max(0.25, days / 20), 3)
    memory, files, tasks = resident(), len(os.listdir("/proc/self/fd")), len(asyncio.all_tasks())
    await run(house, days, 4 + days / 20)
    forget_notes(house)
    assert resident() < memory * 1.1
    assert len(os.listdir("/proc/self/fd")) == files
    assert len(asyncio.all_tasks()) == tasks
    assert await out_of_step(house) == []
    await house.close()


@pytest.mark.slow
async def test_r16_a_day_leaks_nothing(tmp_path: Path) -> None:
    await leaks_nothing(tmp_path, 1)


@pytest.mark.soak
async def test_r16_a_hundred_days_leak_nothing(tmp_path: Path) -> None:
    await leaks_nothing(tmp_path, 100)
