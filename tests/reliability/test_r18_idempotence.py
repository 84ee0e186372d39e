"""R18: the same answer twice, lines out of order or doubled: nothing new, no alert, the same timeline."""

from __future__ import annotations

from itertools import permutations

from parcelparsers.model import Leg, State
from support.outbox import rows
from support.scripted import NUMBER, House, day, event

LINES = (
    event(2, "PU", leg=Leg.ACCEPTED),
    event(5, "LH_DEPART", leg=Leg(3)),
    event(9, "CC_EX", State.IN_TRANSIT, Leg(4)),
)


async def timeline(house: House) -> list[tuple[object, ...]]:
    """The parcel's history as it is kept."""
    parcel = await house.warden.parcel(NUMBER)
    return [(line.at, line.code, line.leg) for line in parcel.events]


async def test_r18_the_same_answer_again_brings_nothing(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(*LINES)
    await house.tick(day(10))
    before, events, sent = await rows(house), await timeline(house), len(house.desktop.sent)
    parcel = await house.warden.parcel(NUMBER)
    for hours in (21, 42, 63):
        await house.tick(day(10 + hours / 24))
    assert len(house.fetcher.asked) >= 3
    assert await timeline(house) == events
    assert await rows(house) == before
    assert len(house.desktop.sent) == sent
    assert (await house.warden.parcel(NUMBER)).moved_at == parcel.moved_at


async def test_r18_lines_out_of_order_and_doubled_give_the_same_timeline(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(*LINES)
    await house.tick(day(10))
    events, before, sent = await timeline(house), await rows(house), len(house.desktop.sent)
    assert len(events) == len(LINES)
    for turn, order in enumerate(permutations(LINES)):
        house.fetcher.tell(*order, *order[:2])
        await house.tick(day(10 + (turn + 1) * 0.3))
        assert await timeline(house) == events
    assert await rows(house) == before
    assert len(house.desktop.sent) == sent
