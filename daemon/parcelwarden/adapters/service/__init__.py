"""Starts the daemon with the user's session: a systemd user unit, a launch agent, a scheduled task."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from parcelwarden.adapters.errors import CannotRun

NAME = "parcelwarden"

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a command of the system: its exit code and what it said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the daemon is to be started: the program with its arguments."""

    argv: tuple[str, ...]


class Manager(Protocol):
    """One system's way. Every step is a file and commands; `text` and the command lists are pure."""

    @property
    def file(self) -> Path:
        """The file that describes the service."""
        ...

    def text(self, wanted: Wanted) -> str:
        """What stands in the file."""
        ...

    @property
    def installing(self) -> tuple[tuple[str, ...], ...]:
        """Commands after the file is written."""
        ...

    @property
    def uninstalling(self) -> tuple[tuple[str, ...], ...]:
        """Commands before the file is removed."""
        ...

    @property
    def asking(self) -> tuple[str, ...]:
        """The command that ends with 0 while the service runs."""
        ...


class ServiceFailed(CannotRun):
    """The system refused a step."""


def manager_here(home: Path | None = None) -> Manager:
    """The manager of this system, with its files below `home`. Raises `ServiceFailed` for an unknown system."""
    place = home or Path.home()
    if sys.platform == "darwin":
        from parcelwarden.adapters.service.launchd import LaunchAgent

        return LaunchAgent(place)
    if sys.platform == "win32":
        from parcelwarden.adapters.service.windows import ScheduledTask

        return ScheduledTask(place)
    if sys.platform.startswith("linux"):
        from parcelwarden.adapters.service.systemd import UserUnit

        return UserUnit(place)
    raise ServiceFailed(f"no way is known to start a service on {sys.platform}; start `parcelwarden run` yourself")


def install(manager: Manager, wanted: Wanted, run: Run) -> None:
    """Write the file and start the service. Raises `ServiceFailed` with the command that was refused."""
    manager.file.parent.mkdir(parents=True, exist_ok=True)
    draft = manager.file.with_name(manager.file.name + ".new")
    draft.write_text(manager.text(wanted), "utf-8")
    draft.replace(manager.file)
    for command in manager.installing:
        code, said = run(command)
        if code:
            raise ServiceFailed(
                f"{manager.file} is written, but `{' '.join(command)}` ended with {code}: {said.strip()}"
            )


def uninstall(manager: Manager, run: Run) -> bool:
    """Stop the service and remove the file; answers whether it was there. What no longer runs cannot be stopped: that
    is no error."""
    was = manager.file.exists()
    for command in manager.uninstalling if was else ():
        run(command)
    manager.file.unlink(missing_ok=True)
    return was


def state(manager: Manager, run: Run) -> str:
    """`running`, `stopped` or `not installed`."""
    if not manager.file.exists():
        return "not installed"
    return "running" if run(manager.asking)[0] == 0 else "stopped"
