"""`/v1/health`: that it is us, for everybody; `/v1/status`: how we are, for the owner."""

from __future__ import annotations

from parcelwarden.api.context import API, NAME
from parcelwarden.api.present import plain, stamp
from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import Health, StatusShape


async def health(call: Call) -> Health:
    """Name and API version, nothing else."""
    return Health(name=NAME, api=API)


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
    Route("GET", "/v1/health", Access.OPEN, health, "Name and API version", {200: Health}),
    Route("GET", "/v1/status", Access.ADMIN, status, "How the daemon is", {200: StatusShape}),
)
