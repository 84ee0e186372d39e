"""`pair`: let a browser extension in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.daemon import the_daemon
from parcelwarden.cli.failure import Failure
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, data_option
from parcelwarden.cli.output import local, say, show_json

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

LOOK_EVERY = 0.5


@click.command(
    cls=Manual,
    short_help="Let a browser extension in.",
    exits={1: "nobody was paired", 3: "no daemon runs"},
    examples=("parcelwarden pair",),
)
@click.option("--no-wait", is_flag=True, help="Only open the window; do not wait for the extension.")
@as_json
@data_option
def pair(data: Path | None, no_wait: bool, as_json: bool) -> None:
    """Open a pairing window for two minutes and show the code to type into the extension's popup.

    Ctrl-C closes the window. The code holds once; only one window is open at a time.
    """
    backend = the_daemon(data)
    window = backend.ask("POST", "/v1/pairing", json={})
    if as_json:
        show_json(window)
        return
    say(f"Type this code into the extension: {window['code'][:4]} {window['code'][4:]}")
    say(f"It holds until {local(window['expires_at'])}, once.")
    if not no_wait:
        _wait(backend)


def _wait(backend: Backend) -> None:
    try:
        while (state := backend.ask("GET", "/v1/pairing"))["open"]:
            time.sleep(LOOK_EVERY)
        if client := state["client"]:
            say(f"Paired. Its id is {client}; `parcelwarden token revoke {client}` undoes it.")
            return
        raise Failure("nobody was paired; run `parcelwarden pair` for a new code")
    except KeyboardInterrupt:
        backend.request("DELETE", "/v1/pairing")
        raise Failure("the window is closed again") from None
