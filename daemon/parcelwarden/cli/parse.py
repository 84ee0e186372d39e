"""`parse`: what a source's reader makes of one saved answer. Needs no daemon and no database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, known_sources
from parcelwarden.cli.output import say, table
from parcelwarden.cli.saved import read_saved
from parcelwarden.cli.views import state_of

MOST = 4 * 1024 * 1024


@click.command(
    cls=Manual,
    short_help="Read one saved answer of a carrier.",
    exits={0: "an answer was printed, whatever its outcome", 1: "FILE cannot be read"},
    examples=("parcelwarden parse --source cainiao --number LP00190000000017 --json answer.json",),
)
@click.option(
    "--source",
    "source_id",
    required=True,
    metavar="ID",
    shell_complete=known_sources,
    help="Whose answer it is; see `sources`.",
)
@click.option(
    "--number", metavar="N", help="The tracking number that was asked for.  [default: all that the answer names]"
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@as_json
def parse(source_id: str, number: str | None, file: Path, as_json: bool) -> None:
    """Read one saved answer FILE (- for standard input, at most 4 MiB) of a source; needs no daemon and no database.

    The outcome is found, not_found, blocked or unreadable, never a guess; events stand oldest first. An answer that
    tells of other numbers than N only is shown under its own.
    """
    import parcelparsers
    from parcelparsers.answer import as_json as answer_json
    from parcelparsers.errors import UnknownSource

    try:
        source = parcelparsers.source(source_id)
    except UnknownSource as fault:
        raise click.UsageError(str(fault)) from fault
    numbers = (_plain(number),) if number else ()
    body = parcelparsers.Body(read_saved(file, MOST))
    reading = parcelparsers.read_whatever(source, body, parcelparsers.Asked(numbers))
    printed = answer_json(reading)
    if as_json:
        click.echo(printed)
        return
    _tell(json.loads(printed), reading.detail or reading.reason)


def _plain(number: str) -> str:
    """The number as answers have it. One too short to be asked for is only compared here: an answer may refuse it."""
    from parcelparsers.errors import BadNumber
    from parcelparsers.numbers import normalise

    try:
        return normalise(number)
    except BadNumber as fault:
        if number.isascii() and number.isalnum() and len(number) <= 40:
            return number.upper()
        raise click.UsageError(str(fault)) from fault


def _tell(answer: dict[str, object], why: str) -> None:
    parcels = answer["parcels"]
    assert isinstance(parcels, list)  # noqa: S101 - the shape of DESIGN §4
    say(str(answer["outcome"]) + (f": {why}" if why else ""))
    for parcel in parcels:
        say(f"\n{parcel['number']}: {state_of(parcel)}")
        table([[e["local_time"], e["zone"] or "", e["description"], e["location"]] for e in parcel["events"]])
