"""`service`: start the daemon with the user's session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import ManualGroup
from parcelwarden.cli.options import as_json, config_option, data_option
from parcelwarden.cli.output import say, show_json

if TYPE_CHECKING:
    from parcelwarden.adapters.service import Manager

SECONDS = 60


@click.group(
    cls=ManualGroup,
    short_help="Start the daemon with your session: install, uninstall, status.",
    exits={1: "the system refused"},
    examples=("parcelwarden service install", "parcelwarden service status"),
)
def service() -> None:
    """Have the daemon started with your session: a systemd user unit, on macOS a launch agent, on Windows a scheduled
    task."""


@service.command(exits={1: "the system refused"}, examples=("parcelwarden service install --data ~/parcels",))
@data_option
@config_option
def install(data: Path | None, config: Path | None) -> None:
    """Have the daemon start with your session, with these directories, and start it now."""
    from parcelwarden.adapters.service import Wanted
    from parcelwarden.adapters.service import install as put

    manager = _manager()
    put(manager, Wanted(argv(data, config)), run)
    say(f"The daemon starts with your session; {manager.file} says how. See `parcelwarden service status`.")


@service.command(exits={1: "the system refused"}, examples=("parcelwarden service uninstall",))
def uninstall() -> None:
    """Stop the daemon and no longer start it with your session; the data stays."""
    from parcelwarden.adapters.service import uninstall as take

    manager = _manager()
    say(f"{manager.file} is gone; your data stays." if take(manager, run) else "It was not installed.")


@service.command(
    exits={0: "it is installed and runs", 1: "it is not installed, or does not run"},
    examples=("parcelwarden service status --json",),
)
@as_json
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say whether it is installed and runs."""
    from parcelwarden.adapters.service import state

    manager = _manager()
    found = state(manager, run)
    if as_json:
        show_json({"state": found, "file": str(manager.file)})
    else:
        say(f"The service is {found}." if found == "not installed" else f"The service is {found} ({manager.file}).")
    if found != "running":
        ctx.exit(NOT_SO)


def argv(data: Path | None, config: Path | None) -> tuple[str, ...]:
    """How this very program is started as a daemon."""
    named = [("--data", data), ("--config", config)]
    more = [word for option, path in named if path for word in (option, str(path.expanduser().absolute()))]
    return (sys.executable, "-m", "parcelwarden", "run", *more)


def run(command: Sequence[str]) -> tuple[int, str]:
    """Run a command of the system; 127 where it is missing."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and our own file
            list(command), capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        return 127, str(fault)
    return done.returncode, done.stderr or done.stdout


def _manager() -> Manager:
    from parcelwarden.adapters.service import manager_here

    return manager_here()
