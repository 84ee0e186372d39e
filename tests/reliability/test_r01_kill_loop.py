"""R01: killed while it polls and writes dates, the file is sound and no state stands without its outbox row."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from support.killing import killed
from support.outbox import out_of_step
from support.scripted import House

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

WRITER = """
import asyncio, sys
from pathlib import Path
from datetime import timedelta
from parcelwarden.domain.model import OrderRef
from support.scripted import House, day, event

ORDERS = 12

async def main():
    house = await House(Path(sys.argv[1])).open()
    begun = int((await house.store.read(lambda unit: unit.settings.get("hours"))) or 0)
    print("ready", flush=True)
    for hour in range(begun, begun + 10000):
        now = day(1 + hour * 7 / 24)
        await house.store.write(lambda unit: unit.settings.put("hours", hour))
        which = hour % ORDERS
        number, ref = f"LP001900000000{which:02}", OrderRef("aliexpress", f"{which:016}")
        house.now = now
        if hour < ORDERS:
            await house.add(ref.order_id, numbers=[number])
        for each in range(ORDERS):
            house.fetcher.tell(event(1, "PU"), event(1 + hour / 24, f"AT_{hour}"), number=f"LP001900000000{each:02}")
        await house.tick(now)
        print("polled", flush=True)
        due = day(41 + hour % 20 + hour * 7 / 24).date().isoformat()
        await house.warden.change_order(ref, {"delivery_due_at": due}, now)
        print("changed", flush=True)

asyncio.run(main())
"""


async def kill_and_look(path: Path, kills: int) -> None:
    """Kill so many times, each time at another place, and look at the file after each."""
    for kill in range(kills):
        killed(WRITER, path, 2 + kill % 23)
        with sqlite3.connect(path / "parcelwarden.db") as conn:
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            stray = (
                "SELECT count(*) FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.order_id = a.order_id)"
            )
            assert conn.execute(stray).fetchone() == (0,)
        conn.close()
        house = await House(path).open()
        try:
            assert await out_of_step(house) == []
            assert await house.store.read(lambda unit: unit.orders.count()) >= 1
        finally:
            await house.close()


@pytest.mark.slow
async def test_r01_eight_kills(tmp_path: Path) -> None:
    await kill_and_look(tmp_path, 8)


@pytest.mark.soak
async def test_r01_two_hundred_kills(tmp_path: Path) -> None:
    await kill_and_look(tmp_path, 200)
