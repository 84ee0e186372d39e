"""Routes as data: one declaration serves the HTTP adapter, the OpenAPI document, and commands without a daemon.

A handler is a plain coroutine of a `Call`; it answers with a shape (200), a `Reply`, or raises a `ServiceError`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from parcelwarden.services.warden import Warden


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
class Identity:
    """Who calls: a client's id, its scopes, the Origin that it is bound to."""

    client: str
    scopes: frozenset[str]
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request as a handler sees it: path and query already decoded, the body already a checked shape."""

    warden: Warden
    now: datetime
    identity: Identity | None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: Any = None
    origin: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not simply 200 with a shape. `body`: a shape, or bytes with a `content_type` of their own."""

    status: int
    body: msgspec.Struct | bytes | None = None
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[msgspec.Struct | Reply]]


@dataclass(frozen=True, slots=True)
class Param:
    """One query parameter, for reading and for the document."""

    name: str
    type: type
    text: str
    repeated: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Route:
    """One route. `path` has `{names}`; `returns` maps a status to a shape (None: no body or not JSON)."""

    method: str
    path: str
    access: Access
    handler: Handler
    summary: str
    returns: Mapping[int, type | None]
    body: type | None = None
    limit: int = SMALL
    params: tuple[Param, ...] = ()

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The path's values when this route answers it, else None. Segments never hold a slash."""
        if method != self.method:
            return None
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None
