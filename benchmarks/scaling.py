"""Scaling curves: what the work costs, and the memory, as orders and parcels due grow.

`python -m benchmarks --scaling --write` measures them and draws `docs/pictures/scaling.svg`. Each point is measured in
a process of its own, so that its memory is that of this size.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.chart import Curve, Panel, svg
from benchmarks.harness import quiet_stderr, say
from benchmarks.homes import database
from benchmarks.processes import ROOT
from benchmarks.table import RESULTS, kept_results

ORDERS = (100, 1_000, 10_000, 100_000)
PARCELS = (100, 1_000, 10_000)
PICTURE = ROOT / "docs/pictures/scaling.svg"


def orders_point(count: int, path: Path) -> dict[str, float]:
    """With so many orders in this database: CPU of an idle tick, of a sweep of 100 due ones each, of the overlay's
    question, in ms; peak memory in MiB."""
    from benchmarks.budgets.sweep import at_size

    return {**asyncio.run(at_size(path, count)), "memory": _own_memory()}


def parcels_point(count: int) -> dict[str, float]:
    """With so many parcels due on 20 hosts: CPU of an unchanged and of a changed answer in ms; memory in MiB."""
    from benchmarks.budgets.polling import at_size

    same, changed = at_size(count)
    return {"unchanged": same, "changed": changed, "memory": _own_memory()}


def _own_memory() -> float:
    return float(psutil.Process().memory_info().rss / 2**20)


def point(kind: str, count: int) -> dict[str, float]:
    """One point, measured in a process of its own."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcelwarden.db"
        if kind == "orders":
            database(path, count)
        command = (sys.executable, "-m", "benchmarks.scaling", "--point", kind, str(count), str(path))
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    say(f"{kind} {count}: {time.monotonic() - begun:.0f} s")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(orders: tuple[int, ...], parcels: tuple[int, ...]) -> dict[str, Any]:
    """All points, by kind and count."""
    return {
        "orders": {str(count): point("orders", count) for count in orders},
        "parcels": {str(count): point("parcels", count) for count in parcels},
    }


def panels(found: dict[str, Any]) -> list[Panel]:
    """What the picture shows."""

    def curve(kind: str, name: str, label: str) -> Curve:
        return Curve(label, tuple((int(count), row[name]) for count, row in found[kind].items()))

    return [
        Panel(
            "Orders in the database: CPU in ms",
            "orders",
            (
                curve("orders", "overlay", "overlay, 50 orders"),
                curve("orders", "sweep", "reassess one order that is due"),
                curve("orders", "tick", "idle tick"),
            ),
        ),
        Panel(
            "Parcels due at once: CPU of one answer in ms",
            "parcels due",
            (curve("parcels", "changed", "changed answer"), curve("parcels", "unchanged", "unchanged answer")),
        ),
        Panel(
            "Memory of the process in MiB",
            "orders, or parcels due",
            (curve("orders", "memory", "by orders"), curve("parcels", "memory", "by parcels due")),
        ),
    ]


def drawn(on: dict[str, Any]) -> None:
    """Measure all points, write them down and draw them."""
    found = measured(ORDERS, PARCELS)
    RESULTS.write_text(json.dumps({**kept_results(), "scaling": found}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PICTURE.write_text(svg(panels(found), f"{on['cpu']}, {on['cores']} cores, Python {on['python']}"), "utf-8")


def main() -> None:
    """One point, for the process that draws."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--point", nargs=3, metavar=("KIND", "COUNT", "DATABASE"), required=True)
    kind, count, path = asked.parse_args().point
    with quiet_stderr():
        found = orders_point(int(count), Path(path)) if kind == "orders" else parcels_point(int(count))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
