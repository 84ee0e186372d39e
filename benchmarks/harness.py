"""What every benchmark needs: budgets as values, a product and its floor measured in turns, and the machine's name."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class Budget:
    """One line of what was promised. `floor` says what it is measured against; `by` which figure counts: the `ratio`
    of product to floor, or the product's own `value` in `unit`. `least`: the figure must not be below the limit."""

    id: str
    what: str
    floor: str
    by: str
    limit: float
    unit: str
    least: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: medians of `runs` turns. `ratio` is the median of each turn's own, so that a noise that hit
    both does not count. `note` says what differs from the promise."""

    budget: str
    value: float
    floor: float | None
    ratio: float | None
    runs: int
    note: str = ""

    def counts(self, budget: Budget) -> float:
        """The figure that is compared with the limit."""
        found = self.ratio if budget.by == "ratio" else self.value
        if found is None:
            raise ValueError(f"{self.budget}: counts by its ratio, but has no floor")
        return found

    def kept(self, budget: Budget) -> bool:
        """Whether the budget is met."""
        found = self.counts(budget)
        return found >= budget.limit if budget.least else found <= budget.limit


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: as promised, or so little that a test can see that it runs."""

    runs: int = 5
    scale: float = 1.0
    idle_seconds: float = 600.0

    def of(self, count: int, least: int = 20) -> int:
        """So many of them."""
        return max(int(count * self.scale), min(least, count))


TINY = Size(runs=1, scale=0.001, idle_seconds=1.0)


def in_turns(
    budget: str,
    runs: int,
    product: Callable[[], float],
    floor: Callable[[], float],
    note: str = "",
    *,
    inverse: bool = False,
) -> Figure:
    """Product and floor one after the other, the first of a turn in turn. `inverse`: they give times, the budget
    speaks of a speed."""
    values, floors = [], []
    for turn in range(runs):
        if turn % 2:
            floors.append(floor())
            values.append(product())
        else:
            values.append(product())
            floors.append(floor())
    return paired(budget, values, floors, note, inverse=inverse)


def paired(budget: str, values: list[float], floors: list[float], note: str = "", *, inverse: bool = False) -> Figure:
    """The figure of turns that were measured already."""
    ratios = [b / a if inverse else a / b for a, b in zip(values, floors, strict=True)]
    median = statistics.median
    return Figure(budget, median(values), median(floors), median(ratios), len(values), note)


def alone(budget: str, values: list[float], note: str = "") -> Figure:
    """The figure of something that has no floor."""
    return Figure(budget, statistics.median(values), None, None, len(values), note)


def cpu(process: psutil.Process) -> float:
    """CPU seconds of a process and its children so far, also of those that ended."""
    times = [each.cpu_times() for each in family(process)]
    ended = getattr(times[0], "children_user", 0.0) + getattr(times[0], "children_system", 0.0)
    return float(ended + sum(each.user + each.system for each in times))


def resident(process: psutil.Process) -> float:
    """MiB of a process, and what its children hold beside the pages that they share."""
    own, *children = family(process)
    return float(own.memory_info().rss + sum(each.memory_full_info().uss for each in children)) / 2**20


def family(process: psutil.Process) -> list[psutil.Process]:
    """The process and its children that still live."""
    return [process, *(each for each in process.children(recursive=True) if each.status() != psutil.STATUS_ZOMBIE)]


def machine() -> dict[str, Any]:
    """What the figures were measured on; neither its name nor its places."""
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": [round(load, 1) for load in os.getloadavg()] if hasattr(os, "getloadavg") else None,
    }


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def plain(figure: Figure) -> dict[str, Any]:
    """As JSON holds it."""
    return {name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(figure).items()}


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """What the services log meanwhile is not shown."""
    import logging

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def say(text: str) -> None:
    """To people, beside the result."""
    print(text, file=sys.stderr, flush=True)
