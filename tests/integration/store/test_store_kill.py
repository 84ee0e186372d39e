"""A process that is killed while it writes leaves a sound file in which no state stands without its alert row."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from parcelwarden.adapters.store import verify
from support.killing import killed

KILLS = 15

WRITER = """
import asyncio, sys
from pathlib import Path
from datetime import timedelta
from support.scripted import House, START, day
from parcelwarden.domain.model import OrderRef

async def main():
    house = await House(Path(sys.argv[1])).open()
    known = await house.store.read(lambda unit: unit.orders.count())
    print("ready", flush=True)
    for number in range(known, known + 10000):
        order_id = f"{number:016}"
        await house.add(order_id)
        due = day(41 + number % 20).date().isoformat()
        print("added", flush=True)
        await house.warden.change_order(OrderRef("aliexpress", order_id), {"delivery_due_at": due}, START)
        print("changed", flush=True)

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_no_state_stands_without_its_alert_row(tmp_path: Path) -> None:
    written = 0
    for kill in range(KILLS):
        killed(WRITER, tmp_path, 3 + 2 * kill)
        path = tmp_path / "parcelwarden.db"
        copy = verify(path)
        assert copy.orders >= written
        written = copy.orders
        with sqlite3.connect(path) as conn:
            lonely = conn.execute(
                "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.order_id = o.order_id "
                "AND a.state = 'pending' AND a.created_at = o.updated_at)"
            ).fetchone()
            stray = conn.execute(
                "SELECT count(*) FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.order_id = a.order_id)"
            ).fetchone()
            half = conn.execute(
                "SELECT count(*) FROM orders o WHERE o.assessment IS NULL OR o.next_change_at IS NULL"
            ).fetchone()
        conn.close()
        assert (lonely, stray, half) == ((0,), (0,), (0,))
    assert written > KILLS
