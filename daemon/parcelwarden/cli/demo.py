"""`demo`: the whole story on loopback."""

from __future__ import annotations

import asyncio
import logging

import click

from parcelwarden.cli.manual import Manual


@click.command(
    cls=Manual,
    short_help="Watch six orders live through two months in about a minute.",
    exits={1: "it was stopped before its end"},
    examples=("parcelwarden demo", "parcelwarden demo --seconds 10"),
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, 3600),
    default=60.0,
    show_default=True,
    help="How long the two months take, in seconds.",
)
def demo(seconds: float) -> None:
    """Six constructed orders, a carrier on loopback with a captcha day and an outage, a virtual clock.

    The daemon's own code runs on a real database in a folder that is removed at the end. Nothing leaves this machine.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from parcelwarden.demo.run import tell
    from parcelwarden.demo.telling import Teller

    logging.getLogger("parcelwarden").addHandler(logging.NullHandler())
    console = Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("day {task.completed:.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        asyncio.run(tell(seconds, Teller(console, progress)))
