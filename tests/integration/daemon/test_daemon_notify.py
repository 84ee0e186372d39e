"""`notify-test --browser` through the running daemon: proved only by the word of a browser. The browser is a stand-in."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main, notify
from support.daemon import COMMAND, RunningDaemon, daemon, environment

DUE = "/v1/alerts?channel=browser&state=due"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningDaemon]:
    with daemon(tmp_path) as one:
        yield one


def token(running: RunningDaemon) -> str:
    """Of a client as a browser is one."""
    return running.cli("token", "create", "browser", "--scope", "read", "--scope", "write").stdout.strip()


def due(running: RunningDaemon, token: str) -> list[dict[str, Any]]:
    return list(running.request("GET", DUE, token)[1]["alerts"])


@pytest.mark.slow
def test_a_browser_that_shows_it_proves_itself(running: RunningDaemon) -> None:
    mine = token(running)
    place = ("--data", str(running.data), "--config", str(running.config))
    command = [*COMMAND, "notify-test", "--browser", "--json", *place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as waiting:
        while not (given := due(running, mine)):
            assert waiting.poll() is None
            time.sleep(0.02)
        assert given[0]["text"] == "parcelwarden: Notifications reach you."
        assert running.request("POST", f"/v1/alerts/{given[0]['id']}/delivered", mine, {"channel": "browser"})[0] == 200
        said, _ = waiting.communicate()
    assert waiting.returncode == 0
    told = {each["channel"]: each["result"] for each in json.loads(said)["channels"]}
    assert told == {"log": "delivered", "browser": "delivered"}
    channels = running.request("GET", "/v1/status", running.runtime["admin_token"])[1]["health"]["channels"]
    assert channels["browser"]["confirmed_at"]
    assert channels["log"]["confirmed_at"] is None, "the trial is given to the browser alone"


@pytest.mark.slow
def test_one_that_does_not_is_said_and_is_not_told_later(
    running: RunningDaemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "PATIENCE", 0.0)
    place = ["--data", str(running.data), "--config", str(running.config)]
    done = CliRunner().invoke(main, ["notify-test", "--browser", "--json", *place])
    assert done.exit_code == 1
    assert "is the extension paired" in json.loads(done.stdout)["channels"][-1]["error"]
    assert due(running, token(running)) == []
    _, ics = running.request("GET", "/v1/status", running.runtime["admin_token"])
    assert ics["health"]["undelivered"] == []
    assert "Notifications reach you" not in running.cli("export", "--ics").stdout


def test_without_a_daemon_no_browser_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("[desktop]\nenabled = false\n")
    place = ["--data", str(tmp_path / "data"), "--config", str(tmp_path / "c.toml")]
    done = CliRunner().invoke(main, ["notify-test", "--browser", "--json", *place])
    assert done.exit_code == 1
    assert "no daemon runs" in json.loads(done.stdout)["channels"][-1]["error"]
