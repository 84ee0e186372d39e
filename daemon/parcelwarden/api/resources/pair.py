"""`/v1/pairing` (the owner opens a window) and `/v1/pair` (a client types its code)."""

from __future__ import annotations

from parcelwarden.api.context import API
from parcelwarden.api.present import stamp
from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.api.shapes import Paired, PairingInput, PairingShape, PairInput
from parcelwarden.domain.moment import iso


async def open_window(call: Call) -> Reply:
    """Open a window; a window that was open before is closed by it. The code is told here only."""
    asked: PairingInput = call.body
    code, ends = call.context.access.pairing.open(call.now, asked.scopes)
    state = call.context.access.pairing.state(call.now)
    return Reply(201, PairingShape(open=True, code=code, expires_at=stamp(ends), tries_left=state.tries_left))


async def show_window(call: Call) -> PairingShape:
    """Whether the window is still open, and who was paired in it."""
    state = call.context.access.pairing.state(call.now)
    return PairingShape(
        open=state.open, expires_at=iso(state.expires_at), tries_left=state.tries_left, client=state.client
    )


async def close_window(call: Call) -> Reply:
    """Close the window; its code is void."""
    call.context.access.pairing.close()
    return Reply(204)


async def pair(call: Call) -> Reply:
    """Trade the code for a token, bound to the Origin that asks."""
    asked: PairInput = call.body
    token, client = await call.context.access.pair(asked.code, asked.name, call.origin, call.now)
    return Reply(201, Paired(token=token, client=client.id, scopes=client.scopes, api=API))


ROUTES = (
    Route("POST", "/v1/pair", Access.OPEN, pair, "Pair a client by the code", {201: Paired}, body=PairInput),
    Route("POST", "/v1/pairing", Access.ADMIN, open_window, "Open a pairing window", {201: PairingShape}, PairingInput),
    Route("GET", "/v1/pairing", Access.ADMIN, show_window, "The pairing window", {200: PairingShape}),
    Route("DELETE", "/v1/pairing", Access.ADMIN, close_window, "Close the pairing window", {204: None}),
)
