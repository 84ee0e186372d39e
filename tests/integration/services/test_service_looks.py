"""Looks at carriers: politeness, back-off, what an answer writes, and what survives a restart."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from parcelparsers import Body, Evidence
from parcelparsers.model import Leg, State
from parcelparsers.walls import PAGE_FOR_DATA
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Conflict, Invalid
from parcelwarden.services.ports import Answer
from parcelwarden.services.records import Look
from parcelwarden.services.together import Together
from support.scripted import FLOOR, NUMBER, START, House, day, event, source

REF = OrderRef("aliexpress", "8190000000000001")
ACCEPTED = event(3, "PU_PICKUP_SUCCESS", leg=Leg.ACCEPTED)
DEPARTED = event(8, "LH_DEPART", leg=Leg.LINE_HAUL)
HOUR = timedelta(hours=1)


async def look(house: House, number: str = NUMBER) -> object:
    return (await house.warden.parcel(number)).looks[0]


async def everything(house: House) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""

    def work(unit: object) -> dict[str, list[tuple[object, ...]]]:
        db = house.store._db
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in db.table_names()}

    return await house.store.read(work)


async def test_an_answer_is_taken_in_with_the_instant_at_which_it_was_asked(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.tick(day(4))
    parcel = await house.warden.parcel(NUMBER)
    assert parcel.state is State.IN_TRANSIT
    assert parcel.leg is Leg.ACCEPTED
    assert parcel.events == (ACCEPTED,)
    assert parcel.looks[0].last_ok_at == day(4)
    order = await house.warden.order(REF)
    assert order.assessment.verdicts[NUMBER].verdict == "normal"
    assert order.assessment.verdict.checked_at == day(4)
    assert (await house.warden.sources())[0].state == "ok"


async def test_a_tick_does_not_wait_for_the_network(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.gate = asyncio.Event()
    async with asyncio.timeout(30):
        await house.warden.tick(day(1))
        await house.warden.tick(day(1) + HOUR)
    assert len(house.fetcher.asked) <= 1
    house.fetcher.gate.set()
    await house.warden.settled()
    assert [asked[0] for asked in house.fetcher.asked] == [day(1)]


async def test_an_unchanged_look_writes_its_time_and_nothing_else(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.tick(day(4))
    before = await everything(house)
    await house.tick(day(5))
    after = await everything(house)
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"looks", "sources"}
    changed = await look(house)
    assert changed.last_ok_at == changed.last_tried_at == day(5)
    order = await house.warden.order(REF)
    assert order.assessment.verdict.checked_at == day(5)
    assert (await house.warden.advice([REF]))[REF].checked_at == day(5)


async def test_a_look_without_news_changes_the_verdict_when_its_time_has_come(house: House) -> None:
    await house.add(numbers=[NUMBER], delivery_due_at=day(90).date().isoformat())
    house.fetcher.tell(ACCEPTED)
    await house.tick(day(4))
    house.now = day(4)
    await house.live(day(35))
    order = await house.warden.order(REF)
    assert order.assessment.verdicts[NUMBER].verdict == "stalled"


async def test_a_silent_source_makes_a_verdict_older_never_worse(house: House) -> None:
    await house.add(numbers=[NUMBER], delivery_due_at=day(90).date().isoformat())
    house.fetcher.tell(ACCEPTED)
    await house.tick(day(4))
    house.fetcher.fail()
    await house.live(day(35))
    order = await house.warden.order(REF)
    verdict = order.assessment.verdicts[NUMBER]
    assert verdict.verdict == "normal"
    assert verdict.checked_at == day(4)
    assert any(reason.code == "not_looked_at_since" for reason in verdict.reasons)
    assert (await house.warden.health(day(35)))["failing_sources"][0]["source"] == "cainiao"


async def test_numbers_are_batched_and_one_host_gets_one_request_at_a_time(house: House) -> None:
    for number in range(25):
        await house.add(f"81900000000000{number:02}", numbers=[f"LP001900000000{number:02}"])
    await house.tick(START)
    assert [len(asked[2]) for asked in house.fetcher.asked] == [10, 10, 5]
    assert house.fetcher.most_at_once == 1


async def test_the_next_is_asked_while_one_good_answer_is_written_and_no_more_than_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(35):
        await house.add(f"81900000000000{number:02}", numbers=[f"LP001900000000{number:02}"])
    open_again, arrived, write = asyncio.Event(), asyncio.Semaphore(0), Together.write

    async def held(self: Together, *arguments: Any) -> Any:
        arrived.release()
        await open_again.wait()
        return await write(self, *arguments)

    monkeypatch.setattr(Together, "write", held)
    await house.warden.tick(START)
    async with asyncio.timeout(30):
        for _ in range(2):
            await arrived.acquire()
    assert len(house.fetcher.asked) == 2
    open_again.set()
    await house.warden.settled()
    assert len(house.fetcher.asked) == 4
    assert house.fetcher.most_at_once == 1
    assert (await look(house, "LP00190000000034")).last_ok_at == START


async def test_a_good_answer_that_asks_to_be_let_be_is_obeyed_at_once(house: House) -> None:
    for number in range(25):
        await house.add(f"81900000000000{number:02}", numbers=[f"LP001900000000{number:02}"])
    empty = Body(b'{"parcels": []}', content_type="application/json")
    house.fetcher.answer = lambda request, now: Answer(empty, request.url, now + 5 * HOUR)
    await house.tick(START)
    assert len(house.fetcher.asked) == 1


async def test_the_floor_is_kept_also_across_a_restart(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.tick(START)
    for hours in range(1, 6):
        await house.restart()
        assert await house.warden.refresh(NUMBER, START + hours * HOUR) == START + FLOOR
        await house.tick(START + hours * HOUR)
    assert len(house.fetcher.asked) == 1
    await house.tick(START + FLOOR)
    assert [asked[0] for asked in house.fetcher.asked] == [START, START + FLOOR]


async def test_retry_after_is_obeyed_by_all_numbers_also_across_a_restart(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.wall(429, timedelta(hours=14))
    await house.tick(START)
    assert len(house.fetcher.asked) == 1
    house.fetcher.mend()
    await house.restart()
    await house.add("8190000000000002", numbers=["LP00190000000024"])
    await house.warden.refresh(NUMBER, START + HOUR)
    for hours in range(1, 14):
        await house.tick(START + hours * HOUR)
    assert len(house.fetcher.asked) == 1
    health = (await house.warden.sources())[0]
    assert health.state == "walled"
    assert health.resume_at == START + timedelta(hours=14)
    await house.tick(START + timedelta(hours=14, minutes=11))
    assert {n for _, _, numbers in house.fetcher.asked[1:] for n in numbers} == {NUMBER, "LP00190000000024"}
    assert (await house.warden.sources())[0].state == "ok"


async def test_a_wall_stops_the_source_and_is_no_answer(house: House) -> None:
    for number in range(25):
        await house.add(f"81900000000000{number:02}", numbers=[f"LP001900000000{number:02}"])
    house.fetcher.wall()
    await house.tick(START)
    assert len(house.fetcher.asked) == 1
    first = await look(house, "LP00190000000000")
    assert first.last_ok_at is None
    assert first.outcome is None
    order = await house.warden.order(OrderRef("aliexpress", "8190000000000000"))
    assert order.assessment.verdict.verdict == "unverified"


async def test_failures_back_off(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.fail()
    await house.live(day(3))
    times = [asked[0] for asked in house.fetcher.asked]
    gaps = [b - a for a, b in pairwise(times)]
    assert gaps[0] < gaps[1] < gaps[2]
    assert max(gaps) <= timedelta(hours=8)
    assert len(times) < 20


async def test_a_history_that_vanished_is_kept_and_counts_as_failure(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED, DEPARTED)
    await house.tick(day(9))
    house.fetcher.parcels.clear()
    await house.tick(day(11))
    parcel = await house.warden.parcel(NUMBER)
    assert parcel.events == (ACCEPTED, DEPARTED)
    assert parcel.looks[0].outcome == "found"
    assert parcel.looks[0].last_outcome == "vanished"
    assert parcel.looks[0].failures == 1
    assert parcel.looks[0].last_ok_at == day(9)


async def test_not_found_is_an_answer(house: House) -> None:
    await house.add(numbers=[NUMBER])
    await house.tick(day(3))
    assert (await look(house)).last_ok_at == day(3)
    order = await house.warden.order(REF)
    assert order.assessment.verdicts[NUMBER].verdict == "awaiting_first_scan"


async def test_late_and_repeated_lines_take_their_place_once(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED, DEPARTED)
    await house.tick(day(9))
    late = event(5, "SC_OUTBOUND_SUCCESS")
    arrived = event(14, "LH_ARRIVE", leg=Leg.ARRIVED)
    house.fetcher.tell(late, DEPARTED, arrived)
    await house.tick(day(15))
    assert (await house.warden.parcel(NUMBER)).events == (ACCEPTED, late, DEPARTED, arrived)
    before = await everything(house)
    house.fetcher.tell(late, DEPARTED, arrived)
    await house.tick(day(16))
    assert (await everything(house))["parcels"] == before["parcels"]


async def test_a_hand_off_number_becomes_an_alias_and_another_row_of_it_is_the_same_parcel(house: House) -> None:
    alias = "LX190000018ES"
    await house.add(numbers=[NUMBER])
    await house.add("8190000000000002", numbers=[alias])
    house.fetcher.tell(ACCEPTED, aliases=(alias,))
    await house.tick(day(4))
    parcel = await house.warden.parcel(alias)
    assert parcel.numbers == (alias, NUMBER)
    assert {ref.order_id for ref in parcel.orders} == {"8190000000000001", "8190000000000002"}
    assert (await house.warden.parcel(NUMBER)).id == parcel.id
    both = await house.warden.order(OrderRef("aliexpress", "8190000000000002"))
    assert both.assessment.verdict.verdict == "normal"


async def test_a_delivered_parcel_is_let_be(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED, event(20, "GTMS_SIGNED", State.DELIVERED, Leg.FINAL))
    await house.tick(day(20.5))
    await house.live(day(30))
    assert (await look(house)).next_look_at is None


async def test_a_number_nobody_can_be_asked_about_is_watched_and_said_so(tmp_path: Path) -> None:
    house = await House(tmp_path / "data", [source("elsewhere")]).open()
    try:
        parcel = await house.warden.add_parcel("1Z 999 AA1 0123456784", [], START)
        assert parcel.numbers == ("1Z999AA10123456784",)
        assert parcel.looks == ()
        with pytest.raises(Conflict):
            await house.warden.refresh("1Z999AA10123456784", START)
        with pytest.raises(Invalid):
            await house.warden.add_parcel("?", [], START)
    finally:
        await house.close()


async def test_what_was_asked_and_not_taken_in_is_asked_again_after_the_next_start(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.gate = asyncio.Event()
    await house.warden.tick(START)
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await house.restart()
    house.fetcher.gate = None
    house.fetcher.tell(ACCEPTED)
    await house.tick(START + HOUR)
    assert (await look(house)).last_ok_at == START + HOUR


async def test_what_is_due_soon_rides_along_so_that_few_requests_are_made(house: House) -> None:
    for number in range(8):
        own = f"LP001900000000{number:02}"
        house.now = START + number * timedelta(minutes=20)
        await house.add(f"81900000000000{number:02}", numbers=[own])
        house.fetcher.tell(ACCEPTED, number=own)
        await house.tick(house.now)
    before = len(house.fetcher.asked)
    await house.live(day(5))
    asked = house.fetcher.asked[before:]
    looks = sum(len(numbers) for _, _, numbers in asked)
    assert len(asked) < looks / 3
    for number in {n for _, _, numbers in asked for n in numbers}:
        times = [at for at, _, numbers in house.fetcher.asked if number in numbers]
        assert min(b - a for a, b in pairwise(times)) >= FLOOR


def broken(status: int, page: bytes) -> object:
    """A carrier whose house is broken."""
    return lambda request, now: Answer(Body(page, status=status, content_type="text/html"), request.url)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_broken_house_is_a_failed_look_and_no_wall(tmp_path: Path, status: int) -> None:
    house = await House(tmp_path / "data", [source(readers=(PAGE_FOR_DATA,))]).open()
    try:
        await house.add(numbers=[NUMBER])
        house.fetcher.answer = broken(status, b"<html><head><title>Oops</title></head><body>Try later</body></html>")
        await house.tick(START)
        assert (await look(house)).last_outcome == "network"
        health = (await house.warden.sources())[0]
        assert (health.state, health.last_outcome) == ("failing", "network")
        assert health.resume_at < START + HOUR
        house.fetcher.answer = broken(status, b"<html><head><title>Access Denied</title></head><body></body></html>")
        await house.tick(START + 2 * HOUR)
        assert (await house.warden.sources())[0].state == "walled"
    finally:
        await house.close()


async def test_a_page_for_data_is_still_a_wall(tmp_path: Path) -> None:
    house = await House(tmp_path / "data", [source(readers=(PAGE_FOR_DATA,))]).open()
    try:
        await house.add(numbers=[NUMBER])
        house.fetcher.answer = broken(200, b"<html><head><title>Oops</title></head><body>Try later</body></html>")
        await house.tick(START)
        assert (await look(house)).last_outcome == "blocked"
    finally:
        await house.close()


@pytest.mark.parametrize("fact", ["received_at", "refunded_at", "cancelled_at"])
async def test_a_parcel_of_a_settled_order_is_looked_at_no_more(house: House, fact: str) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.tick(day(4))
    await house.warden.change_order(REF, {fact: day(5).isoformat()}, day(5))
    assert (await look(house)).next_look_at is None
    asked = len(house.fetcher.asked)
    house.now = day(5)
    await house.live(day(60))
    assert len(house.fetcher.asked) == asked


async def test_an_order_that_is_open_again_is_looked_at_again(house: House) -> None:
    await house.add(numbers=[NUMBER], received_at=day(3).isoformat())
    await house.tick(day(4))
    assert house.fetcher.asked == []
    await house.warden.change_order(REF, {"received_at": None}, day(5))
    house.now = day(5)
    await house.live(day(7))
    assert house.fetcher.asked


async def test_a_parcel_is_followed_while_one_of_its_orders_is_open(house: House) -> None:
    await house.add(numbers=[NUMBER])
    await house.add("8190000000000002", numbers=[NUMBER])
    await house.warden.change_order(REF, {"received_at": day(1).isoformat()}, day(1))
    assert (await look(house)).next_look_at is not None
    other = OrderRef("aliexpress", "8190000000000002")
    await house.warden.change_order(other, {"received_at": day(1).isoformat()}, day(1))
    assert (await look(house)).next_look_at is None
    await house.add("8190000000000003", numbers=[NUMBER])
    assert (await look(house)).next_look_at is not None


async def test_a_look_under_way_does_not_bring_a_settled_parcel_back(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    house.fetcher.gate = asyncio.Event()
    await house.warden.tick(day(4))
    await house.warden.change_order(REF, {"received_at": day(4).isoformat()}, day(4))
    house.fetcher.gate.set()
    await house.warden.settled()
    assert (await look(house)).last_ok_at == day(4)
    assert (await look(house)).next_look_at is None


async def test_looks_at_a_source_that_is_switched_off_wait_and_do_not_keep_the_ticks_busy(tmp_path: Path) -> None:
    on, off = source("cainiao"), source("other_post", evidence=Evidence.DOCUMENTED)
    house = await House(tmp_path / "data", (on, off)).open()
    await house.add(numbers=[NUMBER])
    parcel = await house.warden.parcel(NUMBER)
    due = Look(parcel_id=parcel.id, source="other_post", number=NUMBER, rank=1, next_look_at=house.now)
    await house.store.write(lambda unit: unit.parcels.put_look(due))
    following = await house.tick(house.now)
    await house.tick(house.now + timedelta(seconds=1))
    assert following is not None
    assert house.next_at is not None and house.next_at > house.now + timedelta(minutes=1)
    assert {asked for _, asked, _ in house.fetcher.asked} == {"cainiao"}
    await house.close()
