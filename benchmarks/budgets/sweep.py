"""The sweep of 100,000 orders of which 1,000 are due, and a tick when nothing is."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.harness import Budget, Figure, Size, alone, paired
from benchmarks.homes import MADE_AT, database
from benchmarks.orders import ref
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import Note, Store, Unit
from parcelwarden.services.routes import Routes
from parcelwarden.services.sweep import SLICE
from parcelwarden.services.warden import Options, Warden

ORDERS, DUE, IDLE_TICKS = 100_000, 1000, 200
START = MADE_AT
BUDGETS = (
    Budget(
        "sweep-cpu",
        "sweep of 100,000 orders with 1,000 due",
        "reading and writing the same rows in SQLite",
        by="value",
        limit=1.5,
        unit="s CPU",
    ),
    Budget("sweep-slice", "the longest slice of it", "", by="value", limit=50.0, unit="ms CPU"),
    Budget("tick-idle", "an idle tick", "a query in a thread", by="value", limit=1.0, unit="ms CPU"),
)
FAR = timedelta(days=365)
T = TypeVar("T")


class Silent:
    """A channel that confirms and shows nothing. Implements `Notifier`."""

    name = "silent"

    async def send(self, note: Note) -> bool:
        """Done."""
        return True

    async def close(self) -> None:
        """Nothing is held."""


class Sliced:
    """A store that notes how long each unit of work had it. Implements `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.slices: list[float] = []

    async def write(self, work: Callable[[Unit], T]) -> T:
        """As the store does."""

        def timed(unit: Unit) -> T:
            begun = time.thread_time()
            try:
                return work(unit)
            finally:
                self.slices.append(time.thread_time() - begun)

        return await self._store.write(timed)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """As the store does."""
        return await self._store.read(work)

    async def close(self) -> None:
        """As the store does."""
        await self._store.close()


def measure(size: Size) -> list[Figure]:
    """The same database for all turns; nobody is asked or told."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcelwarden.db"
        database(path, size.of(ORDERS))
        return asyncio.run(_measured(path, size.of(ORDERS), size))


@asynccontextmanager
async def _swept(path: Path) -> AsyncIterator[tuple[Sliced, Warden]]:
    """The services on this database, when nothing in it is due."""
    raw = await SqliteStore.open(path)
    store = Sliced(raw)
    fetcher, reader = HttpFetcher(), ReaderProcess()
    options = Options(routes=Routes(ids=lambda: ()))
    warden = Warden(store, load_rules(), fetcher, reader, (Silent(),), load_catalogues(), options)
    try:
        await raw.write(lambda unit: unit.parcels.hold("cainiao", START + FAR))
        await _settled(warden, START)
        yield store, warden
    finally:
        await warden.close()
        await raw.close()


async def _measured(path: Path, orders: int, size: Size) -> list[Figure]:
    chosen = _chosen(orders, size.of(DUE))
    count = size.of(IDLE_TICKS)
    async with _swept(path) as (store, warden):
        swept, floors, slices, ticks, hops = [], [], [], [], []
        for _ in range(size.runs):
            swept.append(await _sweep(store, warden, chosen))
            slices.append(max(store.slices) * 1000)
            floors.append(await asyncio.to_thread(_floor, path, chosen))
            ticks.append(await _idle(warden, count))
            hops.append(await _hop(path, count))
    return [paired("sweep-cpu", swept, floors), alone("sweep-slice", slices), paired("tick-idle", ticks, hops)]


async def at_size(path: Path, orders: int) -> dict[str, float]:
    """CPU milliseconds on a database with so many orders: of an idle tick, of one order that is swept, of the overlay's question."""
    chosen, asked = _chosen(orders, 100), _chosen(orders, 50)
    async with _swept(path) as (store, warden):

        async def ask() -> None:
            for _ in range(50):
                await warden.advice(asked)

        swept = [await _sweep(store, warden, chosen) / len(chosen) * 1000 for _ in range(5)]
        overlay = [await _cpu(ask()) / 50 * 1000 for _ in range(5)]
        ticks = [await _idle(warden, IDLE_TICKS) for _ in range(5)]
    return {name: median(found) for name, found in (("sweep", swept), ("overlay", overlay), ("tick", ticks))}


def _chosen(orders: int, count: int) -> list[OrderRef]:
    """So many of them, spread over all."""
    return [ref(n) for n in range(0, orders, max(1, orders // count))][:count]


async def _sweep(store: Sliced, warden: Warden, refs: Sequence[OrderRef]) -> float:
    """CPU seconds of the tick at which these are due."""
    await store.write(lambda unit: _make_due(unit, refs, START))
    store.slices.clear()
    return await _cpu(warden.tick(START))


def _make_due(unit: Unit, refs: Sequence[OrderRef], now: datetime) -> None:
    for each in refs:
        unit.orders.postpone(each, now, "made due")


async def _settled(warden: Warden, now: datetime) -> None:
    """Until nothing is due: what the first assessments raised is told, and what follows from that."""
    for _ in range(1000):
        following = await warden.tick(now)
        await warden.settled()
        if following is None or following > now + timedelta(seconds=1):
            return
    raise RuntimeError("something stays due")


async def _cpu(work: Awaitable[object]) -> float:
    """Seconds of this process's CPU."""
    begun = time.process_time()
    await work
    return time.process_time() - begun


async def _idle(warden: Warden, ticks: int) -> float:
    """CPU milliseconds of a tick when nothing is due."""

    async def all_of_them() -> None:
        for _ in range(ticks):
            await warden.tick(START)

    return await _cpu(all_of_them()) / ticks * 1000


async def _hop(path: Path, times: int) -> float:
    """CPU milliseconds of the least query in a thread of its own."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        db = await loop.run_in_executor(thread, sqlite3.connect, path)

        async def all_of_them() -> None:
            for _ in range(times):
                await loop.run_in_executor(thread, lambda: db.execute("SELECT 1").fetchone())

        spent = await _cpu(all_of_them()) / times * 1000
        await loop.run_in_executor(thread, db.close)
        return spent


def _floor(path: Path, refs: Sequence[OrderRef]) -> float:
    """CPU seconds of reading the facts and the assessment of so many orders and writing them again, as they are."""
    begun = time.thread_time()
    db = sqlite3.connect(path)
    for start in range(0, len(refs), SLICE):
        with db:
            for each in refs[start : start + SLICE]:
                key = (each.order_id, each.marketplace)
                row = db.execute("SELECT facts, assessment FROM orders WHERE order_id = ? AND marketplace = ?", key)
                facts, found = (json.dumps(json.loads(text)) for text in row.fetchone())
                sql = "UPDATE orders SET facts = ?, assessment = ? WHERE order_id = ? AND marketplace = ?"
                db.execute(sql, (facts, found, *key))
    db.close()
    return time.thread_time() - begun
