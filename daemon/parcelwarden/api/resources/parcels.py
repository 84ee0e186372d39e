"""`/v1/parcels`: numbers that are watched."""

from __future__ import annotations

import msgspec

from parcelwarden.api.asked import PAGE, ref
from parcelwarden.api.present import stamp
from parcelwarden.api.present_parcel import parcel
from parcelwarden.api.present_way import way
from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.api.shapes import NextLook, ParcelInput, ParcelList, ParcelShape
from parcelwarden.services.records import ParcelRecord


async def listed(call: Call) -> ParcelList:
    """A page of parcels."""
    found, following = await call.warden.parcels(call.query["limit"], call.query["cursor"])
    return ParcelList(now=stamp(call.now), parcels=await _shown(call, *found), next=following)


async def add(call: Call) -> Reply:
    """Watch a number."""
    asked: ParcelInput = call.body
    orders = [ref(text) for text in asked.orders]
    return Reply(201, (await _shown(call, await call.warden.add_parcel(asked.number, orders, call.now)))[0])


async def show(call: Call) -> ParcelShape:
    """One parcel by any of its numbers."""
    return (await _shown(call, await call.warden.parcel(call.path["number"])))[0]


async def refresh(call: Call) -> Reply:
    """Look as soon as the source's floor allows."""
    return Reply(202, NextLook(next_look_at=stamp(await call.warden.refresh(call.path["number"], call.now))))


async def forget(call: Call) -> Reply:
    """Watch it no more."""
    await call.warden.forget_parcel(call.path["number"], call.now)
    return Reply(204)


async def _shown(call: Call, *found: ParcelRecord) -> tuple[ParcelShape, ...]:
    ways = await call.warden.ways(found)
    return tuple(msgspec.structs.replace(parcel(p), ways=tuple(map(way, ways[p.id]))) for p in found)


ONE = "/v1/parcels/{number}"
ROUTES = (
    Route("GET", "/v1/parcels", Access.READ, listed, "Parcels", {200: ParcelList}, params=PAGE),
    Route("POST", "/v1/parcels", Access.WRITE, add, "Watch a number", {201: ParcelShape}, ParcelInput),
    Route("GET", ONE, Access.READ, show, "One parcel", {200: ParcelShape}),
    Route("DELETE", ONE, Access.WRITE, forget, "Forget a parcel", {204: None}),
    Route("POST", f"{ONE}/refresh", Access.WRITE, refresh, "Look as soon as the source allows", {202: NextLook}),
)
