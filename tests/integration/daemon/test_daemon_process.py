"""The daemon as a real process: what it leaves on the disk, who gets in, how it refuses and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from parcelparsers import source_ids
from support.daemon import RunningDaemon, cli, daemon, environment, quiet_config

FORBIDDEN = (
    "bs4",
    "lxml",
    "dateparser",
    "icalendar",
    "prometheus_client",
    "aiohttp_sse",
    "resvg_py",
    "plyer",
    "desktop_notifier",
    "rich",
    "apprise",
)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningDaemon]:
    with daemon(tmp_path) as one:
        yield one


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_says_where_it_listens_and_how_to_pair(running: RunningDaemon) -> None:
    port = running.runtime["port"]
    assert f"http://127.0.0.1:{port}" in running.said[0]
    assert "parcelwarden pair" in running.said[1]
    assert running.request("GET", "/v1/health") == (200, {"name": "parcelwarden", "api": 1})


def test_it_listens_on_loopback_alone(running: RunningDaemon) -> None:
    if not Path("/proc/net/tcp").exists():
        pytest.skip("only where /proc lists the listening sockets")
    port = f"{running.runtime['port']:04X}"
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if f":{port} " in line]
    assert {address for address in listening if address.endswith(port)} == {f"0100007F:{port}"}


def test_its_files_are_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    with daemon(tmp_path, umask=0) as running:
        assert running.request("GET", "/v1/orders", running.runtime["admin_token"])[0] == 200
        assert mode(running.data) == 0o700
        modes = {path.name: mode(path) for path in running.data.iterdir()}
    assert {"parcelwarden.db", "runtime.json", "lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_the_admin_token_is_new_at_each_start_and_stands_nowhere_else(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        with daemon(tmp_path) as running:
            token = running.runtime["admin_token"]
            tokens.append(token)
            assert running.runtime["pid"] == running.process.pid
            assert running.request("GET", "/v1/clients", token)[0] == 200
            assert running.request("GET", "/v1/clients", token[:-1] + "x")[0] == 401
            for name in ("cmdline", "environ"):
                if (seen := Path(f"/proc/{running.process.pid}/{name}")).exists():
                    assert token.encode() not in seen.read_bytes()
        assert not (running.data / "runtime.json").exists()
        held = [f for f in running.data.iterdir() if token.encode() in f.read_bytes()]
        assert held == []
    assert tokens[0] != tokens[1]


def test_the_start_imports_nothing_heavy(tmp_path: Path) -> None:
    log = tmp_path / "imports"
    with log.open("w") as stderr, daemon(tmp_path, python=("-X", "importtime"), stderr=stderr) as running:
        assert running.request("GET", "/v1/health")[0] == 200
        assert running.request("GET", "/v1/orders", running.runtime["admin_token"])[0] == 200
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in log.read_text().splitlines()}
    assert {"aiohttp", "sqlite_utils"} <= imported
    assert imported.isdisjoint(FORBIDDEN)


def test_a_second_daemon_is_refused(running: RunningDaemon) -> None:
    second = cli("run", "--port", "0", "--data", str(running.data), "--config", str(running.config))
    assert second.returncode == 3
    assert "in use" in second.stderr
    assert second.stdout == ""
    assert running.request("GET", "/v1/health")[0] == 200
    assert running.runtime["pid"] == running.process.pid


def test_a_busy_port_is_said(tmp_path: Path) -> None:
    config = quiet_config(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = cli("run", "--port", str(port), "--data", str(tmp_path / "d"), "--config", str(config))
    assert refused.returncode == 3
    assert re.search(rf"port {port} .*--port", refused.stderr)
    assert not (tmp_path / "d" / "runtime.json").exists()


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--port", "99999"], ["--port", "x"]])
def test_bad_usage_is_two(tmp_path: Path, arguments: list[str]) -> None:
    refused = cli("run", "--data", str(tmp_path), *arguments)
    assert refused.returncode == 2
    assert arguments[0] in refused.stderr


def test_an_unreadable_configuration_is_three(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("prot = 1")
    for argument in (file, tmp_path / "absent.toml", tmp_path):
        refused = cli("run", "--data", str(tmp_path / "d"), "--config", str(argument))
        assert refused.returncode in (2, 3)
        assert refused.stderr.count("\n") <= 4
        assert "Traceback" not in refused.stderr
    assert "prot" in cli("run", "--data", str(tmp_path / "d"), "--config", str(file)).stderr


def test_a_link_in_the_place_of_the_token_stops_the_start(tmp_path: Path) -> None:
    data, victim = tmp_path / "data", tmp_path / "victim"
    data.mkdir()
    victim.write_text("kept")
    (data / "runtime.json").symlink_to(victim)
    refused = cli("run", "--port", "0", "--data", str(data), "--config", str(quiet_config(tmp_path)))
    assert refused.returncode == 3
    assert "runtime.json" in refused.stderr
    assert victim.read_text() == "kept"


def test_a_database_of_a_newer_version_is_said(tmp_path: Path) -> None:
    import sqlite3

    data = tmp_path / "data"
    data.mkdir()
    with sqlite3.connect(data / "parcelwarden.db") as newer:
        newer.execute("PRAGMA user_version = 9999")
    newer.close()
    refused = cli("run", "--port", "0", "--data", str(data), "--config", str(quiet_config(tmp_path)))
    assert refused.returncode == 3
    assert "newer" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_five_seconds(tmp_path: Path, name: signal.Signals) -> None:
    with daemon(tmp_path) as running:
        hanging = socket.create_connection(("127.0.0.1", running.runtime["port"]))
        hanging.sendall(b"GET /v1/health HTTP/1.1\r\n")
        begun = time.monotonic()
        running.process.send_signal(name)
        assert running.process.wait(6) == 0
        assert time.monotonic() - begun < 5
        hanging.close()
    assert not (running.data / "runtime.json").exists()
    assert not (running.data / "parcelwarden.db-wal").exists()


def test_after_a_kill_the_next_start_and_the_commands_go_on(tmp_path: Path) -> None:
    with daemon(tmp_path) as running:
        assert running.cli("add", "aliexpress/1", "paid_at=2026-03-01").returncode == 0
        running.process.kill()
        running.process.wait()
        assert (running.data / "runtime.json").exists()
        listed = json.loads(running.cli("list", "--json").stdout)
        assert [o["order_id"] for o in listed["orders"]] == ["1"]
        assert not (running.data / "runtime.json").exists()
    with daemon(tmp_path) as again:
        assert json.loads(again.cli("list", "--json").stdout)["orders"] == listed["orders"]


def test_a_stale_runtime_whose_port_is_another_programs_is_seen_through(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        port = stranger.getsockname()[1]
        runtime = {"pid": os.getpid(), "port": port, "api": 1, "admin_token": "stale"}
        (data / "runtime.json").write_text(json.dumps(runtime))
        listed = cli("list", "--json", "--data", str(data))
    assert (listed.returncode, json.loads(listed.stdout)) == (0, {"orders": []})


def test_a_command_never_opens_a_database_that_a_daemon_holds(running: RunningDaemon) -> None:
    (running.data / "runtime.json").rename(running.data / "hidden.json")
    code = (
        "import parcelwarden.cli.backend as b; b.PATIENCE = 0.2\n"
        "from parcelwarden.cli import main; import sys; sys.argv[0] = 'parcelwarden'; main()"
    )
    refused = subprocess.run(
        [sys.executable, "-c", code, "list", "--data", str(running.data)],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    (running.data / "hidden.json").rename(running.data / "runtime.json")
    assert refused.returncode == 3
    assert "in use" in refused.stderr


def test_it_is_the_same_with_and_without_a_daemon(tmp_path: Path) -> None:
    """Every command on the data answers the same over the running daemon and on the database itself."""
    script = (
        ("add", "aliexpress/1", "paid_at=2026-03-01", "shipped_at=2026-03-02", "title=Lamp", "--json"),
        ("set", "1", "received_at=2026-04-01", "dispute.opened_at=", "--json"),
        ("show", "aliexpress/1", "--json"),
        ("list", "--json"),
        ("sources", "--json"),
        ("token", "list", "--json"),
        ("forget", "1"),
        ("show", "1"),
        ("export",),
    )
    changing = re.compile(r'"[^"]*\d\d:\d\d:\d\dZ"')

    def played(folder: Path, with_daemon: bool) -> list[tuple[int, str, str]]:
        folder.mkdir()
        place = ("--data", str(folder / "data"), "--config", str(quiet_config(folder)))
        with daemon(folder) if with_daemon else nullcontext():
            done = [cli(*arguments, *place) for arguments in script]
        return [(one.returncode, changing.sub('"T"', one.stdout), one.stderr) for one in done]

    through_the_daemon, alone = played(tmp_path / "with", True), played(tmp_path / "without", False)
    assert through_the_daemon == alone
    assert [code for code, _, _ in alone] == [0, 0, 0, 0, 0, 0, 0, 1, 0]


def test_it_asks_nobody_whom_the_configuration_forbids(running: RunningDaemon) -> None:
    assert running.cli("add", "RR123456785CN").returncode == 0
    found = json.loads(running.cli("show", "RR123456785CN", "--json").stdout)
    assert [look for look in found["looks"] if look["last_tried_at"]] == []
    assert source_ids()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM is POSIX")
def test_it_ends_well_although_nobody_reads_any_more_what_it_says(tmp_path: Path) -> None:
    with daemon(tmp_path) as one:
        assert one.process.stdout
        one.process.stdout.close()
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(20) == 0
