"""`evidence`: the evidence pack of an order, as a folder and as one zip."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.failure import Failure
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import with_backend
from parcelwarden.cli.orders import named, path_of
from parcelwarden.cli.output import say
from parcelwarden.cli.written import write_private

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

_ANSWERS = "answer-*-without-personal-data.json"
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,150}")


@click.command(
    cls=Manual,
    short_help="What was seen of an order, to fit a dispute's form.",
    exits={1: "the order is not watched, or DIR cannot be written"},
    examples=("parcelwarden evidence 8100000000000001 -o evidence",),
)
@click.argument("order", metavar="ORDER")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A folder, made if need be."
)
@with_backend
def evidence(backend: Backend, order: str, output: Path) -> None:
    """Write the evidence of ORDER to DIR: a timeline and a table of the scans as pictures that the dispute form takes, a
    draft of the statement, what each carrier said when with the SHA-256 of its answer; and all of it as one zip."""
    marketplace, order_id = named(backend, order)
    archive = re.sub(r"[^A-Za-z0-9_.-]+", "_", f"evidence-{marketplace}-{order_id}") + ".zip"
    folder = _folder(output, archive)
    data: bytes = backend.ask("GET", f"{path_of(marketplace, order_id)}/evidence")
    files = unzipped(data)
    for name, content in files.items():
        write_private(folder / name, content)
    for earlier in folder.glob(_ANSWERS):
        if earlier.name not in files:
            earlier.unlink()
    write_private(folder / archive, data)
    say(f"{len(files)} files and {archive} written to {folder}. Read README.txt there first.")


def _folder(output: Path, archive: str) -> Path:
    """The folder, made readable by the owner only. Ends the command with 1 where a link or a file stands in its
    place (SECURITY S39), or the evidence of another order, which must not mix with this one's."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise Failure(f"{output}: it is not a plain folder; name another")
    try:
        output.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise Failure(f"{output}: cannot be made: {fault.strerror}") from fault
    if others := {file.name for file in output.glob("evidence-*.zip")} - {archive}:
        raise Failure(f"{output}: it holds {min(others)}, the evidence of another order; name another folder")
    return output


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a pack by name. Ends the command with 1 for names that are not plain (SECURITY S39)."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if odd := [name for name in names if not _PLAIN.fullmatch(name)]:
                raise Failure(f"the pack holds {odd[0]!r}, which is no plain name; nothing was written")
            return {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as fault:
        raise Failure("the pack is damaged; try again") from fault
