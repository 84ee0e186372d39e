"""A real API server on an ephemeral loopback port, spoken to byte by byte over real sockets, on a virtual clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from parcelwarden.adapters.painter import to_png
from parcelwarden.adapters.store.store import SqliteStore
from parcelwarden.api.context import Context
from parcelwarden.api.http import ApiServer, bind
from parcelwarden.api.own import Own
from parcelwarden.api.routes import TABLE
from parcelwarden.services.access import Access
from parcelwarden.services.feed import Feed
from parcelwarden.services.tokens import digest, new_token
from support.assessing import rules
from support.scripted import House
from support.standin_warden import StandIn

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
OTHER = "moz-extension://0b7c1f2e-1111-4222-8333-444455556666"


class VirtualClock:
    """Says what it was told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Got:
    """One answer as it came over the wire; header names in lower case, values in order."""

    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])

    def header(self, name: str) -> str | None:
        return self.headers.get(name.lower(), [None])[0]


def parse(raw: bytes) -> Got:
    """The first answer in these bytes."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    return Got(int(lines[0].split()[1]), headers, body)


@dataclass
class Api:
    """The running server and who may speak to it."""

    port: int
    clock: VirtualClock
    warden: Any
    context: Context
    store: SqliteStore
    admin: str
    token: str
    server: ApiServer
    calls: list[Got] = field(default_factory=list)

    @property
    def access(self) -> Access:
        return self.context.access

    @property
    def connections(self) -> list[Any]:
        """The server's open connections."""
        runner = self.server._runner
        assert runner is not None
        assert runner.server is not None
        return runner.server.connections

    async def raw(self, data: bytes, *, half_close: bool = False) -> Got:
        """Send bytes as they are and read until the server closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(data)
            await writer.drain()
            if half_close:
                writer.write_eof()
            got = parse(await asyncio.wait_for(reader.read(), 30))
        finally:
            writer.close()
        self.calls.append(got)
        return got

    async def call(
        self,
        method: str,
        path: str,
        *,
        token: str | None = "",
        json_body: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        origin: str | None = None,
        host: str | None = None,
    ) -> Got:
        """One call; `token` "" is the admin's, None none. A JSON body gets its content type."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", "Connection: close"]
        if token is not None:
            lines.append(f"Authorization: Bearer {token or self.admin}")
        if origin is not None:
            lines.append(f"Origin: {origin}")
        pairs = list(headers.items() if isinstance(headers, Mapping) else headers)
        if json_body is not None:
            data = json.dumps(json_body).encode()
            pairs.append(("Content-Type", "application/json"))
        if data is not None:
            pairs.append(("Content-Length", str(len(data))))
        lines += [f"{name}: {value}" for name, value in pairs]
        return await self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + (data or b""))

    async def pair(self, origin: str | None = EXTENSION, name: str = "a browser") -> str:
        """Open a window, pair, answer the token."""
        code = (await self.call("POST", "/v1/pairing")).json["code"]
        got = await self.call("POST", "/v1/pair", token=None, json_body={"code": code, "name": name}, origin=origin)
        assert got.status == 201, got.body
        return str(got.json["token"])


def wording(code: str, params: Mapping[str, Any], language: str) -> str:
    """A stand-in for the renderer."""
    return f"{language}: {code}"


@asynccontextmanager
async def running(directory: Path, house: House | None = None) -> AsyncIterator[Api]:
    """Serve the verbs of `house`, else a stand-in for them with a store in `directory`; a script's token of all scopes
    is there already."""
    clock, admin = VirtualClock(), new_token()
    verbs: Any = house.warden if house else StandIn(START)
    store = house.store if house else await SqliteStore.open(directory / "parcelwarden.db")
    access = Access(store, digest(admin))
    await access.load()

    async def back_up(now: datetime) -> dict[str, Any]:
        copy = await store.backup(directory / f"copy-{new_token()}.db")
        counts = {"orders": copy.orders, "parcels": copy.parcels, "alerts": copy.alerts}
        return {"name": copy.path.name, "version": copy.version, **counts}

    listening = bind(0)
    port = int(listening.getsockname()[1])
    context = Context(
        warden=verbs,
        access=access,
        wording=house.warden.wording if house else wording,
        packs=rules().packs,
        configured={"keys": True, "phone": False},
        own=Own(port),
        back_up=back_up,
        paint=to_png,
        feed=house.feed if house else Feed(),
    )
    server = ApiServer(TABLE, context, clock)
    await server.start(listening)
    token, _ = await access.create("a script", ("read", "write", "relay"), None, clock())
    try:
        yield Api(port, clock, verbs, context, store, admin, token, server)
    finally:
        await server.stop()
        if not house:
            await store.close()
