"""Two months of six orders: the clock jumps from one instant of interest to the next, the telling goes along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge

from parcelwarden.demo.page import order_list
from parcelwarden.demo.stories import DAYS, START, STORIES, Act, Story, day
from parcelwarden.demo.telling import Teller
from parcelwarden.demo.world import CARRIER, World, world
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import OrderQuery

SHOP = "aliexpress"
END = day(DAYS)
STEP = timedelta(hours=12)
"""The longest jump, so that the bar moves evenly."""


async def tell(seconds: float, teller: Teller) -> None:
    """Live through the story in about `seconds` of real time (0: as fast as it goes)."""
    async with world(teller.note) as place:
        await _begin(place)
        acts = list(_acts())
        while place.clock.now < END:
            started = asyncio.get_running_loop().time()
            now = place.clock.now
            while acts and acts[0][0] <= now:
                await _act(place, teller, *acts.pop(0))
            following = await place.warden.tick(now)
            await place.warden.settled()
            await _compare(place, teller)
            target = min(at for at in (following, now + STEP, acts[0][0] if acts else END, END) if at)
            place.clock.now = max(target, now + timedelta(seconds=1))
            teller.time(place.clock.now)
            await _pace(seconds, place.clock.now - now, started)
        records, _ = await place.warden.orders(OrderQuery(limit=len(STORIES)))
        teller.end(records, place.warden.wording, place.street.asked)


async def _begin(place: World) -> None:
    for story in STORIES:
        if story.facts:
            facts = {"marketplace": SHOP, "order_id": story.order_id, "title": _name(story), **story.facts}
            await place.warden.add_order(facts, [story.number] if story.number else [], START)


def _name(story: Story) -> str:
    return story.title.partition(":")[0]


def _acts() -> Iterator[tuple[datetime, Story, Act]]:
    lists = [[(day(act.day), story, act) for act in story.acts] for story in STORIES]
    seen = Act(1.5, "The buyer looks at her order list; one card has no dates but that of the order.", {})
    return merge(*lists, [(day(seen.day), STORIES[-1], seen)], key=lambda item: item[0])


async def _act(place: World, teller: Teller, at: datetime, story: Story, act: Act) -> None:
    teller.act(at, _name(story), act.text)
    if act.facts:
        await place.warden.change_order(OrderRef(SHOP, story.order_id), act.facts, at)
    else:
        await place.warden.take_capture(order_list(), None, at)


async def _compare(place: World, teller: Teller) -> None:
    """Tell what became different: verdicts, and how the carrier answers."""
    records, _ = await place.warden.orders(OrderQuery(limit=len(STORIES)))
    for record in records:
        verdict = record.assessment.verdict if record.assessment else None
        teller.verdict(record.title or record.ref.order_id, verdict)
    parcels, _ = await place.warden.parcels(len(STORIES), None)
    for parcel in parcels:
        teller.numbers(parcel.numbers)
    for health in await place.warden.sources():
        if health.source == CARRIER:
            teller.carrier(health.last_outcome or "", health.failing_since)


async def _pace(seconds: float, passed: timedelta, started: float) -> None:
    share = seconds * passed / (END - START)
    spent = asyncio.get_running_loop().time() - started
    if share > spent:
        await asyncio.sleep(share - spent)
