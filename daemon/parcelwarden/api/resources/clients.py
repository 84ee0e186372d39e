"""`/v1/clients`: paired clients and tokens for scripts; made, listed, revoked by the owner."""

from __future__ import annotations

from parcelwarden.api.context import API
from parcelwarden.api.present import stamp
from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.api.shapes import ClientInput, ClientList, ClientShape, Paired
from parcelwarden.domain.moment import iso
from parcelwarden.services.records import ClientRecord


async def listed(call: Call) -> ClientList:
    """All clients, oldest first; never a token."""
    return ClientList(clients=tuple(_shape(c) for c in call.context.access.clients))


async def create(call: Call) -> Reply:
    """A token for a script; it is told here only and is accepted without Origin only."""
    asked: ClientInput = call.body
    token, client = await call.context.access.create(asked.name, asked.scopes, None, call.now)
    return Reply(201, Paired(token=token, client=client.id, scopes=client.scopes, api=API))


async def revoke(call: Call) -> Reply:
    """Revoke a client; its next call is a stranger's."""
    await call.context.access.revoke(call.path["id"])
    return Reply(204)


def _shape(client: ClientRecord) -> ClientShape:
    return ClientShape(
        id=client.id,
        name=client.name,
        scopes=client.scopes,
        origin=client.origin,
        created_at=stamp(client.created_at),
        last_used_at=iso(client.last_used_at),
        flagged_at=iso(client.flagged_at),
    )


ROUTES = (
    Route("GET", "/v1/clients", Access.ADMIN, listed, "Paired clients and script tokens", {200: ClientList}),
    Route("POST", "/v1/clients", Access.ADMIN, create, "Make a token for a script", {201: Paired}, ClientInput),
    Route("DELETE", "/v1/clients/{id}", Access.ADMIN, revoke, "Revoke a client", {204: None}),
)
