"""`open`: the dashboard, logged in."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from parcelwarden.cli.daemon import the_daemon
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import data_option
from parcelwarden.cli.output import say


@click.command(
    "open",
    cls=Manual,
    short_help="Open the dashboard, logged in.",
    exits={1: "the daemon refused", 3: "no daemon runs"},
    examples=("parcelwarden open", "parcelwarden open --print"),
)
@click.option("--print", "only_print", is_flag=True, help="Print the address instead of opening it.")
@data_option
def open_dashboard(data: Path | None, only_print: bool) -> None:
    """Open the dashboard in the browser, logged in.

    The address holds a code that is good once, for 30 seconds. Where no browser can be opened, it is printed.
    """
    backend = the_daemon(data)
    code = backend.ask("POST", "/v1/codes", json={})["code"]
    assert backend.daemon  # noqa: S101 - the_daemon gave it
    address = f"http://127.0.0.1:{backend.daemon.port}/#code={code}"
    if only_print or not webbrowser.open(address):
        say(address)
