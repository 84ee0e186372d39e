"""`/v1/openapi.json`: this API, described from the same table and shapes."""

from __future__ import annotations

from functools import cache

import msgspec

from parcelwarden.api.openapi import document
from parcelwarden.api.routing import Access, Call, Reply, Route


async def openapi(call: Call) -> Reply:
    """The document."""
    return Reply(200, _written())


@cache
def _written() -> bytes:
    from parcelwarden.api.routes import TABLE

    return msgspec.json.encode(document(TABLE.routes))


ROUTES = (Route("GET", "/v1/openapi.json", Access.READ, openapi, "This document", {200: None}),)
