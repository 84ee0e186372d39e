"""`export`: everything as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden import __version__
from parcelwarden.cli.options import with_backend
from parcelwarden.cli.orders import path_of
from parcelwarden.cli.output import say, show_json
from parcelwarden.cli.written import write_private

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend


@click.command(short_help="Everything as JSON.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="A file, not standard output.")
@with_backend
def export(backend: Backend, output: Path | None) -> None:
    """Write all orders, all parcels with their events, and the settings as one JSON object."""
    everything = _everything(backend)
    if output is None:
        show_json(everything)
        return
    import json

    write_private(output, json.dumps(everything, ensure_ascii=False, indent=2).encode() + b"\n")
    say(f"{len(everything['orders'])} orders, {len(everything['parcels'])} parcels written to {output}.")


def _everything(backend: Backend) -> dict[str, Any]:
    page = {"limit": ["200"]}
    lines = backend.pages("/v1/orders", "orders", query=page)
    orders = [backend.ask("GET", path_of(line["marketplace"], line["order_id"])) for line in lines]
    return {
        "format": "parcelwarden-export",
        "version": __version__,
        "orders": orders,
        "parcels": backend.pages("/v1/parcels", "parcels", query=page),
        "settings": backend.ask("GET", "/v1/settings"),
    }
