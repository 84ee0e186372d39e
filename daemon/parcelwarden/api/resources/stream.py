"""`/v1/stream`: what changes, as server-sent events, for the dashboard and for scripts that stay."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec

from parcelwarden.api.present import stamp
from parcelwarden.api.routing import Access, Call, Event, Identity, Reply, Route, Stream
from parcelwarden.api.shapes import STREAMED, StreamStart
from parcelwarden.services.errors import Conflict
from parcelwarden.services.feed import Reader

EVENTS = "text/event-stream"
PATIENCE = timedelta(seconds=5)
"""So often it is looked whether the client is still let in."""
LONGEST = 3600.0
"""Seconds after which the client comes back with its token, and by `Last-Event-ID` misses nothing."""


async def stream(call: Call) -> Reply:
    """Events `order`, `alert` and `source`, each with its shape; `start` comes first. A client that comes back with
    `Last-Event-ID` gets what it missed, or is told by `start` to read everything anew. At most 4 streams a client."""
    feed = call.context.feed
    if feed is None or call.identity is None:
        raise Conflict("nothing is streamed while no daemon runs: start it with `parcelwarden run`")
    reader = feed.reader(call.identity.client, call.resume)
    return Reply(200, content_type=EVENTS, stream=Stream(_events(call, reader, call.identity), reader.close))


async def _events(call: Call, reader: Reader, identity: Identity) -> AsyncIterator[Event]:
    until = time.monotonic() + LONGEST
    first = True
    while call.context.access.holds(identity):
        news = reader.news()
        if first or not news.whole:
            begin = news.place if not news.whole else (call.resume or news.place)
            yield Event("start", StreamStart(now=stamp(call.now), resumed=news.whole), begin)
            first = False
        for place, change in news.changes:
            yield Event(change.kind, msgspec.convert(change.data, STREAMED[change.kind]), place)
        if time.monotonic() > until or not await reader.wait(PATIENCE):
            return


ROUTES = (
    Route("GET", "/v1/stream", Access.READ, stream, "What changes, as server-sent events", {200: None}, gives=EVENTS),
)
