"""`import`: saved order pages, page data, mails and texts."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.cli import views
from parcelwarden.cli.facts import nested
from parcelwarden.cli.failure import NOT_SO, Failure
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import Instant, as_json, config_option, data_option, known_sources
from parcelwarden.cli.output import count, plain, say, show_json
from parcelwarden.cli.progress import Bar, progress
from parcelwarden.cli.saved import read_saved
from parcelwarden.cli.transfer import dry_export, is_export, take_export
from parcelwarden.domain.moment import iso

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

MOST = 4 * 1024 * 1024 - 64 * 1024
"""Bytes of one file: what the API takes, less what JSON adds around it."""
CSV_NAMES = ("order", "number")


@click.command(
    "import",
    cls=Manual,
    short_help="Take in saved order pages, page data, mails.",
    exits={0: "each file was read, whatever was found in it", 1: "a file could not be read; the others were"},
    examples=(
        "parcelwarden import --dry-run --json order-page.html",
        "parcelwarden import --seen-at 2026-03-02T09:00:00Z --zone Europe/Madrid orders/*.html",
        "parcelwarden import --source postnl --number 3SABCD0000001 page.html",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE...")
@click.option(
    "--seen-at",
    type=Instant(),
    metavar="T",
    help="When the pages were seen, e.g. 2026-03-02T09:00:00Z.  [default: not known]",
)
@click.option(
    "--zone",
    metavar="ZONE",
    help="The zone in which they showed their dates, e.g. Europe/Madrid.  [default: any is possible]",
)
@click.option(
    "--source",
    "source_id",
    metavar="ID",
    shell_complete=known_sources,
    help="FILEs are pages of this carrier, see `sources`.  [default: order pages]",
)
@click.option(
    "--number", metavar="N", help="With --source: the tracking number of the page.  [default: as the page says]"
)
@click.option("--dry-run", is_flag=True, help="Only say what would be read; needs no daemon and no data directory.")
@as_json
@data_option
@config_option
@click.pass_context
def import_files(
    ctx: click.Context,
    files: tuple[Path, ...],
    seen_at: datetime | None,
    zone: str | None,
    source_id: str | None,
    number: str | None,
    dry_run: bool,
    as_json: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Take in FILEs: saved order pages (.html), page data (.json), mails (.eml), texts, .csv with a column `order`, or
    what `parcelwarden export` wrote.

    A page is at most 4 MiB, an export 512 MiB; - is standard input. Without --seen-at nothing is reckoned from "3 days
    left". Names, addresses and telephone numbers are left out before anything is kept.
    """
    page = _page(source_id, number, dry_run) if source_id else {}
    captures = [(file, {} if is_export(file) else {**_capture(file, seen_at, zone), **page}) for file in files]
    if dry_run:
        with progress() as bar:
            results = [
                _dry(file, capture) if capture else _export(None, file, bar)
                for file, capture in bar.over(captures, "files")
            ]
    else:
        from parcelwarden.cli.backend import open_backend

        with open_backend(data, config) as backend, progress() as bar:
            results = [
                _taken(backend, file, capture, bar) if capture else _export(backend, file, bar)
                for file, capture in bar.over(captures, "files")
            ]
    if as_json:
        show_json(results[0] if len(results) == 1 else results)
    if any("error" in result for result in results):
        ctx.exit(NOT_SO)


def _page(source_id: str, number: str | None, dry_run: bool) -> dict[str, str]:
    """What makes a capture one of a carrier's page."""
    from parcelparsers.errors import BadNumber, UnknownSource
    from parcelparsers.numbers import normalise
    from parcelparsers.registry import source

    if dry_run:
        raise click.UsageError(
            f"--dry-run reads order pages; a carrier's page: parcelwarden parse --source {source_id} FILE"
        )
    try:
        page = source(source_id).page
        return {"url": page.replace("{number}", normalise(number) if number else ""), "kind": "carrier_page"}
    except (BadNumber, UnknownSource) as fault:
        raise click.UsageError(str(fault)) from fault


def _export(backend: Backend | None, file: Path, bar: Bar) -> dict[str, Any]:
    """Take an export in; without a backend only say what it holds."""
    try:
        taken = take_export(backend, file, bar) if backend else dry_export(file)
    except Failure as fault:
        return _refused(file, fault.message.removeprefix(f"{file}: "))
    if not _json_wanted():
        would = "taken in" if backend else "would be taken in"
        orders, parcels = count(taken["orders"], "order"), count(taken["parcels"], "parcel")
        say(f"{file}: {orders}, {parcels} {would}; watched here already and left as they are: {len(taken['kept'])}")
    return taken


def _capture(file: Path, seen_at: datetime | None, zone: str | None) -> dict[str, Any]:
    """A file as the API takes it; `{"error"}` when it cannot be read."""
    try:
        text = read_saved(file, MOST).decode("utf-8", "replace").replace("\x00", "").removeprefix("\ufeff")
    except Failure as fault:
        click.echo(f"parcelwarden: {plain(fault.message)}", err=True)
        return {"error": fault.message}
    head = text.lstrip()[:1]
    form = "html" if head == "<" else "json" if head in ("{", "[") else "text"
    capture = {"url": "", "kind": "text" if form == "text" else "order_detail", "form": form, "body": text}
    return {**capture, "seen_at": iso(seen_at), "zone": zone}


def _dry(file: Path, capture: dict[str, Any]) -> dict[str, Any]:
    from parcelparsers.errors import BadPage
    from parcelparsers.marketplaces.answer import as_json
    from parcelparsers.marketplaces.pages import read_page
    from parcelparsers.page import Capture

    if "error" in capture:
        return {"file": str(file), **capture}
    seen = capture["seen_at"]
    try:
        read = read_page(Capture(**{**capture, "seen_at": datetime.fromisoformat(seen) if seen else None}))
    except BadPage as fault:
        return _refused(file, str(fault))
    answer = as_json(read)
    _tell(file, [f"{o['marketplace']}/{o['order_id']}" for o in answer["orders"]], answer["unread"])
    return {"file": str(file), **answer}


def _taken(backend: Backend, file: Path, capture: dict[str, Any], bar: Bar) -> dict[str, Any]:
    if "error" in capture:
        return {"file": str(file), **capture}
    if file.suffix.lower() == ".csv":
        return _rows(backend, file, capture["body"], bar)
    status, answer = backend.request("POST", "/v1/captures", json=capture)
    if status >= 500:
        backend.ask("POST", "/v1/captures", json=capture)
    if status >= 400:
        return _refused(file, answer["error"]["message"])
    if not _json_wanted():
        views.captured(answer, str(file))
    return {"file": str(file), **answer}


def _rows(backend: Backend, file: Path, text: str, bar: Bar) -> dict[str, Any]:
    """Orders from a table with a column `order` (marketplace/id), `number`, and facts by name."""
    reader = csv.DictReader(io.StringIO(text))
    if "order" not in (reader.fieldnames or ()):
        return _refused(file, "expected a first line with the names of columns, one of them `order` (marketplace/id)")
    added, refused = [], []
    rows = [(reader.line_num, row) for row in reader]
    for line, row in bar.over(rows, "lines"):
        marketplace, _, order_id = (row["order"] or "").partition("/")
        facts = nested(f"{k}={v}" for k, v in row.items() if k and v and k not in CSV_NAMES)
        numbers = (row.get("number") or "").split()
        order = {**facts, "marketplace": marketplace, "order_id": order_id, "numbers": numbers}
        status, answer = backend.request("POST", "/v1/orders", json=order)
        if status == 201:
            added.append({"marketplace": marketplace, "order_id": order_id})
        else:
            refused.append(f"line {line}: {answer['error']['message']}")
    for why in refused:
        click.echo(f"parcelwarden: {plain(f'{file}: {why}')}", err=True)
    _tell(file, [f"{o['marketplace']}/{o['order_id']}" for o in added], [])
    result: dict[str, Any] = {"file": str(file), "orders": added, "parcels": [], "unread": []}
    return {**result, "error": "; ".join(refused)} if refused else result


def _refused(file: Path, why: str) -> dict[str, Any]:
    click.echo(f"parcelwarden: {plain(f'{file}: {why}')}", err=True)
    return {"file": str(file), "error": why}


def _tell(file: Path, orders: list[str], unread: list[dict[str, Any]]) -> None:
    if _json_wanted():
        return
    say(f"{file}: {', '.join(orders) or 'no order'}")
    for entry in unread:
        say(f"  {entry['order_id'] or ''} {entry['field']} not read: {entry['why']}")


def _json_wanted() -> bool:
    return bool(click.get_current_context().params["as_json"])
