"""Routes as data: one declaration serves the HTTP adapter, the OpenAPI document, and commands without a daemon.

A handler is a plain coroutine of a `Call`; it answers with a shape (200), a `Reply`, or raises a `ServiceError`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from parcelwarden.services.access import Identity
from parcelwarden.services.warden import Warden

if TYPE_CHECKING:
    from parcelwarden.api.context import Context

__all__ = ["LARGE", "SMALL", "Access", "Call", "Event", "Handler", "Identity", "Param", "Reply", "Route", "Stream"]


class Access(StrEnum):
    """The four route classes (`SECURITY.md` §4), scopes spelled out."""

    OPEN = "open"
    KEYED = "keyed"
    READ = "read"
    WRITE = "write"
    RELAY = "relay"
    ADMIN = "admin"


SMALL = 64 * 1024
LARGE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One request as a handler sees it: path and query already decoded and converted (a repeated parameter is a
    tuple), the body already a checked shape. `identity` is None on open routes."""

    context: Context
    now: datetime
    identity: Identity | None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    origin: str | None = None
    resume: str | None = None
    """`Last-Event-ID`: the last event that a reader of a stream got before."""

    @property
    def warden(self) -> Warden:
        """The verbs."""
        return self.context.warden


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `place` is where a reader that comes back goes on."""

    name: str
    data: msgspec.Struct
    place: str


@dataclass(frozen=True, slots=True)
class Stream:
    """Events as they come. Whoever takes it calls `close`, also when no event was asked for."""

    events: AsyncIterator[Event]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not simply 200 with a shape. `body`: a shape, or bytes with a `content_type` of their own;
    `stream` instead of both."""

    status: int
    body: msgspec.Struct | bytes | None = None
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Stream | None = None


Handler = Callable[[Call], Awaitable[msgspec.Struct | Reply]]


@dataclass(frozen=True, slots=True)
class Param:
    """One query parameter, for reading and for the document. `type` is any type that msgspec converts from text."""

    name: str
    type: Any
    text: str
    repeated: bool = False
    default: Any = None


@dataclass(frozen=True)
class Route:
    """One route. `path` has `{names}`; `returns` maps a status to a shape (None: no body or not JSON); `body` is the
    shape of what it takes (None: nothing, or an empty object); `limit` is the most bytes of it; `gives` is the media
    type of an answer that is no refusal."""

    method: str
    path: str
    access: Access
    handler: Handler
    summary: str
    returns: Mapping[int, type | None]
    body: type | None = None
    limit: int = SMALL
    params: tuple[Param, ...] = ()
    gives: str = "application/json"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"(\{\w+\})", self.path)
        return re.compile("".join(f"(?P<{p[1:-1]}>[^/]+)" if p[:1] == "{" else re.escape(p) for p in parts))

    def fits(self, path: str) -> dict[str, str] | None:
        """The path's values, still percent-encoded, when this route stands at it, else None."""
        found = self._pattern.fullmatch(path)
        return found.groupdict() if found else None
