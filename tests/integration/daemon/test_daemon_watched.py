"""The real daemon under a service manager: it says that it is ready, that it lives, and that it ends."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.daemon import COMMAND, environment, quiet_config

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="AF_UNIX datagrams are POSIX")]


def test_it_says_ready_alive_and_stopping(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        manager.settimeout(30)
        told = environment(NOTIFY_SOCKET=str(tmp_path / "n"), WATCHDOG_USEC="400000")
        arguments = ["run", "--port", "0", "--data", str(tmp_path / "data"), "--config", str(quiet_config(tmp_path))]
        with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, env=told) as process:
            try:
                heard = [manager.recv(100).decode() for _ in range(4)]
            finally:
                process.terminate()
            while heard[-1] != "STOPPING=1":
                heard.append(manager.recv(100).decode())
            assert process.wait(10) == 0
    assert heard[0] == "READY=1"
    assert set(heard[1:-1]) == {"WATCHDOG=1"}
