"""`run`: the daemon in the foreground."""

from __future__ import annotations

from pathlib import Path

import click

from parcelwarden.cli.options import config_option, data_option


def _example(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from parcelwarden.adapters.config import example_config

        click.echo(example_config())
        ctx.exit()


@click.command(short_help="Start the daemon in the foreground.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="P", help="The port on 127.0.0.1 [default: 8377].")
@data_option
@config_option
@click.option(
    "--example-config", is_flag=True, is_eager=True, expose_value=False, callback=_example, help="Print every key."
)
def run(port: int | None, data: Path | None, config: Path | None) -> None:
    """Start the daemon. It listens on 127.0.0.1 only; Ctrl-C or SIGTERM ends it within five seconds."""
    from parcelwarden.adapters import memory

    memory.hold()
    from parcelwarden.wiring.daemon import run_daemon

    run_daemon(data, config, port, say=lambda text: click.echo(text, err=False))
