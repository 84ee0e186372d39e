"""`/v1/sources`: every place that publishes tracking, and how it is on this machine."""

from __future__ import annotations

from parcelparsers.registry import all_sources
from parcelparsers.registry import source as by_id
from parcelwarden.api.asked import maybe_instant
from parcelwarden.api.present import stamp
from parcelwarden.api.present_parcel import source
from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import CheckedInput, SourceList, SourceShape
from parcelwarden.services.politeness import Attempt
from parcelwarden.services.records import SourceHealth

TELLING = ("found", "not_found", "unreadable")
"""Outcomes of a source that answers; all others keep it from being asked for a while."""


async def listed(call: Call) -> SourceList:
    """Every source; `never_tried` until it was asked here."""
    health = {h.source: h for h in await call.warden.sources()}
    found = tuple(source(s, health.get(s.id, SourceHealth(source=s.id))) for s in all_sources())
    return SourceList(now=stamp(call.now), sources=found)


async def checked(call: Call) -> SourceShape:
    """The owner asked it by hand: nobody asks again too soon."""
    given: CheckedInput = call.body
    attempt = Attempt(
        given.outcome, stops=given.outcome not in TELLING, retry_at=maybe_instant(given.retry_at, "retry_at")
    )
    health = await call.warden.source_checked(call.path["id"], attempt, call.now)
    return source(by_id(health.source), health)


ROUTES = (
    Route("GET", "/v1/sources", Access.READ, listed, "Sources and their health", {200: SourceList}),
    Route(
        "POST",
        "/v1/sources/{id}/checked",
        Access.ADMIN,
        checked,
        "A source was asked by hand",
        {200: SourceShape},
        CheckedInput,
    ),
)
