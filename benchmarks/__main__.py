"""Measure every budget: `make bench`, or

    python -m benchmarks                 all of it, half an hour; ten minutes of that the daemon only idles
    python -m benchmarks --quick         with one minute of idling
    python -m benchmarks --only start    one of them; may be given several times
    python -m benchmarks --write         …and the README's table and `results.json` are written after each
    python -m benchmarks --scaling       …and the curves are measured and drawn

Exit code 1 with the list of the budgets that are not met.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.budgets import NAMES, budgets_of, measuring
from benchmarks.harness import Figure, Size, machine, quiet_stderr, say
from benchmarks.scaling import drawn
from benchmarks.table import lines, written_down


def main() -> int:
    """Measure, show, write down."""
    asked = _arguments()
    size = Size(runs=asked.runs, idle_seconds=60.0 if asked.quick else 600.0)
    on = machine()
    figures: dict[str, Figure] = {}
    for name in asked.only or NAMES:
        begun = time.monotonic()
        with quiet_stderr():
            figures |= {figure.budget: figure for figure in measuring(name)(size)}
        say(f"{name}: {time.monotonic() - begun:.0f} s")
        if asked.write:
            written_down(figures, on)
    if asked.scaling:
        drawn(on)
    budgets = [budget for name in asked.only or NAMES for budget in budgets_of(name)]
    print("\n".join(lines(budgets, figures)))
    missed = [budget.id for budget in budgets if not figures[budget.id].kept(budget)]
    if missed:
        print(f"not met: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed))


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", action="append", choices=NAMES)
    asked.add_argument("--quick", action="store_true", help="idle for one minute instead of ten")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--scaling", action="store_true")
    return asked.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
