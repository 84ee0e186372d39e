"""Real notification daemons on a bus and a screen of the tests' own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.private_bus import private_bus
from support.system import need

QUIET = subprocess.DEVNULL


@dataclass(frozen=True)
class Desktop:
    """`bus` is the address of its message bus, `display` its screen of 1024x600 points."""

    bus: str
    display: str

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to be on it."""
        return {"PATH": os.environ["PATH"], "DISPLAY": self.display, "DBUS_SESSION_BUS_ADDRESS": self.bus}

    def picture(self) -> bytes:
        """The screen as it is."""
        command = [need("import"), "-window", "root", "-silent", "ppm:-"]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True).stdout

    def click(self, x: int, y: int) -> None:
        """Press the left button there."""
        command = [need("xdotool"), "mousemove", str(x), str(y), "click", "1"]
        subprocess.run(command, env=self.environment, check=True, stdout=QUIET, stderr=QUIET)


@contextmanager
def bare_desktop(folder: Path) -> Iterator[Desktop]:
    """A bus and a screen, and nobody who shows notes. Ended, and only they, on leaving."""
    with ExitStack() as stack:
        yield Desktop(stack.enter_context(private_bus(folder)), stack.enter_context(_screen()))


@contextmanager
def shower(on: Desktop, program: str, home: Path) -> Iterator[None]:
    """Run a notification daemon there."""
    home.mkdir()
    environment = {**on.environment, "HOME": str(home)}
    with subprocess.Popen([need(program)], env=environment, stdin=QUIET, stdout=QUIET, stderr=QUIET) as process:
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def _screen() -> Iterator[str]:
    """An X server on whichever display is free; never a fixed number."""
    read, write = os.pipe()
    command = [need("Xvfb"), "-displayfd", str(write), "-screen", "0", "1024x600x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stdout=QUIET, stderr=QUIET) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()
