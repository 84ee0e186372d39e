"""`/v1/dates`: which orders the buyer should open once, so that their dates can be read."""

from __future__ import annotations

from parcelwarden.api.present import stamp
from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import DatesShape, OpenableShape
from parcelwarden.domain.moment import iso


async def show(call: Call) -> DatesShape:
    """The counts, and the orders to open."""
    known = await call.warden.dates(call.now)
    return DatesShape(
        now=stamp(call.now),
        total=known.total,
        without_dates=known.without,
        open=tuple(
            OpenableShape(
                marketplace=each.ref.marketplace, order_id=each.ref.order_id, why=each.why, act_by=iso(each.act_by)
            )
            for each in known.open
        ),
    )


ROUTES = (Route("GET", "/v1/dates", Access.READ, show, "Orders to open once for their dates", {200: DatesShape}),)
