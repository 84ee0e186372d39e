"""Writes the prior of late risk from the Olist development file: aggregate figures, no row.

    python benchmarks/build_priors.py --train dev.csv.gz --out daemon/parcelwarden/policies/late_risk.toml

Silence has no such file: its priors are the two quantiles that `policies/silence.toml` names, and what recorded scans
taught is the method alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("", "daemon", "parsers")]

from benchmarks.olist import Order, SampleWeights, read_orders  # noqa: E402
from parcelwarden.domain.late_risk import LateRiskSettings, RollingRisk  # noqa: E402

HEAD = """\
# Where the estimate of late risk starts from before any parcel of one's own was seen.
#
# written by: benchmarks/build_priors.py; do not edit
# source: real orders of a Brazilian marketplace (Olist, published under MIT), {orders} handed-over orders before
#   2018-03: aggregate figures only
# trust: second_hand: other lanes than the product's. Only the shape is meant; it weighs as much as one parcel, and no
#   alarm is raised from it alone before the promised date
id = "late_risk"

[prior]
common = {common:.4f}   # log of delivery days where 20 days were promised
slope = {slope:.4f}     # its growth with the log of the promised span
# deliveries per unit of scaled time, by bin (0, then 0.12 to 14 in 40 equal ratios, then the rest)
rates = [
{rates}
]
"""


def text(orders: list[Order]) -> str:
    """The data file. The curve is that of all orders at the end of the file, without drift and strata."""
    settings = LateRiskSettings(strata=1, lane_half_life=1e9, curve_half_life=1e9)
    model = RollingRisk((order.journey for order in orders), settings, weighing=SampleWeights())
    last = max(order.journey.ended for order in orders if order.journey.has_ended(1e9))
    lanes, rates = model.advance(last).shape()
    rows = [", ".join(f"{rate:.4f}" for rate in rates[start : start + 7]) for start in range(0, len(rates), 7)]
    return HEAD.format(
        orders=len(orders),
        common=lanes.common,
        slope=lanes.slope,
        rates="\n".join(f"    {row}," for row in rows),
    )


def main() -> None:
    """Read the arguments, write the file."""
    parser = argparse.ArgumentParser(description="Aggregate priors of late risk.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.write_text(text(read_orders(asked.train)), "utf-8")


if __name__ == "__main__":
    main()
