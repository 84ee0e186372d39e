"""What commands do with a running daemon: pairing, the dashboard's code, copies, tokens, a large capture."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from support.daemon import COMMAND, RunningDaemon, cli, daemon, environment

ORDER = ("add", "aliexpress/8100000000000001", "paid_at=2026-03-01", "title=Lamp")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDaemon]:
    with daemon(tmp_path_factory.mktemp("daemon")) as one:
        assert one.cli(*ORDER).returncode == 0
        yield one


def test_a_code_lets_one_client_in(running: RunningDaemon) -> None:
    window = json.loads(running.cli("pair", "--no-wait", "--json").stdout)
    assert re.fullmatch(r"\d{8}", window["code"])
    status, paired = running.request("POST", "/v1/pair", body={"code": window["code"], "name": "tests"})
    assert status == 201
    assert running.request("GET", "/v1/orders", paired["token"])[0] == 200
    assert running.cli("token", "revoke", paired["client"]).returncode == 0
    assert running.request("GET", "/v1/orders", paired["token"])[0] == 401


def test_pair_waits_until_somebody_came(running: RunningDaemon) -> None:
    command = [*COMMAND, "pair", "--data", str(running.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as waiting:
        assert waiting.stdout
        code = re.sub(r"\D", "", waiting.stdout.readline())
        assert running.request("POST", "/v1/pair", body={"code": code, "name": "tests"})[0] == 201
        rest = waiting.stdout.read()
    assert waiting.returncode == 0
    assert "Paired" in rest


def test_open_prints_an_address_with_a_code_that_is_good_once(running: RunningDaemon) -> None:
    address = running.cli("open", "--print").stdout.strip()
    origin, _, code = address.partition("/#code=")
    assert origin == f"http://127.0.0.1:{running.runtime['port']}"
    assert running.request("POST", "/v1/session", body={"code": code})[0] == 201
    assert running.request("POST", "/v1/session", body={"code": code})[0] in (401, 403)


def test_a_copy_is_made_while_the_daemon_runs(running: RunningDaemon, tmp_path: Path) -> None:
    done = running.cli("backup", str(tmp_path / "copy.db"), "--json")
    copy = json.loads(done.stdout)
    assert (copy["orders"], copy["path"]) == (1, str(tmp_path / "copy.db"))
    assert not any((running.data / "backups").iterdir())
    assert cli("restore", str(tmp_path / "copy.db"), "--data", str(tmp_path / "other")).returncode == 0
    listed = json.loads(cli("list", "--json", "--data", str(tmp_path / "other")).stdout)
    assert [o["title"] for o in listed["orders"]] == ["Lamp"]


def test_a_database_in_use_is_not_replaced(running: RunningDaemon, tmp_path: Path) -> None:
    assert running.cli("backup", str(tmp_path / "copy.db")).returncode == 0
    refused = running.cli("restore", str(tmp_path / "copy.db"))
    assert refused.returncode == 3
    assert "in use" in refused.stderr
    assert running.request("GET", "/v1/health")[0] == 200


def test_status_and_doctor_see_the_daemon(running: RunningDaemon) -> None:
    status = running.cli("status")
    assert f"listens on 127.0.0.1:{running.runtime['port']}" in status.stdout
    assert "Watched: 1 order" in status.stdout
    health = json.loads(running.cli("status", "--json").stdout)["health"]
    assert health["scheduler"]["error"] is None
    findings = json.loads(running.cli("doctor", "--json").stdout)["findings"]
    assert {"level": "ok", "what": "daemon", "text": "running"} in findings
    assert running.runtime["admin_token"] not in json.dumps(findings)


def test_an_error_of_the_daemon_is_its_own_sentence(running: RunningDaemon) -> None:
    for arguments, code in ((("show", "999"), 1), (("set", "8100000000000001", "paid_at=soon"), 2)):
        done = running.cli(*arguments)
        assert (done.returncode, done.stdout) == (code, "")
        assert re.fullmatch(r"parcelwarden: .+\n", done.stderr)


def test_what_came_by_a_command_is_ticked(running: RunningDaemon) -> None:
    """The daemon has ticked since its start; an addition is not left to the interval."""
    health = json.loads(running.cli("status", "--json").stdout)["health"]
    assert health["last_tick_at"] is not None


def test_a_reader_that_went_away_is_not_taken_for_a_daemon_that_did(running: RunningDaemon) -> None:
    place = ("--data", str(running.data), "--config", str(running.config))
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [*COMMAND, "status", *place],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.returncode != 0
    assert "stopped answering" not in ended.stderr


@pytest.mark.parametrize(
    "command", [("list", "--json"), ("pair", "--no-wait"), ("open", "--print"), ("status",), ORDER]
)
def test_who_took_the_port_of_a_killed_daemon_is_asked_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Another user's program at the port that `runtime.json` still names, which says yes to everything."""
    asked: list[str] = []

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"clients": [], "orders": [], "next": null, "code": "12345678"}')

        do_POST = do_GET

    with daemon(tmp_path) as one:
        data, left = one.data, (one.data / "runtime.json").read_bytes()
        one.process.kill()
        one.process.wait()
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (data / "runtime.json").write_bytes(msgspec.json.encode({**json.loads(left), "port": server.server_port}))
        done = cli(*command, "--data", str(data))
        server.shutdown()
    assert asked == []
    assert done.returncode == (3 if command[0] in ("pair", "open") else 0), done.stderr
