"""One file a benchmark: its `BUDGETS` and `measure(size)`, which answers a figure for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from benchmarks.harness import Budget, Figure, Size

NAMES = ("start", "memory", "overlay", "reading", "sweep", "polling", "windows", "sizes")
"""In the order of the table."""


def budgets_of(name: str) -> tuple[Budget, ...]:
    """What one benchmark measures."""
    found: tuple[Budget, ...] = import_module(f"benchmarks.budgets.{name}").BUDGETS
    return found


def measuring(name: str) -> Callable[[Size], list[Figure]]:
    """The function that measures it."""
    found: Callable[[Size], list[Figure]] = import_module(f"benchmarks.budgets.{name}").measure
    return found


def all_budgets() -> tuple[Budget, ...]:
    """Every budget, in the order of the table."""
    return tuple(budget for name in NAMES for budget in budgets_of(name))
