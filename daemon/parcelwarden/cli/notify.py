"""`notify-test`: prove that notifications reach the buyer. Needs no daemon and no database."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, config_option
from parcelwarden.cli.output import say, show_json

if TYPE_CHECKING:
    from parcelwarden.services.ports import Notifier

SHOWN = {
    "delivered": "the channel confirmed it",
    "unconfirmed": "handed over, but nobody says that it was shown; it would not count as delivered",
}


@click.command(
    "notify-test",
    cls=Manual,
    short_help="Prove that notifications reach you.",
    exits={0: "a channel confirmed the note", 1: "none did; the log alone does not count"},
    examples=("parcelwarden notify-test", "parcelwarden notify-test --json"),
)
@as_json
@config_option
@click.pass_context
def notify_test(ctx: click.Context, config: Path | None, as_json: bool) -> None:
    """Send a test note through each channel that is set up, and say what became of it."""
    from parcelwarden.wiring.parts import notifiers, read_config

    results = asyncio.run(_send(notifiers(read_config(config)), _text()))
    if as_json:
        show_json({"channels": results})
    else:
        for result in results:
            say(f"{result['channel']}: {result['error'] or SHOWN[result['result']]}")
    if not any(r["result"] == "delivered" for r in results if r["channel"] != "log"):
        ctx.exit(NOT_SO)


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
