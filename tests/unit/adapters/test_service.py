"""The files that start the daemon with a session: systemd's verified by its own tool, the others by their format. The
real system is never touched: the home is a temporary one, commands are recorded."""

from __future__ import annotations

import os
import plistlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from parcelwarden.adapters import sd_notify
from parcelwarden.adapters.service import Manager, ServiceFailed, Wanted, install, state, uninstall
from parcelwarden.adapters.service.launchd import LABEL, LaunchAgent
from parcelwarden.adapters.service.systemd import UserUnit
from parcelwarden.adapters.service.windows import ScheduledTask
from parcelwarden.cli.service import argv

ODD = Wanted((sys.executable, "-m", "parcelwarden", "run", "--data", '/a b/100% $HOME "x" <&>\\'))


class System:
    """Records commands; `code` is what each ends with."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, ...]] = []
        self.code = 0

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.ran.append(tuple(command))
        return self.code, "made up"


@pytest.mark.parametrize("kind", [UserUnit, LaunchAgent, ScheduledTask])
def test_it_comes_goes_and_is_seen(tmp_path: Path, kind: type[UserUnit]) -> None:
    manager: Manager = kind(tmp_path)
    system = System()
    assert state(manager, system) == "not installed"
    install(manager, ODD, system)
    assert system.ran == list(manager.installing)
    assert manager.file.read_text("utf-8") == manager.text(ODD)
    assert state(manager, system) == "running"
    system.code = 3
    assert state(manager, system) == "stopped"
    assert uninstall(manager, system) is True
    assert not manager.file.exists()
    assert uninstall(manager, system) is False
    with pytest.raises(ServiceFailed, match="ended with 3: made up"):
        install(manager, ODD, system)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [manager.file]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("wanted", [Wanted(argv(None, None)), ODD])
def test_the_unit_is_verified_by_systemd(tmp_path: Path, wanted: Wanted) -> None:
    unit = tmp_path / "parcelwarden.service"
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}

    def verified(text: str) -> subprocess.CompletedProcess[str]:
        unit.write_text(text)
        command = ["systemd-analyze", "--user", "verify", str(unit)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30, check=False)

    good = verified(UserUnit(tmp_path).text(wanted))
    assert (good.returncode, good.stderr) == (0, "")
    bad = verified(UserUnit(tmp_path).text(wanted).replace("on-failure", "sometimes"))
    assert (bad.returncode, bad.stderr) != (0, "")


def test_the_unit_quotes_every_word() -> None:
    text = UserUnit(Path("/home/x")).text(ODD)
    assert '"/a b/100%% $$HOME \\"x\\" <&>\\\\"' in text
    assert "Type=notify" in text
    assert "WatchdogSec=" in text


def test_the_launch_agent_is_a_property_list() -> None:
    told = plistlib.loads(LaunchAgent(Path("/Users/x")).text(ODD).encode())
    assert told["ProgramArguments"] == list(ODD.argv)
    assert (told["Label"], told["RunAtLoad"], told["KeepAlive"]) == (LABEL, True, {"SuccessfulExit": False})


def test_the_task_is_well_formed() -> None:
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    root = ElementTree.fromstring(ScheduledTask(Path("C:/x")).text(ODD))
    assert root.tag == f"{space}Task"
    assert root.findtext(f".//{space}Command") == ODD.argv[0]
    assert root.findtext(f".//{space}Arguments") == subprocess.list2cmdline(ODD.argv[1:])
    assert root.find(f".//{space}LogonTrigger") is not None


def test_the_daemon_is_started_as_it_was_asked_for(tmp_path: Path) -> None:
    words = argv(tmp_path, None)
    assert words == (sys.executable, "-m", "parcelwarden", "run", "--data", str(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="AF_UNIX datagrams are POSIX")
def test_a_service_manager_is_told_in_one_datagram(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        manager.settimeout(2)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "n")}
        for word in (sd_notify.READY, sd_notify.ALIVE):
            assert sd_notify.tell(word, environment)
            assert manager.recv(100) == word.encode()
    assert not sd_notify.tell(sd_notify.READY, {})
    assert not sd_notify.tell(sd_notify.READY, {"NOTIFY_SOCKET": str(tmp_path / "gone")})


def test_the_watchdog_is_for_this_process_alone() -> None:
    assert sd_notify.watchdog_seconds({"WATCHDOG_USEC": "60000000"}) == 60
    assert sd_notify.watchdog_seconds({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}) == 60
    for told in ({}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "9", "WATCHDOG_PID": "1"}):
        assert sd_notify.watchdog_seconds(told) is None
