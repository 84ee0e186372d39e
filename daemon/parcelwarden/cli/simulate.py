"""`simulate`: years of orders with faults, scored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json
from parcelwarden.cli.output import count, say, show_json, table

if TYPE_CHECKING:
    from rich.progress import Progress


@click.command(
    cls=Manual,
    short_help="Let years of orders with faults go by, and score what was told.",
    exits={1: "something was missed, late or wrong, or told twice more often than the process died"},
    examples=("parcelwarden simulate --orders 100", "parcelwarden simulate --orders 10000 --seed 7 --json"),
)
@click.option("--orders", type=click.IntRange(1, 1_000_000), default=200, show_default=True, help="How many orders.")
@click.option(
    "--years", type=click.FloatRange(0.5, 20), default=1.0, show_default=True, help="How long each is watched."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same report.")
@click.option("--faults", type=click.Choice(("all", "none")), default="all", show_default=True, help="What goes wrong.")
@click.option("--cores", type=click.IntRange(1, 256), show_default="as many as there are", help="How many processes.")
@as_json
@click.pass_context
def simulate(
    ctx: click.Context, orders: int, years: float, seed: int, faults: str, cores: int | None, as_json: bool
) -> None:
    """Random lives of orders through the daemon's own services on real database files, on a virtual clock.

    Worlds of at most 50 orders, with carriers that refuse, channels that fail, sleeps, crashes and clocks that jump, are
    scored by an oracle that shares no code with the rules.
    """
    import os
    from time import monotonic

    from parcelwarden.simulate.report import passed, report
    from parcelwarden.simulate.run import Plan, run

    plan, scores, begun = Plan(orders, years, seed, faults == "all"), [], monotonic()
    with _bar() as bar:
        task = bar.add_task("order-years", total=orders * years)
        for score in run(plan, cores or os.cpu_count() or 1):
            scores.append(score)
            bar.update(task, advance=score.orders * years)
    result = report(scores, orders, years, seed, monotonic() - begun)
    if as_json:
        show_json(result)
    else:
        _tell(result)
    if not passed(result):
        ctx.exit(NOT_SO)


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar on standard error, so that the report can be piped."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar


def _tell(result: dict[str, Any]) -> None:
    table([[name.replace("_", " "), str(value)] for name, value in result.items() if name != "worst"])
    if result["worst"]:
        say(f"\nthe worst, of {count(len(result['worst']), 'finding')} or more:")
    for found in result["worst"]:
        say(f"  world {found['world']}, order {found['order']}: {found['what']}")
