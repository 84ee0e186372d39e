"""`/v1/backups`: a verified copy of the database, in the data directory; no path goes over the wire."""

from __future__ import annotations

from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.api.shapes import BackupShape
from parcelwarden.services.errors import Unavailable


async def make(call: Call) -> Reply:
    """Copy what is committed so far and read the copy back."""
    if call.context.back_up is None:
        raise Unavailable("no copies are made here: this server has no data directory of its own")
    return Reply(201, BackupShape(**await call.context.back_up(call.now)))


ROUTES = (Route("POST", "/v1/backups", Access.ADMIN, make, "A verified copy of the database", {201: BackupShape}),)
