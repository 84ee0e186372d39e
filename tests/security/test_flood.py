"""The running daemon under load from strangers: floods, slow clients, endless heads, deep JSON. Others are answered and
memory stays bounded. All input is constructed."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from support.daemon import RunningDaemon, daemon

MEBIBYTE = 1024 * 1024
HEALTH = b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningDaemon]:
    with daemon(tmp_path) as one:
        one.request("GET", "/v1/orders", one.runtime["admin_token"])
        yield one


@pytest.fixture
def strangers() -> Iterator[list[socket.socket]]:
    """Sockets that are closed at the end, whatever happens."""
    made: list[socket.socket] = []
    yield made
    for one in made:
        one.close()


@contextlib.contextmanager
def room_for(files: int) -> Iterator[None]:
    """Let this process, and those that it starts, open so many files, where the system allows it."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < files:
        pytest.skip(f"this system lets a process open {hard} files only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def memory(running: RunningDaemon) -> int:
    return int(psutil.Process(running.process.pid).memory_info().rss)


def answered(running: RunningDaemon) -> float:
    """How long the owner's request took."""
    begun = time.monotonic()
    assert running.request("GET", "/v1/orders", running.runtime["admin_token"])[0] == 200
    return time.monotonic() - begun


def connected(port: int, first: bytes) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=20)
    with contextlib.suppress(OSError):
        one.sendall(first)
    return one


@pytest.mark.slow
@pytest.mark.parametrize("first", [b"", b"GET /v1/health HT", HEALTH], ids=["idle", "half a line", "half a head"])
def test_s25_a_flood_of_a_thousand_connections_keeps_nobody_out(
    running: RunningDaemon, strangers: list[socket.socket], first: bytes
) -> None:
    port = running.runtime["port"]
    begin = first % port if b"%d" in first else first
    before = memory(running)
    with room_for(2000):
        for n in range(1000):
            strangers.append(connected(port, begin))
            if n % 100 == 99:
                assert answered(running) < 5
        grown = memory(running) - before
        assert answered(running) < 5
        open_now = [c for c in psutil.Process(running.process.pid).net_connections() if c.status == "ESTABLISHED"]
        for one in strangers:
            one.close()
    assert len(open_now) <= 260
    assert grown < 24 * MEBIBYTE, f"{grown / MEBIBYTE:.1f} MiB"
    assert running.process.poll() is None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="stops a process by a signal of POSIX")
def test_s25_who_asked_before_a_thousand_came_at_once_is_answered(
    tmp_path: Path, strangers: list[socket.socket]
) -> None:
    """All of them wait when the daemon looks, which was started where a process gets few files, as on macOS."""
    log = tmp_path / "log"
    with room_for(256), log.open("w") as stderr, daemon(tmp_path, stderr=stderr) as running, room_for(2000):
        port = running.runtime["port"]
        running.process.send_signal(signal.SIGSTOP)
        owner = connected(port, HEALTH % port + b"Connection: close\r\n\r\n")
        strangers.append(owner)
        for _ in range(1000):
            one = socket.socket()
            strangers.append(one)
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                one.connect(("127.0.0.1", port))
        running.process.send_signal(signal.SIGCONT)
        assert b"200 OK" in owner.recv(100)
    assert "out of system resource" not in log.read_text()


@pytest.mark.slow
def test_s25_what_strangers_send_is_not_kept(running: RunningDaemon, strangers: list[socket.socket]) -> None:
    """A hundred strangers, each with four mebibytes for a route that takes so much, none with a token."""
    port = running.runtime["port"]
    head = b"POST /v1/captures HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n" % port
    head += b"Content-Length: %d\r\n\r\n" % (4 * MEBIBYTE)
    before = memory(running)
    strangers += [connected(port, head + b"x" * 60_000) for _ in range(100)]
    assert answered(running) < 5
    grown = memory(running) - before
    for one in strangers:
        one.settimeout(20)
        with contextlib.suppress(OSError):
            assert b" 401 " in one.recv(100)
    assert grown < 24 * MEBIBYTE, f"{grown / MEBIBYTE:.1f} MiB"


@pytest.mark.slow
def test_s25_heads_without_end_are_refused(running: RunningDaemon) -> None:
    port = running.runtime["port"]
    before = memory(running)
    lines = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 20) for n in range(10_000))
    for _ in range(20):
        one = connected(port, HEALTH % port + lines + b"\r\n")
        one.settimeout(20)
        with contextlib.suppress(OSError):
            assert b"200 OK" not in one.recv(1000)
        one.close()
        assert answered(running) < 5
    assert memory(running) - before < 16 * MEBIBYTE


@pytest.mark.slow
def test_s25_half_heads_of_many_long_fields_take_no_memory(
    running: RunningDaemon, strangers: list[socket.socket]
) -> None:
    """Each field is as long as one may be, none too many, and the head never ends."""
    port = running.runtime["port"]
    fields = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 8000) for n in range(97))
    before = memory(running)
    strangers += [connected(port, HEALTH % port + fields) for _ in range(150)]
    assert answered(running) < 5
    grown = memory(running) - before
    assert grown < 24 * MEBIBYTE, f"{grown / MEBIBYTE:.1f} MiB"


@pytest.mark.slow
def test_s25_a_client_that_does_not_read_holds_nobody_up(
    running: RunningDaemon, strangers: list[socket.socket]
) -> None:
    """It asks for the largest answer again and again and never reads one."""
    port, token = running.runtime["port"], running.runtime["admin_token"]
    line = f"GET /v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    before = memory(running)
    for _ in range(30):
        one = socket.socket()
        strangers.append(one)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", port))
        one.sendall(line.encode() * 20)
    for _ in range(5):
        assert answered(running) < 5
    grown = memory(running) - before
    assert grown < 48 * MEBIBYTE, f"{grown / MEBIBYTE:.1f} MiB"


@pytest.mark.slow
@pytest.mark.parametrize("body", [b"[" * 30_000 + b"]" * 30_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000])
def test_s26_deep_json_costs_little(running: RunningDaemon, body: bytes) -> None:
    port, token = running.runtime["port"], running.runtime["admin_token"]
    head = f"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    before = memory(running)
    for _ in range(50):
        one = connected(port, head.encode() + body)
        one.settimeout(20)
        assert b" 400 " in one.recv(100)
        one.close()
    assert answered(running) < 5
    assert memory(running) - before < 16 * MEBIBYTE
