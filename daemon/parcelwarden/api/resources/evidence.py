"""`/v1/orders/{…}/evidence`: the evidence pack of one order as a zip."""

from __future__ import annotations

import asyncio

from parcelwarden.api.asked import path_ref
from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.services.errors import Unavailable
from parcelwarden.services.evidence import archive_name, packed_evidence

ZIP = "application/zip"


async def evidence(call: Call) -> Reply:
    """Pictures and a statement that fit the shop's form, and what the carriers said when."""
    if call.context.paint is None:
        raise Unavailable("no pictures are made here: this server has nothing that draws them")
    found = await call.warden.evidence(path_ref(call), call.now)
    data = await asyncio.to_thread(packed_evidence, found, call.context.paint)
    name = archive_name(found.ref)
    return Reply(200, data, content_type=ZIP, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = (
    Route(
        "GET",
        "/v1/orders/{marketplace}/{id}/evidence",
        Access.READ,
        evidence,
        "The evidence pack of one order",
        {200: None},
        gives=ZIP,
    ),
)
