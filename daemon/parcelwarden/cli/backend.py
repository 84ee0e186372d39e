"""One way to the data for every command: the running daemon, or else the same routes on the database itself.

A database that a daemon holds is never opened here: without its lock there is no second way.
"""

from __future__ import annotations

import http.client
import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from parcelwarden.adapters.errors import Held
from parcelwarden.adapters.lock import DataLock
from parcelwarden.adapters.paths import DataDir, data_dir
from parcelwarden.adapters.runtime_file import Runtime, read_runtime, remove_runtime
from parcelwarden.cli.failure import CannotGoOn, of_code

if TYPE_CHECKING:
    from parcelwarden.wiring.local import Local

Query = Mapping[str, Sequence[str]]

PATIENCE = 10.0
"""Seconds in which a daemon that is starting or ending, or another command, is waited for."""
ANSWER = 60.0
"""Seconds that the daemon may take for one answer."""


class Way(Protocol):
    """One way to the data. `daemon`: whether a running daemon answers."""

    daemon: Runtime | None

    def request(self, method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        """Status and decoded JSON (None: no body; text as it is, else bytes)."""
        ...

    def close(self) -> None: ...


class Backend:
    """What commands talk to. Paths begin with `/v1/` and are percent-encoded."""

    def __init__(self, way: Way, data: DataDir, config: Path | None = None) -> None:
        self._way = way
        self.data = data
        self.config = config

    @property
    def daemon(self) -> Runtime | None:
        """The running daemon, None when the command works on the database itself."""
        return self._way.daemon

    def request(self, method: str, path: str, query: Query | None = None, json: Any = None) -> tuple[int, Any]:
        """Ask; answers with status and decoded JSON, whatever the status. Raises `CannotGoOn` when the daemon is gone."""
        try:
            return self._way.request(method, path, query or {}, json)
        except OSError as fault:
            if self.daemon is None:
                raise
            raise CannotGoOn(f"the daemon stopped answering ({fault}); is it still running?") from fault

    def ask(self, method: str, path: str, query: Query | None = None, json: Any = None) -> Any:
        """Ask; a refusal becomes a `Failure` with the daemon's own sentence."""
        status, answer = self.request(method, path, query, json)
        if status < 400:
            return answer
        error = answer.get("error", {}) if isinstance(answer, dict) else {}
        where = f"{error['field']}: " if error.get("field") and error["field"] not in error["message"] else ""
        raise of_code(error.get("code", ""), f"{where}{error.get('message', f'the daemon answered {status}')}")

    def pages(self, path: str, items: str, limit: int | None = None, query: Query | None = None) -> list[Any]:
        """All entries of a list, page by page, up to `limit`."""
        found: list[Any] = []
        cursor: str | None = None
        while limit is None or len(found) < limit:
            more = {"cursor": [cursor]} if cursor else {}
            page = self.ask("GET", path, {**(query or {}), **more})
            found += page[items]
            cursor = page["next"]
            if not cursor:
                break
        return found[:limit]

    def close(self) -> None:
        """Let go of the daemon or of the database."""
        self._way.close()


class DaemonWay:
    """The running daemon's API, with the token of `runtime.json`."""

    def __init__(self, runtime: Runtime) -> None:
        self.daemon: Runtime | None = runtime
        self._runtime = runtime

    def request(self, method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        """Ask the daemon. Raises `OSError` when nobody answers."""
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        headers = {"Authorization": f"Bearer {self._runtime.admin_token}"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self._runtime.port, timeout=ANSWER)
        try:
            connection.request(method, target, body=data, headers=headers)
            answer = connection.getresponse()
            return answer.status, _decoded(answer.read(), answer.headers.get_content_type())
        except http.client.HTTPException as fault:
            raise OSError(f"no HTTP answer on port {self._runtime.port}: {type(fault).__name__}") from fault
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether the daemon of `runtime.json` is there: it answers, and it knows the token."""
        try:
            status, _ = self.request("GET", "/v1/clients", {}, None)
        except OSError:
            return False
        return status == 200

    def close(self) -> None:
        """Nothing is held."""


class LocalWay:
    """The same routes in this process, on the database, under the lock."""

    daemon: Runtime | None = None

    def __init__(self, lock: DataLock, local: Local) -> None:
        self._lock = lock
        self._local = local

    def request(self, method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        """Run the route here."""
        return self._local.request(method, path, query, body)

    def close(self) -> None:
        """Close the database, then let go of the lock."""
        try:
            self._local.close()
        finally:
            self._lock.release()


@contextmanager
def open_backend(data: Path | None, config: Path | None) -> Iterator[Backend]:
    """The way to the data in `data`. Raises `CannotRun` when there is none."""
    place = data_dir(data)
    backend = Backend(_way(place, config), place, config)
    try:
        yield backend
    finally:
        backend.close()


def running(place: DataDir) -> DaemonWay | None:
    """The daemon of this data directory, if one runs and answers. Where nobody has the lock, `runtime.json` is that of a
    killed one: whoever listens at its port by now is a stranger, and is asked nothing."""
    runtime = read_runtime(place.runtime)
    if runtime is None or not _held(place):
        return None
    way = DaemonWay(runtime)
    return way if way.answers() else None


def _held(place: DataDir) -> bool:
    try:
        with DataLock(place.lock):
            return False
    except Held:
        return True


def _way(place: DataDir, config: Path | None) -> Way:
    deadline = time.monotonic() + PATIENCE
    while True:
        if daemon := running(place):
            return daemon
        lock = DataLock(place.prepare().lock)
        try:
            lock.acquire()
        except Held:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
            continue
        return _local(place, config, lock)


def _local(place: DataDir, config: Path | None, lock: DataLock) -> LocalWay:
    """With the lock in hand a `runtime.json` is a dead daemon's."""
    try:
        remove_runtime(place.runtime)
        _log_masked()
        from parcelwarden.wiring.local import open_local

        return LocalWay(lock, open_local(place, config))
    except BaseException:
        lock.release()
        raise


def _log_masked() -> None:
    """Warnings on standard error, masked as the daemon's, unless somebody set logging up already."""
    if not logging.getLogger().handlers:
        from parcelwarden.adapters.logs import set_up_logging

        set_up_logging("warning")


def _decoded(data: bytes, content_type: str) -> Any:
    """JSON decoded; text of another type as it is; other types as bytes; None for nothing."""
    if not data:
        return None
    try:
        if content_type == "application/json":
            return json.loads(data)
        return data.decode() if content_type.startswith("text/") or content_type.endswith("+xml") else data
    except ValueError as fault:
        raise OSError("the daemon's answer is not JSON") from fault


__all__ = ["Backend", "DaemonWay", "LocalWay", "open_backend", "running"]
