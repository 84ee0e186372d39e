"""`/v1/alerts`: the outbox, and what a channel or the buyer says about it."""

from __future__ import annotations

from typing import Literal

from parcelwarden.api import present
from parcelwarden.api.asked import LANG, ORDER, PAGE, Word, instant, language, ref
from parcelwarden.api.routing import Access, Call, Param, Reply, Route
from parcelwarden.api.shapes import AlertList, AlertShape, DeliveredInput, SnoozeInput
from parcelwarden.services.errors import NotFound
from parcelwarden.services.ports import AlertQuery
from parcelwarden.services.records import AlertRecord

State = Literal["due", "pending", "delivered", "acknowledged", "withdrawn", "expired", "folded"]
FILTERS = (
    *PAGE,
    LANG,
    ORDER,
    Param("state", State, "`due`: to be told by `channel` now"),
    Param("channel", Word, "the channel that asks, e.g. `browser`"),
)


async def listed(call: Call) -> AlertList:
    """A page of alerts, oldest due first."""
    asked = call.query
    query = AlertQuery(
        now=call.now,
        limit=asked["limit"],
        cursor=asked["cursor"],
        state=asked["state"],
        channel=asked["channel"],
        order=ref(asked["order"]) if asked["order"] else None,
    )
    found, following = await call.warden.alerts(query)
    spoken = await language(call)
    alerts = tuple(present.alert(a, call.context.wording, spoken) for a in found)
    return AlertList(now=present.stamp(call.now), alerts=alerts, next=following)


async def trial(call: Call) -> Reply:
    """An alert that only a browser is given, to prove that its notes reach you; good for five minutes."""
    return Reply(201, await _shown(call, await call.warden.try_browser(call.now)))


async def delivered(call: Call) -> AlertShape:
    """A channel showed it."""
    asked: DeliveredInput = call.body
    return await _shown(call, await call.warden.alert_delivered(_id(call), asked.channel, call.now))


async def acknowledge(call: Call) -> AlertShape:
    """The buyer has seen it; it is not repeated."""
    return await _shown(call, await call.warden.acknowledge(_id(call), call.now))


async def snooze(call: Call) -> AlertShape:
    """The buyer wants it again later."""
    asked: SnoozeInput = call.body
    return await _shown(call, await call.warden.snooze(_id(call), instant(asked.until, "until"), call.now))


def _id(call: Call) -> int:
    text = call.path["id"]
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise NotFound(f"there is no alert {text[:40]!r}")
    return int(text)


async def _shown(call: Call, alert: AlertRecord) -> AlertShape:
    return present.alert(alert, call.context.wording, await language(call))


ONE = "/v1/alerts/{id}"
ROUTES = (
    Route("GET", "/v1/alerts", Access.READ, listed, "Alerts, oldest due first", {200: AlertList}, params=FILTERS),
    Route("POST", "/v1/alerts/test", Access.ADMIN, trial, "Prove that a browser shows alerts", {201: AlertShape}),
    Route(
        "POST", f"{ONE}/delivered", Access.WRITE, delivered, "A channel showed it", {200: AlertShape}, DeliveredInput
    ),
    Route("POST", f"{ONE}/ack", Access.WRITE, acknowledge, "The buyer has seen it", {200: AlertShape}),
    Route("POST", f"{ONE}/snooze", Access.WRITE, snooze, "Show it again later", {200: AlertShape}, SnoozeInput),
)
