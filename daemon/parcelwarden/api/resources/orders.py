"""`/v1/orders`: orders by hand and as they were read."""

from __future__ import annotations

from typing import Any

import msgspec

from parcelwarden.api import present
from parcelwarden.api.asked import LANG, PAGE, Word, language, maybe_instant, path_ref
from parcelwarden.api.routing import Access, Call, Param, Reply, Route
from parcelwarden.api.shapes import (
    Instant,
    Marketplace,
    OrderInput,
    OrderLine,
    OrderList,
    OrderName,
    OrderPatch,
    OrderShape,
)
from parcelwarden.domain.model import Severity
from parcelwarden.services.ports import OrderQuery
from parcelwarden.services.records import OrderRecord

FILTERS = (
    *PAGE,
    LANG,
    Param("urgency", Severity, "only orders whose advice has this severity"),
    Param("state", Word, "only orders whose advice has this state"),
    Param("marketplace", Marketplace, "only orders of this marketplace"),
    Param("due_before", Instant, "only orders to be acted on before this instant"),
    Param("without_dates", bool, "only orders whose dates are not known", default=False),
)


async def listed(call: Call) -> OrderList:
    """A page of orders, the most pressing first."""
    asked = call.query
    query = OrderQuery(
        limit=asked["limit"],
        cursor=asked["cursor"],
        urgency=asked["urgency"],
        state=asked["state"],
        marketplace=asked["marketplace"].casefold() if asked["marketplace"] else None,
        due_before=maybe_instant(asked["due_before"], "due_before"),
        without_dates=asked["without_dates"],
    )
    found, following = await call.warden.orders(query)
    spoken = await language(call)
    lines: tuple[OrderLine, ...] = tuple(present.order_line(o, call.context.wording, spoken) for o in found)
    return OrderList(now=present.stamp(call.now), orders=lines, next=following)


async def add(call: Call) -> Reply:
    """Take an order by hand."""
    asked: OrderInput = call.body
    facts = {k: v for k, v in flat(asked).items() if v is not None and k != "numbers"}
    return Reply(201, await _shown(call, await call.warden.add_order(facts, asked.numbers, call.now)))


async def show(call: Call) -> OrderShape:
    """One order with everything that follows from it."""
    return await _shown(call, await call.warden.order(path_ref(call)))


async def change(call: Call) -> OrderShape:
    """Set facts by the user's word."""
    return await _shown(call, await call.warden.change_order(path_ref(call), flat(call.body), call.now))


async def forget(call: Call) -> Reply:
    """Drop the order, its alerts, and parcels that no other order has."""
    await call.warden.forget_order(path_ref(call), call.now)
    return Reply(204)


async def resolve(call: Call) -> OrderName:
    """The order that a short name means."""
    return present.name(await call.warden.resolve(call.query["name"] or ""))


def flat(asked: msgspec.Struct) -> dict[str, Any]:
    """What was given, by dotted name; absent fields are left out, null stays."""
    given: dict[str, Any] = {}
    for field in asked.__struct_fields__:
        value = getattr(asked, field)
        if isinstance(value, msgspec.Struct):
            given |= {f"{field}.{key}": inner for key, inner in flat(value).items()}
        elif value is not msgspec.UNSET:
            given[field] = value
    return given


async def _shown(call: Call, order: OrderRecord) -> OrderShape:
    changes = await call.warden.changes(order.ref)
    return present.order(order, changes, call.context.wording, await language(call))


ONE = "/v1/orders/{marketplace}/{id}"
ROUTES = (
    Route(
        "GET", "/v1/orders", Access.READ, listed, "Orders, the most pressing first", {200: OrderList}, params=FILTERS
    ),
    Route("POST", "/v1/orders", Access.WRITE, add, "Add an order by hand", {201: OrderShape}, OrderInput),
    Route("GET", ONE, Access.READ, show, "One order", {200: OrderShape}, params=(LANG,)),
    Route("PATCH", ONE, Access.WRITE, change, "Set facts of an order", {200: OrderShape}, OrderPatch),
    Route("DELETE", ONE, Access.WRITE, forget, "Forget an order", {204: None}),
    Route(
        "GET",
        "/v1/resolve",
        Access.READ,
        resolve,
        "The order that an id or `marketplace/id` means",
        {200: OrderName},
        params=(Param("name", str, "an order's id where unique, or `marketplace/id`"),),
    ),
)
