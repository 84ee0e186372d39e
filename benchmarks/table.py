"""The measured budgets as a table, and where it is written: the README between its marks, and `results.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.budgets import all_budgets
from benchmarks.harness import Budget, Figure, plain
from benchmarks.processes import ROOT

README = ROOT / "README.md"
RESULTS = ROOT / "benchmarks/results.json"
BEGIN, END = "<!-- budgets: written by make bench -->\n", "<!-- budgets end -->\n"
HEAD = ("what", "measured", "floor", "ratio", "budget", "")


def lines(budgets: Iterable[Budget], figures: Mapping[str, Figure]) -> Iterator[str]:
    """The table in Markdown; a budget that was not measured says so."""
    for row in (HEAD, tuple("-" * max(len(name), 2) for name in HEAD)):
        yield f"| {' | '.join(row)} |"
    for budget in budgets:
        yield f"| {' | '.join(_row(budget, figures.get(budget.id)))} |"


def _row(budget: Budget, figure: Figure | None) -> tuple[str, ...]:
    limit = f"{'≥' if budget.least else '≤'} {budget.limit:g}"
    limit += " × the floor" if budget.by == "ratio" else f" {budget.unit}"
    if figure is None:
        return budget.what, "not measured", budget.floor, "", limit, ""
    what = f"{budget.what} ({figure.note})" if figure.note else budget.what
    floor = "" if figure.floor is None else f"{budget.floor}: {_short(figure.floor)}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return (
        what,
        f"{_short(figure.value)} {budget.unit}",
        floor,
        ratio,
        limit,
        "met" if figure.kept(budget) else "**not met**",
    )


def _short(value: float) -> str:
    """Three figures, never as a power of ten."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 0.001 else "0"


def section(figures: Mapping[str, Figure], on: Mapping[str, Any]) -> str:
    """What stands between the marks: the table and the machine."""
    load = f", load {on['load_before'][0]:g} before" if on.get("load_before") else ""
    named = f"{on['cpu']}, {on['cores']} cores, {on['memory_gib']} GiB, {on['system']}, Python {on['python']}{load}"
    return "\n".join((*lines(all_budgets(), figures), "", f"Measured on {named}.", ""))


def written(readme: str, text: str) -> str:
    """The README with the section renewed. Raises `ValueError` where the two marks do not stand."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md: expected the marks {BEGIN.strip()} and {END.strip()}, each on a line of its own")
    return f"{before}{BEGIN}{text}{END}{after}"


def kept_results() -> dict[str, Any]:
    """What was written down last."""
    found: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    return found


def written_down(figures: Mapping[str, Figure], on: Mapping[str, Any]) -> None:
    """Write both; budgets that were not measured this time keep their figures."""
    kept = kept_results()
    rows = {**kept.get("figures", {}), **{name: plain(figure) for name, figure in figures.items()}}
    RESULTS.write_text(
        json.dumps({**kept, "machine": on, "figures": rows}, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    told = {name: Figure(**row) for name, row in rows.items()}
    README.write_text(written(README.read_text("utf-8"), section(told, on)), "utf-8")
