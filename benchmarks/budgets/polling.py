"""10,000 parcels due on 20 loopback hosts: asked, read, and written as the daemon does it."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.carriers import Polled, Shared, carrier, polled
from benchmarks.floors.client import ask_all
from benchmarks.floors.street import LINES
from benchmarks.harness import Budget, Figure, Size, paired
from benchmarks.orders import fill, number
from benchmarks.processes import Street, street

HOSTS = 20
PARCELS = 10_000
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = timedelta(days=2)
"""From one round to the next: everything is due again."""
FLOOR = "a bare aiohttp client that also decodes the same bodies"
BUDGETS = (
    Budget(
        "poll-unchanged",
        "10,000 parcels due on 20 loopback hosts, unchanged answers: speed",
        FLOOR,
        by="ratio",
        limit=0.30,
        unit="s",
        least=True,
    ),
    Budget(
        "poll-changed",
        "the same, changed answers: CPU of each, reading, reassessing and writing",
        FLOOR,
        by="value",
        limit=2.0,
        unit="ms CPU",
    ),
)


def measure(size: Size) -> list[Figure]:
    """Rounds two days apart, the bare client after each; each answer has one number and 20 events or more."""
    with tempfile.TemporaryDirectory() as folder, street(HOSTS) as there:
        parcels = size.of(PARCELS)
        same, changed = asyncio.run(_rounds(Path(folder) / "parcelwarden.db", there, parcels, size.runs))
    each = 1000 / parcels
    by_cpu = median(one.floor_cpu / one.cpu for one in same)
    walls = paired(
        "poll-unchanged",
        [one.wall for one in same],
        [one.floor_wall for one in same],
        f"by CPU {by_cpu:.2f}",
        inverse=True,
    )
    cpus = paired("poll-changed", [one.cpu * each for one in changed], [one.floor_cpu * each for one in changed])
    return [walls, cpus]


def at_size(parcels: int) -> tuple[float, float]:
    """CPU milliseconds of an unchanged and of a changed answer, with so many parcels due."""
    with tempfile.TemporaryDirectory() as folder, street(HOSTS) as there:
        same, changed = asyncio.run(_rounds(Path(folder) / "parcelwarden.db", there, parcels, 2))
    each = 1000 / parcels
    return median(one.cpu for one in same) * each, median(one.cpu for one in changed) * each


async def _rounds(database: Path, there: Street, parcels: int, runs: int) -> tuple[list[_Round], list[_Round]]:
    """Rounds in which nothing changed, then rounds in which every answer did."""
    routes = Shared([carrier(n) for n in range(HOSTS)])
    numbers = [number(n) for n in range(parcels)]
    async with polled(database, routes, there.ports) as product:
        await fill(product.store, 0, parcels, START, routes, told=False)
        await product.until_nothing_is_due(START)
        rounds = _Rounds(product, there, numbers)
        same = [await rounds.round() for _ in range(runs)]
        return same, [await rounds.round(LINES + n + 1) for n in range(runs)]


class _Round:
    """What one round took, in seconds."""

    wall = cpu = floor_wall = floor_cpu = 0.0


class _Rounds:
    """Rounds of product and floor over the same numbers."""

    def __init__(self, product: Polled, there: Street, numbers: list[str]) -> None:
        self._product = product
        self._there = there
        self._numbers = numbers
        self._now = START

    async def round(self, lines: int | None = None) -> _Round:
        """Everything once more; `lines`: with that many events, so that every answer changed."""
        self._now += LATER
        if lines:
            await asyncio.to_thread(self._there.tell, lines)
        found = _Round()
        found.wall, found.cpu = await _timed(self._product.until_nothing_is_due(self._now))
        found.floor_wall, found.floor_cpu = await _timed(ask_all(self._there.ports, self._numbers))
        return found


async def _timed(work: Awaitable[None]) -> tuple[float, float]:
    """Seconds of wall clock and of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    await work
    return time.perf_counter() - wall, time.process_time() - cpu
