"""The overlay's question for 50 orders, asked of the real daemon with 100,000 orders in its database."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.harness import Budget, Figure, Size, cpu, in_turns
from benchmarks.homes import home
from benchmarks.orders import ref
from benchmarks.processes import DAEMON, HELLO, Serving, serving, settled

ASKED = 50
CALLS = 200
BUDGETS = (
    Budget(
        "overlay",
        "overlay query, 50 orders, 100,000 in the database",
        "a bare aiohttp server giving the same 50 rows",
        by="ratio",
        limit=3.0,
        unit="ms CPU",
    ),
)


def measure(size: Size) -> list[Figure]:
    """The same bytes come from both; each turn is many calls over one connection."""
    orders, calls = size.of(100_000, ASKED), size.of(CALLS, 10)
    with tempfile.TemporaryDirectory() as folder, serving((*DAEMON, *home(Path(folder), orders))) as daemon:
        token = json.loads((Path(folder) / "data/runtime.json").read_text())["admin_token"]
        path = (
            "/v1/advice?" + "&".join(f"order={ref(n)}" for n in range(0, orders, max(1, orders // ASKED))) + "&lang=en"
        )
        settled(daemon.process)
        for _ in range(5):
            answer = daemon.get(path, token)
        with serving(HELLO, answer.decode()) as bare:
            bare.get("/rows")
            return [
                in_turns(
                    "overlay",
                    2 * size.runs - 1,
                    _each(daemon, lambda: daemon.get(path, token), calls),
                    _each(bare, lambda: bare.get("/rows"), calls),
                )
            ]


def _each(server: Serving, ask: Callable[[], bytes], calls: int) -> Callable[[], float]:
    """Gives the server's CPU milliseconds of one call."""

    def turn() -> float:
        before = cpu(server.process)
        for _ in range(calls):
            ask()
        return (cpu(server.process) - before) / calls * 1000 or 0.01

    return turn
