"""Late risk, replayed: `order,day,p_late,p_severe,alarm` for each day on which an order was still in transit.

    python benchmarks/late_risk.py --train dev.csv.gz --score FILE --out scores.csv

Both files have the columns of the Olist development file. A row for hand-over + day uses only what was known at
that instant: deliveries of all orders of both files before it, nothing later, no status, and no weight of an order
that was still open. The standard library and the daemon's own model, nothing else. Times have no zone; they are read
as if they were UTC, which shifts all of them alike.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("", "daemon", "parsers")]

from benchmarks.olist import Order, SampleWeights, read_orders  # noqa: E402
from parcelwarden.domain.late_risk import LateRiskSettings, RollingRisk, expected_late  # noqa: E402

DAYS = range(1, 76)
Row = tuple[str, int, float, float, int]


def score(train: list[Order], file: list[Order], settings: LateRiskSettings | None = None) -> list[Row]:
    """One row for each order of `file` and each day on which it was still in transit, by order, then day. An
    order of both files is taken from `file`."""
    settings = settings or LateRiskSettings()
    own = {order.name for order in file}
    journeys = [*file, *(order for order in train if order.name not in own)]
    model = RollingRisk((order.journey for order in journeys), settings, weighing=SampleWeights())
    asked = sorted(
        (order.journey.started + day, order.name, day, order)
        for order in file
        for day in DAYS
        if order.journey.started + day < order.journey.ended
    )
    rows: list[Row] = []
    raised: set[str] = set()
    for at, name, day, order in asked:
        risk = model.assess(order.journey, at)
        if expected_late(order.journey, at, risk, settings):
            raised.add(name)
        rows.append((name, day, risk.late, risk.severe, int(name in raised)))
    return sorted(rows)


def write(rows: list[Row], out: Path) -> None:
    """Write the rows as CSV, probabilities to six digits."""
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("order", "day", "p_late", "p_severe", "alarm"))
        writer.writerows((name, day, f"{late:.6f}", f"{severe:.6f}", alarm) for name, day, late, severe, alarm in rows)


def main() -> None:
    """Read the arguments, score, write."""
    parser = argparse.ArgumentParser(description="Late risk by day, replayed over recorded orders.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    begun = time.perf_counter()
    rows = score(read_orders(asked.train), read_orders(asked.score))
    write(rows, asked.out)
    print(f"{len(rows)} rows in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
