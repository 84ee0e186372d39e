"""`notify-test`: prove that notifications reach the buyer. Needs no daemon and no database, but for a browser."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, config_option, data_option
from parcelwarden.cli.output import say, show_json

if TYPE_CHECKING:
    from parcelwarden.services.ports import Notifier

PATIENCE, BETWEEN = 120.0, 0.5
"""Seconds: the extension looks once a minute; between two looks whether it came."""
SHOWN = {
    "delivered": "the channel confirmed it",
    "unconfirmed": "handed over, but nobody says that it was shown; it would not count as delivered",
}


@click.command(
    "notify-test",
    cls=Manual,
    short_help="Prove that notifications reach you.",
    exits={0: "a channel confirmed the note", 1: "none did; the log alone does not count"},
    examples=("parcelwarden notify-test", "parcelwarden notify-test --browser", "parcelwarden notify-test --json"),
)
@click.option("--browser", is_flag=True, help="Wait, too, until a browser with the extension showed a note (2 min).")
@as_json
@data_option
@config_option
@click.pass_context
def notify_test(ctx: click.Context, browser: bool, data: Path | None, config: Path | None, as_json: bool) -> None:
    """Send a test note through each channel that is set up, and say what became of it."""
    from parcelwarden.wiring.parts import notifiers, read_config

    results = asyncio.run(_send(notifiers(read_config(config)), _text()))
    if browser:
        results.append({"channel": "browser", **_browser(data)})
    if as_json:
        show_json({"channels": results})
    else:
        for result in results:
            say(f"{result['channel']}: {result['error'] or SHOWN[result['result']]}")
    if not any(r["result"] == "delivered" for r in results if r["channel"] != "log"):
        ctx.exit(NOT_SO)


def _browser(data: Path | None) -> dict[str, str]:
    """Give the daemon a note that only a browser is given, and wait until one says that it showed it."""
    from parcelwarden.adapters.paths import data_dir
    from parcelwarden.cli.backend import running

    way = running(data_dir(data))
    if way is None:
        return {"result": "failed", "error": "no daemon runs; start it with `parcelwarden run`"}
    _, given = way.request("POST", "/v1/alerts/test", {}, None)
    asked = {"order": ["parcelwarden/test"], "state": ["delivered"], "limit": ["200"]}
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _, found = way.request("GET", "/v1/alerts", asked, None)
        if any(alert["id"] == given["id"] for alert in found["alerts"]):
            return {"result": "delivered", "error": ""}
        time.sleep(BETWEEN)
    way.request("POST", f"/v1/alerts/{given['id']}/ack", {}, None)
    return {"result": "failed", "error": f"no browser showed it in {PATIENCE:g} s; is the extension paired?"}


def _text() -> str:
    """What is sent, in the language of this session: the daemon's setting is not asked for."""
    from parcelwarden.adapters.message_loader import load_catalogues
    from parcelwarden.services.wording import Wording

    given = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Wording(load_catalogues(), UTC)("note_test", {}, next(filter(None, given), "en"))


async def _send(channels: tuple[Notifier, ...], text: str) -> list[dict[str, str]]:
    from parcelwarden.services.ports import Note, NotifyFailed

    note = Note(
        alert_id=0,
        title="parcelwarden test",
        body=text,
        severity="notice",
        replaces="notify-test",
    )
    results = []
    for channel in channels:
        try:
            result, error = ("delivered" if await channel.send(note) else "unconfirmed"), ""
        except NotifyFailed as fault:
            result, error = "failed", str(fault)
        results.append({"channel": channel.name, "result": result, "error": error})
        await channel.close()
    return results
