"""How long modules and functions are, in lines."""

from __future__ import annotations

import ast
import statistics

from benchmarks.harness import Budget, Figure, Size, alone
from benchmarks.processes import ROOT

BUDGETS = (
    Budget("module-median", "module size, median", "", by="value", limit=110, unit="lines"),
    Budget("module-p95", "module size, 95 of 100", "", by="value", limit=450, unit="lines"),
    Budget("function-median", "function size, median", "", by="value", limit=10, unit="lines"),
    Budget("function-p95", "function size, 95 of 100", "", by="value", limit=50, unit="lines"),
)
PACKAGES = ("daemon/parcelwarden", "parsers/parcelparsers")


def measure(size: Size) -> list[Figure]:
    """Counted, once."""
    texts = [path.read_text("utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    modules = [len(text.splitlines()) for text in texts]
    functions = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [
        alone("module-median", [statistics.median(modules)]),
        alone("module-p95", [_p95(modules)]),
        alone("function-median", [statistics.median(functions)]),
        alone("function-p95", [_p95(functions)]),
    ]


def _p95(values: list[int]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
