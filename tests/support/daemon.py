"""The real daemon in a process of its own, on a free port, asking nobody and showing nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from parcelparsers import source_ids

GUARD = Path(__file__).resolve().parent / "guard"
COMMAND = (sys.executable, "-m", "parcelwarden")


def quiet_config(folder: Path, *, desktop: bool = False, more: str = "") -> Path:
    """A configuration with every source switched off, and the desktop unless wanted; `more` is written behind it."""
    file = folder / "config.toml"
    disabled = ", ".join(f'"{name}"' for name in source_ids())
    file.write_text(f"[sources]\ndisabled = [{disabled}]\n[desktop]\nenabled = {str(desktop).lower()}\n{more}")
    return file


@dataclass
class RunningDaemon:
    """A daemon that answers. `said` are the lines that it printed at its start."""

    process: subprocess.Popen[str]
    data: Path
    config: Path
    said: list[str]

    @property
    def runtime(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.data / "runtime.json").read_text())
        return found

    def request(self, method: str, path: str, token: str | None = None, body: Any = None) -> tuple[int, Any]:
        """One call to the API."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = HTTPConnection("127.0.0.1", self.runtime["port"], timeout=20)
        try:
            connection.request(method, path, body=data, headers=headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def cli(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A command on the daemon's data."""
        return cli(*arguments, "--data", str(self.data), stdin=stdin)


def environment(**changes: str) -> dict[str, str]:
    """The environment of a test's process: no desktop, no proxy, no way off this machine."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith(("DBUS_", "DISPLAY", "WAYLAND", "HTTP"))}
    return {**kept, "PYTHONPATH": str(GUARD), **changes}


def cli(*arguments: str, stdin: str = "", env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(env or environment()),
    )


@contextmanager
def daemon(
    folder: Path,
    *,
    python: Sequence[str] = (),
    stderr: Any = subprocess.DEVNULL,
    umask: int = -1,
    desktop: Mapping[str, str] | None = None,
    more: str = "",
) -> Iterator[RunningDaemon]:
    """Start one on `folder/data`, wait until it says that it listens, end it on leaving. `desktop` is what it needs in
    its environment to show notes, `more` what stands in its configuration besides."""
    config, data = quiet_config(folder, desktop=desktop is not None, more=more), folder / "data"
    arguments = ["run", "--port", "0", "--data", str(data), "--config", str(config)]
    with subprocess.Popen(
        [COMMAND[0], *python, *COMMAND[1:], *arguments],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env=environment(**(desktop or {})),
        umask=umask,
    ) as process:
        assert process.stdout
        try:
            said = [process.stdout.readline(), process.stdout.readline()]
            yield RunningDaemon(process, data, config, said)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
