"""The relay: what the extension is asked to fetch, and what it got."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from parcelwarden.api.shapes.base import Input, Instant, Shape

Header = Annotated[str, msgspec.Meta(max_length=200)] | None


class RelayWanted(Shape, frozen=True, kw_only=True):
    """A page to be fetched by a plain GET until `expires_at`, at most `max_bytes` of it."""

    id: str
    source: str
    url: str
    accept: str
    max_bytes: int
    expires_at: Instant


class RelayHeaders(Input, frozen=True, kw_only=True, rename="kebab"):
    """The two headers that count."""

    content_type: Header = None
    retry_after: Header = None


class RelayInput(Input, frozen=True, kw_only=True):
    """What came back, or why nothing did: `failed` alone, else the others."""

    failed: Literal["network", "permission", "redirect", "too_large"] | None = None
    status: Annotated[int, msgspec.Meta(ge=100, le=599)] | None = None
    url: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    headers: RelayHeaders = RelayHeaders()
    body: str = ""
