"""From the start of the real daemon, 1,000 orders in its database, to its first answer."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.harness import Budget, Figure, Size, in_turns
from benchmarks.homes import home
from benchmarks.processes import DAEMON, HELLO, first_answer

BUDGETS = (
    Budget(
        "start",
        "start to the first answer of `/v1/health`, 1,000 orders in the database",
        "a bare aiohttp hello server",
        by="ratio",
        limit=2.0,
        unit="s",
    ),
)


def measure(size: Size) -> list[Figure]:
    """Both started anew in turns; what is imported is in the system's cache before the first."""
    with tempfile.TemporaryDirectory() as folder:
        command = (*DAEMON, *home(Path(folder), size.of(1000)))
        for each in (command, HELLO):
            first_answer(each)
        return [in_turns("start", 2 * size.runs - 1, lambda: first_answer(command), lambda: first_answer(HELLO))]
