"""`export`: everything as JSON, or the dates as a calendar; and taking an export in, for `import`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden import __version__
from parcelwarden.cli.failure import Failure, of_code
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import with_backend
from parcelwarden.cli.output import count, say, show_json
from parcelwarden.cli.progress import Bar
from parcelwarden.cli.saved import read_saved
from parcelwarden.cli.written import write_private

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

FORMAT = "parcelwarden-export"
MOST = 512 * 1024 * 1024
STDOUT = Path("-")
CHUNK = 2 * 1024 * 1024
"""Bytes of one request: half of what the API takes, so that escapes have room."""
_BEGINS = re.compile(rb'\s*\{\s*"format"\s*:\s*"' + FORMAT.encode() + rb'"')
_PAGE = {"limit": ["200"]}


@click.command(
    cls=Manual,
    short_help="Everything as JSON, or the dates as a calendar.",
    exits={1: "FILE cannot be written"},
    examples=("parcelwarden export -o everything.json", "parcelwarden export --ics -o dates.ics"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=STDOUT,
    metavar="FILE",
    help="The file to write; - is standard output.  [default: -]",
)
@click.option("--ics", is_flag=True, help="The dates as a calendar (RFC 5545).")
@with_backend
def export(backend: Backend, output: Path, ics: bool) -> None:
    """Write everything that was read or said (orders, parcels with their events, alerts, settings) as one JSON object;
    `parcelwarden import` takes it in elsewhere. With --ics write what to do by when as a calendar."""
    if ics:
        _calendar(backend, output)
        return
    everything = _everything(backend)
    if output == STDOUT:
        show_json(everything)
        return
    write_private(output, json.dumps(everything, ensure_ascii=False, indent=2).encode() + b"\n")
    orders, parcels = count(len(everything["orders"]), "order"), count(len(everything["parcels"]), "parcel")
    say(f"{orders}, {parcels} written to {output}.")


def is_export(file: Path) -> bool:
    """Whether a plain file begins as an export does."""
    try:
        if file.is_symlink() or not file.is_file():
            return False
        with file.open("rb") as opened:
            return bool(_BEGINS.match(opened.read(4096)))
    except (OSError, ValueError):
        return False


def take_export(backend: Backend, file: Path, bar: Bar) -> dict[str, Any]:
    """Take an export in, after every part of it was tried; answers what came of it. Ends the command with 1 or 2, with
    nothing taken in, where any part cannot be."""
    parts = list(_parts(_read(file)))
    _sent(backend, file, bar.over(parts, "tried"), dry_run=True)
    return _sent(backend, file, bar.over(parts, "taken in"), dry_run=False)


def dry_export(file: Path) -> dict[str, Any]:
    """What an export holds, checked as when it is taken in; needs no data directory. Ends the command as that does."""
    from parcelwarden.api import reading
    from parcelwarden.api.present_transfer import taken_page
    from parcelwarden.api.problems import Denied
    from parcelwarden.api.shapes import ExportShape
    from parcelwarden.services.errors import Invalid
    from parcelwarden.services.transfer import check

    try:
        load = taken_page(reading.shaped(_read(file), ExportShape))
        check(load)
    except (Denied, Invalid) as fault:
        raise of_code(fault.code, f"{file}: {fault.message}") from fault
    return {"file": str(file), "orders": len(load.orders), "parcels": len(load.parcels), "kept": [], "dry_run": True}


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_saved(file, MOST))
    except (ValueError, RecursionError) as fault:
        raise Failure(f"{file}: not a whole export: {fault}") from fault
    for name in ("parcels", "orders"):
        if not isinstance(found.get(name, []), list):
            raise Failure(f"{file}: not an export: {name} is not a list")
    read: dict[str, Any] = found
    return read


def _calendar(backend: Backend, output: Path) -> None:
    text: str = backend.ask("GET", "/v1/calendar")
    if output == STDOUT:
        click.echo(text, nl=False)
        return
    write_private(output, text.encode())
    say(f"{count(text.count('BEGIN:VEVENT'), 'date')} written to {output}.")


def _everything(backend: Backend) -> dict[str, Any]:
    """All pages as one, in an order that does not depend on the rows."""
    found: dict[str, Any] = {"format": FORMAT, "version": __version__, "settings": None, "sources": []}
    found |= {"parcels": [], "orders": []}
    cursor: dict[str, list[str]] = {}
    while True:
        page = backend.ask("GET", "/v1/export", {**_PAGE, **cursor})
        found["settings"] = found["settings"] or page["settings"]
        for name in ("sources", "parcels", "orders"):
            found[name] += page[name]
        if not page["next"]:
            break
        cursor = {"cursor": [page["next"]]}
    found["parcels"].sort(key=lambda parcel: str(parcel["numbers"]))
    found["orders"].sort(key=lambda order: (order["marketplace"], order["order_id"]))
    return found


def _parts(everything: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The export in requests of at most `CHUNK` bytes, parcels before orders; what is neither goes with the first."""
    rest = {name: value for name, value in everything.items() if name not in ("parcels", "orders", "next")}
    yield rest
    for name in ("parcels", "orders"):
        chunk: list[Any] = []
        size = 0
        for each in everything.get(name, []):
            length = len(json.dumps(each))
            if chunk and size + length > CHUNK:
                yield {"format": FORMAT, name: chunk}
                chunk, size = [], 0
            chunk.append(each)
            size += length + 2
        if chunk:
            yield {"format": FORMAT, name: chunk}


def _sent(backend: Backend, file: Path, parts: Iterator[dict[str, Any]], *, dry_run: bool) -> dict[str, Any]:
    taken: dict[str, Any] = {"file": str(file), "orders": 0, "parcels": 0, "kept": [], "dry_run": dry_run}
    for part in parts:
        status, answer = backend.request("POST", "/v1/import", {"dry_run": [str(dry_run).lower()]}, part)
        if status >= 400:
            error = answer["error"]
            raise of_code(error["code"], f"{file}: {error['message']}")
        for name in ("orders", "parcels", "kept"):
            taken[name] += answer[name]
    return taken
