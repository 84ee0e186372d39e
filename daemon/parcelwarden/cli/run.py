"""`run`: the daemon in the foreground."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import config_option, data_option


def _example(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from parcelwarden.adapters.config import example_config

        click.echo(example_config())
        ctx.exit()


@click.command(
    cls=Manual,
    short_help="Start the daemon in the foreground.",
    exits={1: "it ended by a fault of its own; the log says which"},
    examples=(
        "parcelwarden run",
        "parcelwarden run --port 9000 --data ~/parcels",
        "parcelwarden run --example-config > config.toml",
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="P",
    help="The port on 127.0.0.1; 0 takes a free one.  [default: as config.toml has it, else 8377]",
)
@data_option
@config_option
@click.option(
    "--example-config",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_example,
    help="Print a config.toml with every key, what it does and what holds without it; start nothing.",
)
def run(port: int | None, data: Path | None, config: Path | None) -> None:
    """Start the daemon in the foreground.

    It prints where it listens, on 127.0.0.1 only, and how to pair the browser extension. Ctrl-C or SIGTERM ends it
    within five seconds. One daemon at a time holds a data directory.
    """
    from parcelwarden.adapters import memory

    memory.hold()
    from parcelwarden.wiring.daemon import run_daemon

    run_daemon(data, config, port, say=_say)


def _say(text: str) -> None:
    """Tell whoever reads; nobody may be left (a closed pipe), and the daemon goes on."""
    try:
        click.echo(text)
    except OSError:
        # What is still in the buffer would fail again at the end and spoil the exit code.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
