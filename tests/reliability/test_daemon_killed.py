"""R01 on the real process: killed while it writes, again and again, the daemon leaves no state without its alert row."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path

import pytest

from parcelparsers.numbers import s10_check
from parcelwarden.adapters import wall_clock
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore, verify
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import Unit
from parcelwarden.services.reassessing import Reassessing
from support.daemon import RunningDaemon, daemon


def number(n: int) -> str:
    """A constructed postal number with its check digit."""
    serial = f"{n:08}"
    return next(f"RB{serial}{d}CN" for d in range(10) if s10_check(f"{serial}{d}"))


def page(n: int, days: int) -> dict[str, object]:
    """A tracking page as a browser saw it: a parcel that moved, and came back after some days."""
    codes = ["PU_PICKUP_SUCCESS", "LH_DEPART", "GTMS_SIGNED"][: 1 + days % 3]
    lines = [
        {"time": 1788000000000 + 86400000 * i, "timeStr": "", "desc": c, "actionCode": c} for i, c in enumerate(codes)
    ]
    body = {"module": [{"mailNo": number(n), "status": "TRANSIT", "detailList": lines[::-1]}], "success": True}
    return {"url": "https://global.cainiao.com/", "kind": "carrier_page", "form": "json", "body": json.dumps(body)}


class Writer(threading.Thread):
    """Adds orders, moves their dates, brings tracking, until the daemon is gone. `kept` are those that it took."""

    def __init__(self, running: RunningDaemon, first: int) -> None:
        super().__init__(daemon=True)
        self.running = running
        self.token = running.runtime["admin_token"]
        self.number = first
        self.kept: list[str] = []
        self.writes = 0

    def run(self) -> None:
        try:
            while True:
                self._one(f"{8_100_000_000_000_000 + self.number}", self.number)
                self.number += 1
        except (OSError, HTTPException, ValueError):
            return

    def _one(self, order_id: str, n: int) -> None:
        facts = {"placed_at": "2026-08-20", "paid_at": "2026-08-20", "shipped_at": "2026-08-22"}
        ends = {"delivery_due_at": f"2026-12-{1 + n % 28:02}"}
        order = {"marketplace": "aliexpress", "order_id": order_id, "numbers": [number(n)], **facts, **ends}
        self._asked(201, "POST", "/v1/orders", order)
        self.kept.append(order_id)
        self._asked(200, "PATCH", f"/v1/orders/aliexpress/{order_id}", {"delivery_due_at": f"2027-01-{1 + n % 28:02}"})
        self._asked(200, "POST", "/v1/captures", page(n, n))
        if n % 5 == 0:
            self._asked(200, "PATCH", f"/v1/orders/aliexpress/{order_id}", {"received_at": "2026-11-01"})

    def _asked(self, expected: int, method: str, path: str, body: object) -> None:
        status, answer = self.running.request(method, path, self.token, body)
        assert status == expected, answer
        self.writes += 1


TABLES = ("orders", "alerts", "parcels", "parcel_numbers", "order_parcels", "looks")


async def in_step(path: Path, order_ids: Iterable[str], reassessing: Reassessing) -> None:
    """Every order that was taken is there, and assessing it anew as of the same instant changes not one row: neither
    state nor outbox is ahead of the other."""
    store = await SqliteStore.open(path)

    def rows() -> dict[str, list[object]]:
        return {name: store._db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}

    def work(unit: Unit) -> None:
        for order_id in order_ids:
            ref = OrderRef("aliexpress", order_id)
            record = unit.orders.get(ref)
            assert record is not None, "an order that the daemon had taken is gone"
            assert record.assessment is not None
            assert record.assessed_at is not None
            assert record.assessment.settled or unit.alerts.of_order(ref), "a state without its alert row"
            before = rows()
            reassessing.again(unit, [ref], record.assessed_at)
            assert rows() == before

    try:
        await store.write(work)
    finally:
        await store.close()


async def learned(path: Path) -> Reassessing:
    """What assesses as the next daemon does: it learns once a day, when it begins, from the orders that are there."""
    reassessing = Reassessing(load_rules())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    store = await SqliteStore.open(path)
    try:
        await store.read(lambda unit: reassessing._learning.at(unit, wall_clock.now()))
    finally:
        await store.close()
    return reassessing


def live_and_die(tmp_path: Path, first: int, chance: random.Random) -> Writer:
    with daemon(tmp_path) as running:
        writer = Writer(running, first)
        writer.start()
        until = chance.randint(1, 25)
        deadline = time.monotonic() + 30
        while writer.writes < until and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.02)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        writer.join(30)
    return writer


def check_kills(tmp_path: Path, kills: int) -> None:
    chance, kept, first = random.Random(1), set[str](), 0
    path = tmp_path / "data" / "parcelwarden.db"
    for kill in range(1, kills + 1):
        reassessing = asyncio.run(learned(path))
        writer = live_and_die(tmp_path, first, chance)
        kept |= set(writer.kept)
        first = writer.number + 1
        assert len(kept) <= verify(path).orders <= len(kept) + kill
        asyncio.run(in_step(path, writer.kept, reassessing))
    with sqlite3.connect(path) as conn:
        stray = "SELECT count(*) FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.order_id = a.order_id)"
        assert conn.execute(stray).fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM orders WHERE assessment IS NULL").fetchone() == (0,)
    conn.close()
    assert len(kept) > kills


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_daemon_leaves_no_state_without_its_alert_row(tmp_path: Path) -> None:
    check_kills(tmp_path, 8)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_two_hundred_kills(tmp_path: Path) -> None:
    check_kills(tmp_path, 200)
