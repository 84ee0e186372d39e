"""One call, from a found route to a finished answer; the same for HTTP and for commands without a daemon."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from parcelwarden.api.problems import problem
from parcelwarden.api.routing import Call, Reply, Route, Stream

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: what goes over the wire; with a `stream` its events follow."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    stream: Stream | None = None


async def answer(route: Route, call: Call) -> Answer:
    """Run the handler of a route. A fault becomes its problem; nothing is raised but cancellation."""
    try:
        result = await route.handler(call)
    except Exception as fault:
        return refused(fault, call.now)
    return finished(result if isinstance(result, Reply) else Reply(200, result))


def refused(fault: Exception, now: datetime) -> Answer:
    """The answer that tells a fault."""
    return finished(problem(fault, now))


def finished(reply: Reply) -> Answer:
    """A reply as bytes."""
    if reply.stream is not None:
        return Answer(reply.status, b"", reply.content_type, dict(reply.headers), reply.stream)
    if reply.body is None:
        return Answer(reply.status, b"", "", dict(reply.headers))
    if isinstance(reply.body, bytes):
        return Answer(reply.status, reply.body, reply.content_type, dict(reply.headers))
    return Answer(reply.status, msgspec.json.encode(reply.body), JSON, dict(reply.headers))
