"""`/v1/orders/{…}/timeline.svg`: the life of one order as a picture."""

from __future__ import annotations

from typing import Annotated

import msgspec

from parcelwarden.api.asked import path_ref
from parcelwarden.api.routing import Access, Call, Param, Reply, Route
from parcelwarden.domain.timeline import NARROWEST, WIDEST, render

SVG = "image/svg+xml"
Width = Annotated[int, msgspec.Meta(ge=NARROWEST, le=WIDEST)]


async def timeline(call: Call) -> Reply:
    """The picture as SVG, so wide as asked for and as high as it needs; for dark screens too."""
    line = await call.warden.timeline(path_ref(call), call.now)
    return Reply(200, render(line, call.query["width"]).encode(), content_type=SVG)


ROUTES = (
    Route(
        "GET",
        "/v1/orders/{marketplace}/{id}/timeline.svg",
        Access.READ,
        timeline,
        "The life of one order as a picture",
        {200: None},
        params=(Param("width", Width, "how wide it is, in pixels", default=360),),
        gives=SVG,
    ),
)
