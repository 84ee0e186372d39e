"""Programs beside this one: started, asked over HTTP, ended by their own id."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

from benchmarks.harness import cpu

ROOT = Path(__file__).resolve().parents[1]
HELLO = (sys.executable, str(ROOT / "benchmarks/floors/hello.py"))
DAEMON = (sys.executable, "-m", "parcelwarden")
_LISTENS = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass
class Serving:
    """A server that listens. `said`: the line in which it told so."""

    process: psutil.Popen
    connection: HTTPConnection
    port: int

    def get(self, path: str, token: str | None = None) -> bytes:
        """One GET over the kept connection. Raises `RuntimeError` for anything but 200."""
        return self.ask("GET", path, token)

    def ask(self, method: str, path: str, token: str | None = None, body: Any = None) -> bytes:
        """One request. Raises `RuntimeError` when it is not answered with success."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        self.connection.request(method, path, body=data, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path.partition('?')[0]} was answered with {answer.status}: {text[:200]!r}")
        return text


@contextmanager
def serving(command: Sequence[str], stdin: str = "", **more: Any) -> Iterator[Serving]:
    """Start a server, wait until it says where it listens, end it."""
    process = psutil.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, **more
    )
    try:
        process.stdin.write(stdin)
        process.stdin.close()
        found = _LISTENS.search(process.stdout.readline())
        if not found:
            raise RuntimeError(f"{' '.join(command[-4:])} did not say where it listens")
        connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        yield Serving(process, connection, int(found[1]))
        connection.close()
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def settled(process: psutil.Process, most: float = 120.0) -> None:
    """Wait until a process that was just started has nothing more to do."""
    deadline = time.monotonic() + most
    before = cpu(process)
    while time.monotonic() < deadline:
        time.sleep(2.0)
        now = cpu(process)
        if now - before < 0.02:
            return
        before = now


def first_answer(command: Sequence[str]) -> float:
    """Seconds from the start of a server to its first answer of `/v1/health`."""
    begun = time.perf_counter()
    with serving(command) as server:
        server.get("/v1/health")
        return time.perf_counter() - begun


@dataclass
class Street:
    """Carriers on loopback."""

    ports: list[int]

    def tell(self, lines: int) -> None:
        """From now on every history has so many lines."""
        connection = HTTPConnection("127.0.0.1", self.ports[0], timeout=20)
        connection.request("GET", f"/lines/{lines}")
        connection.getresponse().read()
        connection.close()


@contextmanager
def street(hosts: int) -> Iterator[Street]:
    """So many carriers in a process of their own."""
    command = (sys.executable, "-m", "benchmarks.floors.street", str(hosts))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            yield Street([int(port) for port in process.stdout.readline().split()])
        finally:
            process.terminate()
