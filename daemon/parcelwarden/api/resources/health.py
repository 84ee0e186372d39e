"""`/v1/health`: that it is us, for everybody; `/v1/status`: how we are, for the owner."""

from __future__ import annotations

from typing import Annotated

import msgspec

from parcelwarden.api.context import API, NAME
from parcelwarden.api.present import plain, stamp
from parcelwarden.api.routing import Access, Call, Param, Route
from parcelwarden.api.shapes import Health, StatusShape
from parcelwarden.services.errors import Invalid

Nonce = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,128}$(?!\n)")]
ClientId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}$(?!\n)")]
PROOF = (
    Param("nonce", Nonce, "16 to 128 random characters, new each time"),
    Param("client", ClientId, "the client's id, as it was given with the token"),
)


async def health(call: Call) -> Health:
    """Name and API version, nothing else. With `nonce` and `client`, a proof that the answer comes from the daemon
    which gave that client its token: HMAC-SHA-256 (hex) of `nonce:port`, its key the SHA-256 (32 bytes) of the token."""
    nonce, client = call.query["nonce"], call.query["client"]
    if nonce is None and client is None:
        return Health(name=NAME, api=API)
    if nonce is None or client is None:
        field = "nonce" if nonce is None else "client"
        raise Invalid(f"{field}: a proof takes both `nonce` and `client`", field=field)
    return Health(name=NAME, api=API, proof=call.context.access.proof(client, nonce, call.context.own.port))


async def status(call: Call) -> StatusShape:
    """What the services say of themselves, and who is let in."""
    clients = call.context.access.clients
    return StatusShape(
        now=stamp(call.now),
        health=plain(await call.warden.health(call.now)),
        clients=len(clients),
        flagged=tuple(c.id for c in clients if c.flagged_at),
    )


ROUTES = (
    Route("GET", "/v1/health", Access.OPEN, health, "Name and API version", {200: Health}, params=PROOF),
    Route("GET", "/v1/status", Access.ADMIN, status, "How the daemon is", {200: StatusShape}),
)
