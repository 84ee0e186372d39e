"""The chain of sources of one parcel: who is asked for what, who yields to whom, and the second leg at the post that
delivers. All sources are made up under the ids of real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parcelparsers import Access, Asked, Body, Request
from parcelparsers.model import Leg, State
from parcelwarden.services.ports import Answer
from parcelwarden.services.records import Look
from support.scripted import NUMBER, START, House, day, event, source

HOUR = timedelta(hours=1)
SPANISH = "LX190000018ES"
ACCEPTED = event(3, "PU_PICKUP_SUCCESS", leg=Leg.ACCEPTED)
AT_THE_POST = event(15, "ES_ARRIVED", leg=Leg.ARRIVED)


def _page(asked: Asked) -> tuple[Request, ...]:
    return tuple(Request(f"https://tracking.example/{number}") for number in asked.numbers)


@pytest.fixture
async def chained(tmp_path: Path) -> AsyncIterator[House]:
    """Cainiao and a post are asked by the daemon, another post by the browser, one only by people."""
    known = [
        source("cainiao"),
        source("correos_es"),
        source("usps", access=Access.RELAY, ask=_page, batch=1, hosts=("tracking.example",)),
        source("chinapost_ems", access=Access.PASTE, ask=None, page="https://post.example/?n={number}"),
    ]
    house = await House(tmp_path / "data", known).open()
    yield house
    await house.close()


async def looks(house: House, number: str) -> dict[str, Look]:
    return {look.source: look for look in (await house.warden.parcel(number)).looks}


async def ways(house: House, number: str) -> list[tuple[str, str]]:
    parcel = await house.warden.parcel(number)
    found = (await house.warden.ways([parcel]))[parcel.id]
    return [(way.source.id, way.asked_by) for way in found]


async def test_a_postal_number_is_asked_at_the_post_of_the_country_that_it_goes_to(chained: House) -> None:
    await chained.add(numbers=["RR123456785CN"])
    assert set(await looks(chained, "RR123456785CN")) == {"cainiao", "correos_es"}
    await chained.add("8190000000000002", numbers=["RR123456799CN"], country="US")
    found = await looks(chained, "RR123456799CN")
    assert {name: look.relay for name, look in found.items()} == {"cainiao": False, "usps": True}


async def test_the_second_leg_is_followed_and_both_give_one_timeline(chained: House) -> None:
    await chained.add(numbers=[NUMBER])
    chained.fetcher.tell(ACCEPTED, aliases=(SPANISH,))
    await chained.tick(day(4))
    found = await looks(chained, NUMBER)
    assert found["correos_es"].number == SPANISH
    late = event(12, "ES_EXPECTED", leg=Leg.LINE_HAUL)
    chained.fetcher.tell(late, AT_THE_POST, number=SPANISH)
    await chained.tick(day(16))
    parcel = await chained.warden.parcel(NUMBER)
    assert parcel.events == (ACCEPTED, late, AT_THE_POST)
    assert (parcel.state, parcel.leg) == (State.IN_TRANSIT, Leg.ARRIVED)
    asked = {(name, numbers) for _, name, numbers in chained.fetcher.asked}
    assert ("correos_es", (SPANISH,)) in asked


async def test_a_number_that_the_post_does_not_know_gives_way_to_the_hand_off_number(chained: House) -> None:
    first = "RR123456785CN"
    await chained.add(numbers=[first])
    await chained.tick(START + 3 * HOUR)
    assert (await looks(chained, first))["correos_es"].outcome == "not_found"
    chained.fetcher.tell(ACCEPTED, number=first, aliases=(SPANISH,))
    await chained.tick(day(4))
    assert (await looks(chained, first))["correos_es"].number == SPANISH


@pytest.mark.parametrize("printed", ["ES", "Spain", "ESP"])
async def test_the_destination_that_a_carrier_tells_brings_its_post_in(chained: House, printed: str) -> None:
    await chained.add(numbers=["RR123456785CN"], country=None)
    assert set(await looks(chained, "RR123456785CN")) == {"cainiao"}
    chained.fetcher.tell(ACCEPTED, number="RR123456785CN", destination=printed)
    await chained.tick(day(4))
    assert set(await looks(chained, "RR123456785CN")) == {"cainiao", "correos_es"}


@pytest.mark.parametrize("how", ["wall", "fail", "change"])
async def test_what_is_walled_or_fails_yields_to_the_next(chained: House, how: str) -> None:
    number = "RR123456785CN"
    await chained.add(numbers=[number])
    chained.fetcher.tell(ACCEPTED, number=number)
    await chained.tick(START)
    await chained.tick(START + 2 * HOUR)
    ordinary = (await looks(chained, number))["correos_es"].next_look_at

    def answer(request: Request, now: datetime) -> Answer:
        return Answer(Body(b'{"changed": 1}', content_type="application/json"), request.url)

    if how == "change":
        chained.fetcher.answer = answer
    else:
        getattr(chained.fetcher, how)()
    first = (await looks(chained, number))["cainiao"].next_look_at
    assert first
    chained.fetcher.asked.clear()
    await chained.tick(first)
    found = await looks(chained, number)
    assert found["cainiao"].failures == 1
    assert ordinary
    assert (found["correos_es"].next_look_at or first) < ordinary


async def test_the_ways_are_said_down_to_the_paste(chained: House) -> None:
    number = "RR123456785CN"
    await chained.add(numbers=[number], country="US")
    assert await ways(chained, number) == [("cainiao", "daemon"), ("usps", "you"), ("chinapost_ems", "you")]
    await chained.warden.change_settings({"relay": True}, START)
    assert await ways(chained, number) == [("cainiao", "daemon"), ("usps", "relay"), ("chinapost_ems", "you")]
    chained.fetcher.wall()
    await chained.tick(START)
    assert await ways(chained, number) == [("usps", "relay"), ("cainiao", "daemon"), ("chinapost_ems", "you")]
    parcel = await chained.warden.parcel(number)
    last = (await chained.warden.ways([parcel]))[parcel.id][-1]
    assert (last.page, last.next) == (f"https://post.example/?n={number}", None)


async def test_a_source_with_a_quota_is_spared_while_a_likelier_one_answers(tmp_path: Path) -> None:
    house = await House(tmp_path / "data", [source("cainiao"), source("17track")]).open()
    house.warden._routes.everywhere = ("17track",)
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.live(day(9))
    assert {name for _, name, _ in house.fetcher.asked} == {"cainiao"}
    house.fetcher.fail()
    await house.live(day(11))
    assert {name for _, name, _ in house.fetcher.asked} == {"cainiao", "17track"}
    await house.close()


async def test_an_order_that_cannot_be_read_keeps_nobody_from_being_asked(chained: House) -> None:
    await chained.add(numbers=["RR123456785CN"])

    def spoil(unit: Any) -> None:
        chained.store._db.execute("UPDATE orders SET facts = '{'")

    await chained.store.write(spoil)
    chained.fetcher.tell(ACCEPTED, number="RR123456785CN", destination="US")
    await chained.tick(day(4))
    assert "usps" in await looks(chained, "RR123456785CN")
