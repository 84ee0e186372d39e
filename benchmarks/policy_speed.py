"""How fast the rules are: `windows` from its start, and reassessing many orders.

    python benchmarks/policy_speed.py                  1,500 lines; 10,000 orders, scaled to 100,000
    python benchmarks/policy_speed.py --orders 100000  all of them

Budgets: 1,500 lines in 2 s with start; 100,000 orders in 60 s of CPU and 200 MiB. Orders are made up.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "parsers")]

LINES, LINES_SECONDS = 1500, 2.0
FULL, CPU_SECONDS, MEBIBYTES = 100_000, 60.0, 200.0
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def facts(n: int) -> dict[str, Any]:
    """The facts of the n-th order."""
    shipped = START + timedelta(days=n % 50, hours=n % 24)
    known: dict[str, Any] = {
        "marketplace": ("aliexpress", "aliexpress", "aliexpress", "ebay", "amazon")[n % 5],
        "order_id": f"{8190000000000000 + n}",
        "country": ("ES", "BR", "FR", "MX")[n % 4],
        "placed_at": (shipped - timedelta(days=2)).isoformat(),
        "paid_at": (shipped - timedelta(days=2)).date().isoformat(),
        "payment_method": ("PayPal", "card", "visa")[n % 3],
        "shipped_at": shipped.isoformat(),
        "delivery_due_at": (shipped + timedelta(days=30 + n % 40)).date().isoformat(),
    }
    if n % 7 == 0:
        known["delivered_at"] = (shipped + timedelta(days=20)).isoformat()
    if n % 11 == 0:
        known["dispute"] = {"opened_at": (shipped + timedelta(days=60)).isoformat()}
    return known


def windows_seconds() -> float:
    """Wall-clock seconds of the command over all lines, its start included; the best of three."""
    now = (START + timedelta(days=60)).isoformat()
    text = "".join(json.dumps({"id": n, "now": now, "facts": facts(n)}) + "\n" for n in range(LINES))
    command = [sys.executable, "-m", "parcelwarden", "windows"]
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path[:2])}
        )
        taken.append(time.perf_counter() - begun)
        if len(done.stdout.splitlines()) != LINES:
            raise SystemExit("windows did not answer every line")
    return min(taken)


def reassess_seconds(count: int) -> float:
    """CPU seconds of so many reassessments, each an order with a parcel of six lines."""
    from parcelparsers.model import Event, Leg, State
    from parcelwarden.adapters.rules_loader import load_rules
    from parcelwarden.domain.facts import parse_facts
    from parcelwarden.domain.model import Order, ParcelFacts
    from parcelwarden.domain.reassess import reassess

    rules = load_rules()
    begun = time.process_time()
    for n in range(count):
        shipped = START + timedelta(days=n % 50)
        lines = tuple(
            Event(
                local_time=f"{shipped + timedelta(days=4 * step):%Y-%m-%dT%H:%M:%S}",
                at=shipped + timedelta(days=4 * step),
                state=State.IN_TRANSIT,
                leg=Leg(min(step, 5)),
                description="Departed from a sorting centre",
            )
            for step in range(1, 7)
        )
        parcel = ParcelFacts(
            number=f"LX{n % 10**8:08}0XX", outcome="found", last_ok_at=shipped + timedelta(days=30), events=lines
        )
        order = Order(facts=parse_facts(facts(n)), parcels=(parcel,), title="Lamp", total="12.40", currency="EUR")
        reassess(order, START + timedelta(days=40 + n % 60), rules)
    return time.process_time() - begun


def main() -> int:
    """Measure and compare with the budgets; 1 when one is passed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--orders", type=int, default=FULL // 10)
    count = asked.parse_args().orders
    lines = windows_seconds()
    cpu = reassess_seconds(count) * FULL / count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scaled = "" if count == FULL else f" (scaled from {count})"
    print(f"windows, {LINES} lines with start: {lines:.2f} s (budget {LINES_SECONDS:g})")
    print(
        f"reassess, {FULL} orders: {cpu:.1f} s CPU{scaled} (budget {CPU_SECONDS:g}), "
        f"{peak:.0f} MiB (budget {MEBIBYTES:g})"
    )
    return int(lines > LINES_SECONDS or cpu > CPU_SECONDS or peak > MEBIBYTES)


if __name__ == "__main__":
    raise SystemExit(main())
