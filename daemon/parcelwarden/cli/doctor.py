"""`doctor`: is the set-up sound? The report names no order, number, token or user and can be pasted as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from parcelwarden.cli import checks
from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, config_option, data_option
from parcelwarden.cli.output import say, show_json, table
from parcelwarden.cli.sample import show_sample


class Place(NamedTuple):
    """What is checked: the directory and configuration as they were named."""

    data: Path | None
    config: Path | None


CHECKS: tuple[Callable[[Place], Iterator[checks.Finding]], ...] = (
    lambda _: checks.program(),
    lambda place: checks.directory(place.data),
    lambda place: checks.configuration(place.config),
    lambda place: checks.daemon(place.data),
    lambda place: checks.database(place.data),
    lambda _: checks.desktop(),
)


@click.command(
    cls=Manual,
    short_help="Check the set-up.",
    exits={0: "it works, or can work", 1: "something keeps it from working"},
    examples=("parcelwarden doctor", "parcelwarden doctor --sample cainiao answer.json"),
)
@click.option(
    "--sample",
    type=(str, click.Path(path_type=Path, allow_dash=True)),
    metavar="SOURCE FILE",
    help="Instead: print a saved answer of a source with every value replaced by its class, for a report.",
)
@as_json
@data_option
@config_option
@click.pass_context
def doctor(
    ctx: click.Context, sample: tuple[str, Path] | None, data: Path | None, config: Path | None, as_json: bool
) -> None:
    """Check the set-up: program, data directory, configuration, daemon, database, notifications.

    The report names no order, number, token or user and can be pasted as it is.
    """
    if sample:
        show_sample(*sample, as_json=as_json)
        return
    place = Place(data, config)
    found = [finding for check in CHECKS for finding in check(place)]
    if as_json:
        show_json({"findings": [finding._asdict() for finding in found]})
    else:
        table([[f.level.ljust(4), f.what, checks.redacted(f.text)] for f in found])
        say("\n" + _summary({f.level for f in found}))
    if any(f.level == "bad" for f in found):
        ctx.exit(NOT_SO)


def _summary(levels: set[str]) -> str:
    if "bad" in levels:
        return "Something keeps parcelwarden from working; see `bad` above."
    if "warn" in levels:
        return "It can work; see `warn` above for what is missing or ails."
    return "All is well."
