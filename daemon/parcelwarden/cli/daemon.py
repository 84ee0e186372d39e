"""What only a running daemon can do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parcelwarden.cli.failure import CannotGoOn

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend


def the_daemon(data: Path | None) -> Backend:
    """The running daemon of this data directory; ends the command with 3 when none answers."""
    from parcelwarden.adapters.paths import data_dir
    from parcelwarden.cli.backend import Backend, running

    place = data_dir(data)
    way = running(place)
    if way is None:
        raise CannotGoOn(f"no daemon runs on {place.root}; start it with `parcelwarden run`")
    return Backend(way, place)
