"""The report: the scores of all worlds as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from parcelwarden.simulate.oracle import COUNTS, Score

WORST = 20
"""Findings that are named."""


def report(scores: Iterable[Score], orders: int, years: float, seed: int, seconds: float) -> dict[str, Any]:
    """`{"orders","order_years","seed", a count of each kind of finding, "alerts_per_order","worst","seconds"}`, and
    beside them what the counts are to be held against: `spans` that were to be told, `notes` that were shown,
    `crashes`. But for `seconds` the same for the same seed."""
    ordered = sorted(scores, key=lambda score: score.world)
    found = [
        {"world": score.world, "order": order, "what": what} for score in ordered for order, what in sorted(score.worst)
    ]
    notes = sum(score.notes for score in ordered)
    return {
        "orders": orders,
        "order_years": round(orders * years, 3),
        "seed": seed,
        **{name: sum(score.counts[name] for score in ordered) for name in COUNTS},
        "alerts_per_order": round(notes / orders, 2),
        "worlds": len(ordered),
        "spans": sum(score.spans for score in ordered),
        "notes": notes,
        "crashes": sum(score.crashes for score in ordered),
        "worst": sorted(found, key=_weight)[:WORST],
        "seconds": round(seconds, 1),
    }


def passed(result: dict[str, Any]) -> bool:
    """Whether the promise was kept: nothing missed, late, later or forbidden, at most one duplicate a crash."""
    broken = any(result[name] for name in COUNTS if name != "duplicates")
    return not broken and result["duplicates"] <= result["crashes"]


def _weight(found: dict[str, Any]) -> bool:
    """Duplicates last: they are allowed after a crash."""
    return str(found["what"]).startswith("duplicates")
