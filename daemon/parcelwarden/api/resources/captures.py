"""`/v1/captures`: what the user's own browser, file or clipboard showed, raw."""

from __future__ import annotations

import msgspec

from parcelparsers.page import Capture
from parcelwarden.api.asked import maybe_instant
from parcelwarden.api.routing import LARGE, Access, Call, Route
from parcelwarden.api.shapes import Captured, CaptureInput


async def take(call: Call) -> Captured:
    """Read it and take it in; the same body twice gives the same `capture`."""
    asked: CaptureInput = call.body
    capture = Capture(
        url=asked.url,
        kind=asked.kind,
        form=asked.form,
        body=asked.body,
        seen_at=maybe_instant(asked.seen_at, "seen_at"),
        zone=asked.zone,
        locale=asked.locale,
        api=asked.api,
    )
    taken = await call.warden.take_capture(capture, asked.account, call.now)
    return msgspec.convert({"capture": taken.id, **taken.result}, Captured)


ROUTES = (
    Route(
        "POST",
        "/v1/captures",
        Access.WRITE,
        take,
        "Take in what a page, file or clipboard showed",
        {200: Captured},
        CaptureInput,
        LARGE,
    ),
)
