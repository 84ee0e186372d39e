"""The real daemon under a service manager: it says that it is ready, that it lives, and that it ends."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.daemon import COMMAND, environment, quiet_config

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="AF_UNIX datagrams are POSIX")]


def heard(manager: socket.socket, process: subprocess.Popen[bytes]) -> str:
    """The next word, however long it takes; a daemon that ends without one fails the test at once."""
    assert process.stdout
    said = process.stdout.fileno()
    while True:
        ready, _, _ = select.select([manager, said], [], [])
        if manager in ready:
            return manager.recv(100).decode()
        assert os.read(said, 4096), f"the daemon ended with {process.wait()}"


def test_it_says_ready_alive_and_stopping(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        told = environment(NOTIFY_SOCKET=str(tmp_path / "n"), WATCHDOG_USEC="400000")
        arguments = ["run", "--port", "0", "--data", str(tmp_path / "data"), "--config", str(quiet_config(tmp_path))]
        with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, env=told) as process:
            words = [heard(manager, process) for _ in range(4)]
            process.terminate()
            while words[-1] != "STOPPING=1":
                words.append(heard(manager, process))
            process.communicate()
        assert process.returncode == 0
    assert words[0] == "READY=1"
    assert set(words[1:-1]) == {"WATCHDOG=1"}
