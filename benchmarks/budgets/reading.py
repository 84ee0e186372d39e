"""Reading what carriers answer. The bodies, and the floors, are those of `benchmarks.parse_speed`."""

from __future__ import annotations

from benchmarks import parse_speed
from benchmarks.harness import Budget, Figure, Size, paired

BUDGETS = (
    Budget(
        "read-json",
        "reading a Cainiao answer of 20 events",
        "decode, a dataclass a line and a sort in plain Python",
        by="ratio",
        limit=2.0,
        unit="µs CPU",
    ),
    Budget(
        "read-html",
        "reading a 600 KB HTML page, the slowest source",
        "bs4 on lxml with the reader's strainer",
        by="ratio",
        limit=2.0,
        unit="µs CPU",
    ),
)


def measure(size: Size) -> list[Figure]:
    """Texts that repeat, as a carrier's do; of the pages the one that is worst."""
    turns = [parse_speed.ratios() for _ in range(size.runs)]
    pages = [name for name in turns[0] if name.startswith("HTML")]
    json_name = next(name for name in turns[0] if "repeat" in name)
    worst = max(pages, key=lambda name: sorted(turn[name][1] for turn in turns)[len(turns) // 2])
    return [_figure("read-json", json_name, turns), _figure("read-html", worst, turns)]


def _figure(budget: str, name: str, turns: list[dict[str, tuple[float, float]]]) -> Figure:
    spent = [turn[name][0] for turn in turns]
    return paired(budget, spent, [turn[name][0] / turn[name][1] for turn in turns], name.rpartition(", ")[2])
