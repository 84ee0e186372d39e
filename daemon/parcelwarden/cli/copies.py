"""`backup` and `restore`: a verified copy of the database, and back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.cli.failure import CannotGoOn, Failure
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, data_option, with_backend
from parcelwarden.cli.output import count, say, show_json

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend


@click.command(
    cls=Manual,
    short_help="Make a verified copy of the database.",
    exits={1: "FILE exists already or cannot be written"},
    examples=("parcelwarden backup", "parcelwarden backup copy.db"),
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@as_json
@with_backend
def backup(backend: Backend, file: Path | None, as_json: bool) -> None:
    """Copy the database to FILE (else into the data directory) and read the copy back. The daemon may go on running."""
    if file is not None and (file.exists() or file.is_symlink()):
        raise Failure(f"{file}: there is a file already; name another")
    copy = backend.ask("POST", "/v1/backups", json={})
    made = backend.data.backups / copy["name"]
    if file is not None:
        made = _moved(made, file)
    _tell({**copy, "path": str(made)}, as_json, "copied to")


@click.command(
    cls=Manual,
    short_help="Put a copy back in place.",
    exits={1: "FILE is no whole copy; nothing was changed", 3: "a daemon runs on this data directory"},
    examples=("parcelwarden restore copy.db",),
)
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@data_option
def restore(file: Path, as_json: bool, data: Path | None) -> None:
    """Put the copy FILE in the place of the database, after reading it through; what stood there is kept beside it."""
    from parcelwarden.adapters.errors import Held
    from parcelwarden.adapters.lock import DataLock
    from parcelwarden.adapters.paths import data_dir
    from parcelwarden.adapters.store import restore as put_back

    place = data_dir(data).prepare()
    if file.is_symlink():
        raise Failure(f"{file}: it is a link; name the copy itself")
    try:
        with DataLock(place.lock):
            copy = put_back(file, place.database)
    except Held as fault:
        raise CannotGoOn(f"{fault}; a database in use is not replaced") from fault
    counts = {"version": copy.version, "orders": copy.orders, "parcels": copy.parcels, "alerts": copy.alerts}
    _tell({**counts, "name": copy.path.name, "path": str(copy.path)}, as_json, "restored to")


def _moved(made: Path, file: Path) -> Path:
    try:
        shutil.move(made, file)
    except OSError as fault:
        raise Failure(f"{file}: cannot be written: {fault.strerror}; the copy is {made}") from fault
    return file


def _tell(copy: dict[str, Any], as_json: bool, what: str) -> None:
    if as_json:
        show_json(copy)
        return
    say(f"{count(copy['orders'], 'order')}, {count(copy['parcels'], 'parcel')}, {count(copy['alerts'], 'alert')}")
    say(f"{what} {copy['path']}, and read back.")
