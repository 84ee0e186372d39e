"""`/v1/metrics`: figures for Prometheus."""

from __future__ import annotations

from parcelwarden import __version__
from parcelwarden.api.routing import Access, Call, Reply, Route


async def metrics(call: Call) -> Reply:
    """How many orders, alerts and sources there are in which state, in the text format of Prometheus. No label names an
    order, a number or a client."""
    from parcelwarden.api.metrics import CONTENT_TYPE, exposed

    tally = await call.warden.tally()
    return Reply(200, exposed(tally, __version__, len(call.context.access.clients)), CONTENT_TYPE)


ROUTES = (Route("GET", "/v1/metrics", Access.READ, metrics, "Figures for Prometheus", {200: None}, gives="text/plain"),)
