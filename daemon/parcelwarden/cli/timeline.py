"""`timeline`: the life of an order as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import with_backend
from parcelwarden.cli.orders import named, path_of
from parcelwarden.cli.output import say
from parcelwarden.cli.written import write_private

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

KINDS = (".svg", ".png")


@click.command(
    cls=Manual,
    short_help="The life of an order as a picture.",
    exits={1: "the order is not watched, or FILE cannot be written"},
    examples=(
        "parcelwarden timeline 8100000000000001 -o life.svg",
        "parcelwarden timeline 8100000000000001 -o life.png --width 320",
    ),
)
@click.argument("order", metavar="ORDER")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="A file.svg or file.png."
)
@click.option(
    "--width",
    type=click.IntRange(280, 1600),
    default=720,
    show_default=True,
    help="In pixels; a PNG is twice as wide, for sharp screens.",
)
@with_backend
def timeline(backend: Backend, order: str, output: Path, width: int) -> None:
    """Draw what happened to ORDER, the silence of its parcel, and until when to act; the kind of the picture is that of
    the file's name."""
    kind = output.suffix.lower()
    if kind not in KINDS:
        raise click.BadParameter(f"{output}: name a file that ends in .svg or .png", param_hint="--output")
    marketplace, order_id = named(backend, order)
    svg: str = backend.ask("GET", f"{path_of(marketplace, order_id)}/timeline.svg", {"width": [str(width)]})
    write_private(output, painted(svg) if kind == ".png" else svg.encode())
    say(f"{marketplace}/{order_id} drawn to {output}.")


def painted(svg: str) -> bytes:
    """The picture as PNG, twice its size."""
    from parcelwarden.adapters.painter import to_png

    return to_png(svg)
