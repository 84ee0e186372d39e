"""`/v1/codes` (the owner gets a one-time code) and `/v1/session` (the dashboard's page trades it for a token)."""

from __future__ import annotations

from parcelwarden.api.context import API
from parcelwarden.api.present import stamp
from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.api.shapes import CodeShape, SessionInput, SessionShape
from parcelwarden.services.access import SESSION_SCOPES
from parcelwarden.services.errors import Refused


async def make_code(call: Call) -> Reply:
    """A code for the dashboard's address, good once and for 30 seconds."""
    code, ends = call.context.access.sessions.issue(call.now)
    return Reply(201, CodeShape(code=code, expires_at=stamp(ends)))


async def start(call: Call) -> Reply:
    """Trade the code for a token that is bound to the page's own Origin."""
    own, asked = call.context.own, call.body.code
    if call.origin is not None and call.origin not in own.origins:
        raise Refused("only the dashboard's own page starts a session")
    started = call.context.access.sessions.redeem(asked, call.origin or own.page, call.now)
    if started is None:
        call.context.access.wrong.count(call.now)
        raise Refused("this code is wrong, used or too old: run `parcelwarden open` again", field="code")
    token, ends = started
    return Reply(201, SessionShape(token=token, expires_at=stamp(ends), scopes=SESSION_SCOPES, api=API))


ROUTES = (
    Route("POST", "/v1/session", Access.OPEN, start, "Start a dashboard session", {201: SessionShape}, SessionInput),
    Route("POST", "/v1/codes", Access.ADMIN, make_code, "A one-time code for the dashboard", {201: CodeShape}),
)
