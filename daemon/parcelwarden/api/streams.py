"""Server-sent events on a connection of aiohttp. Imported when the first stream is asked for, with its library."""

from __future__ import annotations

import asyncio
import contextlib

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from parcelwarden.api.headers import FIXED
from parcelwarden.api.routing import Stream

BEAT_SECONDS = 15.0
"""So often a comment is sent: a client that went away is noticed by it."""
SEND_SECONDS = 30.0
RETRY_MILLISECONDS = 3000


async def streamed(request: web.BaseRequest, stream: Stream) -> web.StreamResponse:
    """Send events until the stream ends or the client goes. A HEAD request gets the head alone."""
    try:
        response = _response()
        if request.method == "HEAD":
            head = web.Response(headers={**FIXED, "Content-Type": "text/event-stream"})
            await head.prepare(request)
            await head.write_eof()
            return head
        await response.prepare(request)
        async with response:
            await _until_either(asyncio.create_task(_pump(response, stream)), asyncio.create_task(response.wait()))
        with contextlib.suppress(ConnectionError):
            await response.write_eof()
        return response
    finally:
        stream.close()


def _response() -> EventSourceResponse:
    response = EventSourceResponse(sep="\n", send_timeout=SEND_SECONDS, ping_interval=BEAT_SECONDS)
    response.headers.update(FIXED)
    return response


async def _pump(response: EventSourceResponse, stream: Stream) -> None:
    async for event in stream.events:
        data = msgspec.json.encode(event.data).decode()
        try:
            await response.send(data, id=event.place, event=event.name, retry=RETRY_MILLISECONDS)
        except (ConnectionError, TimeoutError):
            return


async def _until_either(*tasks: asyncio.Task[None]) -> None:
    """Wait for the first to end, then end the others; a fault of one is raised."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
