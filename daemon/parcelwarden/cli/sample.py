"""The redacted sample of `doctor --sample`: what a changed page looks like, with nobody's data in it."""

from __future__ import annotations

from pathlib import Path

import click

from parcelwarden.cli.output import say, show_json
from parcelwarden.cli.parse import MOST
from parcelwarden.cli.saved import read_saved


def show_sample(source_id: str, file: Path, *, as_json: bool) -> None:
    """Print the sample of a saved answer FILE of a source, and what its reader says of the answer itself."""
    import parcelparsers
    from parcelparsers.errors import UnknownSource
    from parcelparsers.sample import classed, sample

    try:
        source = parcelparsers.source(source_id)
    except UnknownSource as fault:
        raise click.UsageError(str(fault)) from fault
    body = parcelparsers.Body(read_saved(file, MOST))
    reading = parcelparsers.read(source, body, parcelparsers.Asked(()))
    said = {
        "source": source.id,
        "outcome": reading.outcome.value,
        "reason": reading.reason,
        "detail": classed(reading.detail),
        "sample": sample(body),
    }
    if as_json:
        show_json(said)
        return
    why = ", ".join(text for text in (reading.reason, said["detail"]) if text)
    say(f"{source.id}: {reading.outcome.value}" + (f" ({why})" if why else ""))
    say("Every value below is replaced by its class; look it through before you send it.\n")
    click.echo(said["sample"])
