"""Throws broken requests at a running daemon for some minutes and counts what comes back (`make fuzz MINUTES=10`).

Two kinds: requests that HTTP allows, with random paths, tokens, headers and bodies made from the API's own table; and the
bytes of such requests, cut and spiced. What must hold after each: the daemon lives; no answer is 500; nothing but the open
routes is answered without a token; no answer carries a CORS header. Every hundred requests the owner is answered within two
seconds, and memory stays within `MOST_GROWTH`. All sources are switched off: nothing leaves the machine.

The figures are printed as JSON; exit code 1 where something did not hold, with the seed and the request.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import psutil

from parcelparsers import source_ids
from parcelwarden.api.routes import TABLE
from parcelwarden.api.routing import Access, Route

MOST_GROWTH = 64 * 1024 * 1024
UNFINISHED = 0.1
"""Seconds in which a cut request is answered, or the daemon waits for the rest of it."""
PATIENCE = 2.0
"""Seconds in which the owner is answered."""
WORDS = ["", "0", "aliexpress", "81", "../..", "%00", "%ff", "%2e%2e", "\u202e", "x" * 300, "RR123456785CN", "LP00190000000017",
         "2026-02-30", "2026-03-01T00:00:00Z", "null", "-1", "1e999", "'; DROP TABLE orders; --", "<script>", "\ud83d\ude00"]  # fmt: skip
SPICE = [b"\0", b"\r\n", b"\r\n\r\n", b"\xff", b"Host: evil.test\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n",
         b"[" * 500, b"{" * 500, b"%", b" ", b"\t", b"Origin: null\r\n", b"Authorization: Bearer \r\n", b"0\r\n\r\n"]  # fmt: skip
OPEN = (Access.OPEN, Access.KEYED)


class Broken(Exception):
    """Something did not hold."""


@dataclass
class Daemon:
    """The running daemon and its tokens."""

    process: subprocess.Popen[str]
    port: int
    tokens: dict[str, str]
    said: Path

    @property
    def memory(self) -> int:
        """Resident bytes."""
        return int(psutil.Process(self.process.pid).memory_info().rss)


@dataclass
class Tally:
    """What came of it."""

    requests: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    owner_slowest: float = 0.0


@contextmanager
def running() -> Iterator[Daemon]:
    """A daemon with an empty home and every source switched off."""
    with tempfile.TemporaryDirectory() as folder:
        config, data, said = Path(folder, "config.toml"), Path(folder, "data"), Path(folder, "said")
        config.write_text(f"[sources]\ndisabled = {json.dumps(list(source_ids()))}\n[desktop]\nenabled = false\n")
        command = [
            sys.executable,
            "-m",
            "parcelwarden",
            "run",
            "--port",
            "0",
            "--data",
            str(data),
            "--config",
            str(config),
        ]
        with said.open("w") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            try:
                assert process.stdout
                process.stdout.readline()
                while not (data / "runtime.json").exists():
                    time.sleep(0.02)
                runtime = json.loads((data / "runtime.json").read_text())
                yield Daemon(process, runtime["port"], {"admin": runtime["admin_token"]}, said)
            finally:
                process.terminate()
                process.wait(10)


def exchange(port: int, data: bytes, seconds: float = 20) -> bytes:
    """Send bytes; the first 64 KiB of what comes back until the daemon closes, or until so many seconds of silence."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as one:
        try:
            one.sendall(data)
            while len(got) < 65536 and (more := one.recv(65536)):
                got += more
        except OSError:
            pass
    return got


def request(daemon: Daemon, chance: random.Random) -> tuple[bytes, Route, str]:
    """A request made from the table: its bytes, the route it is meant for, whose token it carries."""
    route = chance.choice([r for r in TABLE.routes if r.path != "/v1/stream"])
    path = route.path
    for name in route.names:
        path = path.replace(f"{{{name}}}", quoted(chance.choice(WORDS)))
    given = [p.name for p in route.params if chance.random() < 0.4] + (["colour"] if chance.random() < 0.05 else [])
    query = "&".join(f"{name}={quoted(chance.choice(WORDS))}" for name in given)
    method = (
        route.method if chance.random() < 0.9 else chance.choice(["GET", "PUT", "OPTIONS", "TRACE", "DELETE", "FOO"])
    )
    who = chance.choice(["admin", "admin", "read", "none", "wrong"])
    lines = [
        f"{method} {path}{'?' if query else ''}{query} HTTP/1.1",
        f"Host: {host(daemon, chance)}",
        "Connection: close",
    ]
    token = daemon.tokens.get(who, "pw_wrong")
    lines += [f"Authorization: Bearer {token}"] if who != "none" else []
    lines += (
        [f"Origin: {chance.choice(['null', 'https://shop.test', f'http://127.0.0.1:{daemon.port}'])}"]
        if chance.random() < 0.1
        else []
    )
    body = b""
    if route.body is not None or chance.random() < 0.05:
        body = json.dumps(value(chance, 3), ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
        lines += [
            f"Content-Length: {len(body)}",
            f"Content-Type: {chance.choice(['application/json'] * 9 + ['text/plain'])}",
        ]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body, route, who


def host(daemon: Daemon, chance: random.Random) -> str:
    """Nearly always ours."""
    return f"127.0.0.1:{daemon.port}" if chance.random() < 0.95 else chance.choice(["evil.test", "", "127.0.0.1"])


def quoted(text: str) -> str:
    """Percent-encoded, but for what is a broken encoding on purpose."""
    return "".join(
        c if c.isalnum() or c in "%.-" else "".join(f"%{b:02x}" for b in c.encode("utf-8", "replace")) for c in text
    )


FIELDS = sorted({f.encode_name for r in TABLE.routes if r.body for f in msgspec.structs.fields(r.body)})


def value(chance: random.Random, depth: int) -> Any:
    """A random JSON value, objects with the API's own field names."""
    kinds: list[Callable[[], Any]] = [
        lambda: chance.choice(WORDS), lambda: chance.randint(-(2**40), 2**40), lambda: None, lambda: chance.random() < 0.5,
    ]  # fmt: skip
    if depth and chance.random() < (1.0 if depth == 3 else 0.4):
        if chance.random() < 0.8:
            return {chance.choice(FIELDS): value(chance, depth - 1) for _ in range(chance.randint(0, 6))}
        return [value(chance, depth - 1) for _ in range(chance.randint(0, 4))]
    return chance.choice(kinds)()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The same bytes, cut, doubled and spiced."""
    for _ in range(chance.randint(1, 4)):
        a = chance.randint(0, len(data))
        b = min(len(data), a + chance.choice((0, 1, 5, 60)))
        data = chance.choice((data[:a] + data[b:], data[:a] + chance.choice(SPICE) + data[b:], data[:b] + data[a:]))
    return data


def looked_at(answer: bytes, route: Route | None, who: str) -> str:
    """The status of an answer, or how there was none. Raises `Broken`."""
    if not answer:
        return "no answer"
    head = answer.partition(b"\r\n\r\n")[0].lower()
    status = head.split(b" ", 2)[1].decode("latin-1") if head.startswith(b"http/") else "none"
    if status == "500" or not status.isdigit():
        raise Broken(f"answered with {status}")
    if b"access-control-" in head:
        raise Broken("a CORS header")
    tokenless = route is not None and who in ("none", "wrong") and route.access not in OPEN
    if tokenless and status.startswith("2"):
        raise Broken(f"answered with {status} without a token")
    return status


def once(daemon: Daemon, chance: random.Random, tally: Tally) -> None:
    """One request and what must hold after it. Raises `Broken` with the request."""
    data, route, who = request(daemon, chance)
    raw = chance.random() < 0.4
    if raw:
        data = mutated(data, chance)
    begun = time.monotonic()
    try:
        answer = exchange(daemon.port, data, UNFINISHED if raw else 20)
        tally.statuses[looked_at(answer, None if raw else route, who)] += 1
    except (Broken, OSError) as fault:
        raise Broken(f"{fault}; the request was {data!r}") from fault
    tally.slowest = max(tally.slowest, time.monotonic() - begun)
    tally.requests += 1
    if daemon.process.poll() is not None:
        raise Broken(f"the daemon ended; the request was {data!r}")


def owner_is_answered(daemon: Daemon, tally: Tally, before: int) -> None:
    """The owner's own request, and how much memory there is. Raises `Broken`."""
    line = f"GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1:{daemon.port}\r\nAuthorization: Bearer {daemon.tokens['admin']}\r\n"
    begun = time.monotonic()
    answer = exchange(daemon.port, f"{line}Connection: close\r\n\r\n".encode())
    took = time.monotonic() - begun
    tally.owner_slowest = max(tally.owner_slowest, took)
    if b" 200 " not in answer[:20] or took > PATIENCE:
        raise Broken(f"the owner got {answer[:20]!r} after {took:.2f} s")
    if (grown := daemon.memory - before) > MOST_GROWTH:
        raise Broken(f"{grown / 1024 / 1024:.0f} MiB more memory")


def a_token(daemon: Daemon) -> None:
    """Make a token to read."""
    body = json.dumps({"name": "fuzz", "scopes": ["read"]})
    head = f"POST /v1/clients HTTP/1.1\r\nHost: 127.0.0.1:{daemon.port}\r\nAuthorization: Bearer {daemon.tokens['admin']}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    answer = exchange(daemon.port, (head + body).encode())
    daemon.tokens["read"] = json.loads(answer.partition(b"\r\n\r\n")[2])["token"]


def fuzz(minutes: float, seed: int) -> dict[str, Any]:
    """Run; the figures. `broken` says what did not hold, None for nothing."""
    chance, tally, broken = random.Random(seed), Tally(), None
    with running() as daemon:
        a_token(daemon)
        until = time.monotonic() + minutes * 60
        for _ in range(200):
            once(daemon, chance, tally)
        before = daemon.memory
        try:
            while time.monotonic() < until:
                once(daemon, chance, tally)
                if tally.requests % 100 == 0:
                    owner_is_answered(daemon, tally, before)
        except Broken as fault:
            broken = str(fault)
        figures = {
            "seed": seed,
            "minutes": minutes,
            "requests": tally.requests,
            "statuses": dict(sorted(tally.statuses.items())),
            "slowest_seconds": round(tally.slowest, 3),
            "owner_slowest_seconds": round(tally.owner_slowest, 3),
            "memory_before_mib": round(before / 1024 / 1024, 1),
            "memory_after_mib": round(daemon.memory / 1024 / 1024, 1) if daemon.process.poll() is None else None,
            "internal_errors_logged": daemon.said.read_text().count("internal error"),
            "broken": broken,
        }
    return figures


def main() -> int:
    """Run as asked; 0 when everything held."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    figures = fuzz(asked.minutes, asked.seed)
    print(json.dumps({"fuzz": "api", **figures}, indent=2))
    return 1 if figures["broken"] or figures["internal_errors_logged"] else 0


if __name__ == "__main__":
    sys.exit(main())
