"""The routes over HTTP, on loopback only: guard first, then the body, then the handler."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from parcelwarden.api import reading
from parcelwarden.api.connection import HEAD_SECONDS, MOST_HEADERS, Connection, ConnectionServer, to_response
from parcelwarden.api.context import Context
from parcelwarden.api.dispatch import Answer, answer, refused
from parcelwarden.api.guard import Guard
from parcelwarden.api.head import Head
from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import Call
from parcelwarden.api.table import Table

LOOPBACK = "127.0.0.1"
BODY_SECONDS = 15
STRANGER_SECONDS = 3
SEND_SECONDS = 30
BACKLOG = 1024
"""Connections that may wait to be accepted, so that a flood makes nobody try again."""
AT_ONCE = 32
"""Connections that are accepted before those that are there are looked at: so few that none is sent away unheard, nor
files run out."""

Clock = Callable[[], datetime]


def bind(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one. Raises `OSError` for a busy port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        option = socket.SO_REUSEADDR if os.name == "posix" else getattr(socket, "SO_EXCLUSIVEADDRUSE", 0)
        listening.setsockopt(socket.SOL_SOCKET, option, 1)
        listening.bind((LOOPBACK, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


class ApiServer:
    """One running API. `clock` says what time it is for tokens, windows and answers."""

    def __init__(self, table: Table, context: Context, clock: Clock) -> None:
        self._table = table
        self._context = context
        self._clock = clock
        self._guard = Guard(table, context.access, context.own)
        self._runner: web.ServerRunner | None = None

    async def start(self, listening: socket.socket) -> None:
        """Answer on a bound socket."""
        server = ConnectionServer(
            self._serve,
            keepalive_timeout=HEAD_SECONDS,
            max_headers=MOST_HEADERS,
            auto_decompress=False,
            lingering_time=2,
            access_log=None,
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=2)
        await self._runner.setup()
        await web.SockSite(self._runner, listening, backlog=AT_ONCE).start()
        listening.listen(BACKLOG)

    async def stop(self) -> None:
        """End the streams, finish what is being answered and close every connection."""
        if self._context.feed:
            self._context.feed.close()
        if self._runner:
            await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = request.protocol
        assert isinstance(connection, Connection)  # noqa: S101  the server makes no others
        connection.busy, connection.known = True, False
        try:
            given = await self._answer(request, connection)
            connection.busy = connection.known
            if given.stream is not None:
                from parcelwarden.api.streams import streamed

                return await streamed(request, given.stream)
            return await _sent(request, to_response(given))
        finally:
            connection.busy = False

    async def _answer(self, request: web.BaseRequest, connection: Connection) -> Answer:
        now = self._clock()
        head = Head(request.method, request.raw_path, request.host, request.headers)
        try:
            admitted = await self._guard.admit(head, now)
            route = admitted.hit.route
            path = admitted.hit.values()
            query = reading.query(head.query, route.params)
            seconds = BODY_SECONDS if admitted.identity else STRANGER_SECONDS
            # A stranger who sends slowly, or does not read, gives way to others: a flood of these keeps nobody out.
            connection.busy = connection.known = admitted.identity is not None
            data = await _body(request, route.limit, seconds) if head.has_body else b""
            connection.busy = True
            body = reading.body(data, route.body)
        except Exception as fault:
            return refused(fault, now)
        resume = request.headers.get("Last-Event-ID")
        call = Call(self._context, now, admitted.identity, path, query, body, admitted.origin, resume)
        return await answer(route, call)


async def _body(request: web.BaseRequest, limit: int, seconds: float) -> bytes:
    """The whole body, never more than `limit` bytes of it. Raises `Denied` (413, 408)."""
    data = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_any():
                data += chunk
                if len(data) > limit:
                    raise Denied("too_large", f"the body is too large: at most {limit} bytes are taken here")
    except TimeoutError:
        raise Denied("timeout", "the body came too slowly", headers={"Connection": "close"}) from None
    except (web.RequestPayloadError, ConnectionError, RuntimeError) as fault:
        # aiohttp has no error of its own for a body that is read after its connection was closed.
        if isinstance(fault, RuntimeError) and request.protocol.connected:
            raise
        raise Denied("bad_request", "the body broke off") from None
    return bytes(data)


async def _sent(request: web.BaseRequest, response: web.Response) -> web.Response:
    """Send within a time, so that a client that does not read holds nothing for ever."""
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await response.prepare(request)
            await response.write_eof()
    except TimeoutError:
        if request.transport:
            request.transport.abort()
        raise ConnectionResetError("the client does not read") from None
    return response
