"""`/v1/relay`: pages that the extension fetches for the daemon. Off until the setting `relay` is switched on."""

from __future__ import annotations

from parcelwarden.api.present import stamp
from parcelwarden.api.routing import LARGE, Access, Call, Reply, Route
from parcelwarden.api.shapes import RelayInput, RelayWanted
from parcelwarden.services.errors import Invalid
from parcelwarden.services.relay import ACCEPT, MOST_BYTES, Fetched


async def following(call: Call) -> Reply:
    """The next page to fetch; 204 where there is none."""
    wanted = await call.warden.relay_next(call.now)
    if wanted is None:
        return Reply(204)
    shape = RelayWanted(
        id=wanted.id,
        source=wanted.source.id,
        url=wanted.url,
        accept=ACCEPT,
        max_bytes=MOST_BYTES,
        expires_at=stamp(wanted.expires_at),
    )
    return Reply(200, shape)


async def take(call: Call) -> Reply:
    """Take in what was fetched, or why it was not."""
    given: RelayInput = call.body
    if given.failed is None and given.status is None:
        raise Invalid("status: expected the HTTP status, or `failed`", field="status")
    headers = {"content-type": given.headers.content_type, "retry-after": given.headers.retry_after}
    fetched = Fetched(
        status=given.status or 0,
        url=given.url,
        headers={name: value for name, value in headers.items() if value},
        body=given.body,
        failed=given.failed,
    )
    await call.warden.relay_take(call.path["id"], fetched, call.now)
    return Reply(204)


ROUTES = (
    Route("GET", "/v1/relay/next", Access.RELAY, following, "The next page to fetch", {200: RelayWanted, 204: None}),
    Route("POST", "/v1/relay/{id}", Access.RELAY, take, "Take in a fetched page", {204: None}, RelayInput, LARGE),
)
