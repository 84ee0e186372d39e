"""`/v1/calendar…`: the dates as a calendar; with a key in the path for calendar programs, which can send no token."""

from __future__ import annotations

from parcelwarden.api.asked import LANG, language
from parcelwarden.api.routing import Access, Call, Reply, Route

ICS = "text/calendar"


async def feed(call: Call) -> Reply:
    """What to do by when, one event each, with alarms (RFC 5545). The key is made by `parcelwarden token create NAME
    --scope calendar` and revoked like a token; a wrong one is answered like a path that does not exist."""
    return await dates(call)


async def dates(call: Call) -> Reply:
    """The same calendar for those who can send a token."""
    from parcelwarden.api.ics import calendar

    spoken = await language(call)
    body = calendar(await call.warden.upcoming(call.now), call.context.wording, spoken)
    return Reply(200, body, f"{ICS}; charset=utf-8")


ROUTES = (
    Route(
        "GET", "/v1/calendar/{key}.ics", Access.KEYED, feed, "The dates, for calendar programs", {200: None}, gives=ICS
    ),
    Route("GET", "/v1/calendar", Access.READ, dates, "The dates as a calendar", {200: None}, params=(LANG,), gives=ICS),
)
