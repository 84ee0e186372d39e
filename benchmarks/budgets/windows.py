"""`parcelwarden windows` over 1,500 lines, its start included."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import timedelta

from benchmarks.harness import Budget, Figure, Size, in_turns
from benchmarks.policy_speed import START, facts
from benchmarks.processes import DAEMON, ROOT

LINES = 1500
BUDGETS = (
    Budget(
        "windows",
        "`windows`, 1,500 lines, with its start",
        "a program that reads and writes the same lines",
        by="value",
        limit=2.0,
        unit="s",
    ),
)


def measure(size: Size) -> list[Figure]:
    """Both started anew in turns."""
    now = (START + timedelta(days=60)).isoformat()
    count = size.of(LINES)
    text = "".join(json.dumps({"id": n, "now": now, "facts": facts(n)}) + "\n" for n in range(count))
    floor = (sys.executable, str(ROOT / "benchmarks/floors/jsonl.py"))
    return [
        in_turns("windows", size.runs, lambda: _run((*DAEMON, "windows"), text), lambda: _run(floor, text)),
    ]


def _run(command: tuple[str, ...], text: str) -> float:
    """Seconds of a command; it must answer every line."""
    begun = time.perf_counter()
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    spent = time.perf_counter() - begun
    if done.stdout.count("\n") != text.count("\n"):
        raise RuntimeError("not every line was answered")
    return spent
