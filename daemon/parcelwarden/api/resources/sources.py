"""`/v1/sources`: every place that publishes tracking, and how it is on this machine."""

from __future__ import annotations

from parcelparsers.registry import all_sources
from parcelwarden.api.present import stamp
from parcelwarden.api.present_parcel import source
from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import SourceList
from parcelwarden.services.records import SourceHealth


async def listed(call: Call) -> SourceList:
    """Every source; `never_tried` until it was asked here."""
    health = {h.source: h for h in await call.warden.sources()}
    found = tuple(source(s, health.get(s.id, SourceHealth(source=s.id))) for s in all_sources())
    return SourceList(now=stamp(call.now), sources=found)


ROUTES = (Route("GET", "/v1/sources", Access.READ, listed, "Sources and their health", {200: SourceList}),)
