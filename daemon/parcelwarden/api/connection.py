"""aiohttp's connection, made ours where it would speak in its own voice: errors of the HTTP parser, slow and many
clients."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from parcelwarden.api.dispatch import Answer, finished
from parcelwarden.api.headers import FIXED
from parcelwarden.api.problems import internal
from parcelwarden.api.routing import Reply
from parcelwarden.api.shapes import ErrorBody, Problem

HEAD_SECONDS = 15
"""From connecting, or from the last answer, to the end of the next request's head."""
MOST_CONNECTIONS = 200
"""Beyond these the oldest idle connection gives way, so that a flood never keeps the owner out."""
MOST_HEADERS = 100
MOST_HEAD = 64 * 1024
"""Bytes of one request's head, all fields together, of which a single one may have 8 KiB."""
BAD_REQUEST = Reply(
    400, Problem(error=ErrorBody(code="bad_request", message="this is not a request that HTTP/1.1 allows"))
)


class Connection(RequestHandler):
    """One client's connection. `known` once its request showed a good token. `busy` while a request is being answered,
    but not while a stranger's body comes or a stranger's answer goes."""

    known = False
    busy = False
    _of_head = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Make room first when there are too many."""
        manager = self._manager
        super().connection_made(transport)
        if isinstance(manager, ConnectionServer):
            manager.make_room(self)

    def data_received(self, data: bytes) -> None:
        """Parse it; who sends a head without end is not waited for."""
        super().data_received(data)
        if self._waiter is None or self._waiter.done():
            self._of_head = 0
            return
        self._of_head += len(data)
        if self._of_head > MOST_HEAD:
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """It takes no more room."""
        manager = self._manager
        super().connection_lost(exc)
        if isinstance(manager, ConnectionServer):
            manager.leave(self)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What the HTTP parser refuses, or what broke here, told like everything else; the connection ends with it. A
        client that went away is told nothing, nor is the log."""
        if isinstance(exc, ConnectionError):
            raise exc
        reply = internal(exc) if status >= 500 else BAD_REQUEST
        if request.writer.output_size > 0:
            raise ConnectionError("an answer was already under way")
        response = to_response(finished(reply))
        response.force_close()
        return response


class ConnectionServer(web.Server):
    """Makes our connections."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._staying: dict[Connection, None] = {}
        """Oldest first, without those that were sent away: the loop may accept a thousand before it closes one."""

    def __call__(self) -> RequestHandler:
        """One connection."""
        return Connection(self, loop=self._loop, **self._kwargs)

    def make_room(self, newest: Connection) -> None:
        """Drop the oldest connection that waits for a request, or for a stranger, when there are too many; what it was
        sent and did not read is dropped with it."""
        self._staying[newest] = None
        if len(self._staying) <= MOST_CONNECTIONS:
            return
        oldest = next((one for one in self._staying if one is not newest and not one.busy), newest)
        self.leave(oldest)
        transport = oldest.transport
        oldest.force_close()
        if isinstance(transport, asyncio.Transport):
            transport.abort()

    def leave(self, one: Connection) -> None:
        """Count it no more."""
        self._staying.pop(one, None)


def to_response(answer: Answer) -> web.Response:
    """An answer with the fixed header fields."""
    headers: dict[str, Any] = {**FIXED, **answer.headers}
    if answer.content_type:
        headers["Content-Type"] = answer.content_type
    return web.Response(status=answer.status, body=answer.body, headers=headers)
