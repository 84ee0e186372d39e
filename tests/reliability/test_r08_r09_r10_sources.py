"""R08, R09, R10: a poison order, a source that is down for two days, a source that asks for patience."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from parcelparsers.model import Leg
from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.reassess import reassess
from parcelwarden.services import reassessing
from parcelwarden.services.records import Look
from support.outbox import REF, rows
from support.scripted import NUMBER, START, House, day, event, source

HOUR = timedelta(hours=1)


async def test_r08_a_poison_order_waits_an_hour_and_the_rest_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sick = OrderRef("aliexpress", "8190000000000007")
    for number in range(12):
        await house.add(f"81900000000000{number:02}")
    poison = True

    def assess(order: object, now: object, rules: object) -> object:
        if poison and order.facts.order_id == sick.order_id:
            raise ZeroDivisionError("made up")
        return reassess(order, now, rules)

    monkeypatch.setattr(reassessing, "reassess", assess)
    await house.store.write(lambda unit: unit.orders.hasten(day(34)))
    await house.tick(day(34))
    assert len({note.replaces for note in house.desktop.sent}) == 12
    (postponed,) = (await house.warden.health(day(34)))["postponed"]
    assert (postponed["order"], postponed["until"]) == (str(sick), day(34) + HOUR)
    poison = False
    await house.tick(day(34) + HOUR)
    assert (await house.warden.health(day(34)))["postponed"] == []


async def test_r09_two_days_down_are_two_lines_and_no_date_is_lost(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "parcelwarden")
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(event(3, "PU", leg=Leg.ACCEPTED))
    await house.live(day(33))
    asked = len(house.fetcher.asked)
    house.fetcher.fail()
    await house.live(day(35))
    assert 3 <= len(house.fetcher.asked) - asked <= 12
    health = (await house.warden.sources())[0]
    assert health.state == "failing"
    order = await house.warden.order(REF)
    verdict = order.assessment.verdicts[NUMBER]
    assert verdict.checked_at == health.last_ok_at
    assert verdict.checked_at < day(33) + HOUR
    house.fetcher.mend()
    await house.live(day(37))
    lines = [record.getMessage() for record in caplog.records if "source cainiao" in record.getMessage()]
    assert [("does not answer" in line, "answers again" in line) for line in lines] == [(True, False), (False, True)]
    ends = [row for row in await rows(house) if row.due_at <= day(37) and row.code == "delivery_end_near"]
    assert ends
    assert all(row.delivered_at and row.delivered_at - row.due_at <= timedelta(minutes=1) for row in ends)


async def test_r09_nobody_looks_while_an_end_nears_is_said_by_days_left(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(event(3, "PU", leg=Leg.ACCEPTED))
    await house.live(day(20))
    house.fetcher.fail()
    await house.live(day(60))
    silent = sorted((row for row in await rows(house) if row.code == "source_silent"), key=lambda row: row.due_at)
    told = [row for row in silent if row.times_sent]
    assert len(told) >= 2
    assert [row.severity.rank for row in silent] == sorted(row.severity.rank for row in silent)


async def test_r10_retry_after_holds_for_the_host_and_across_restarts(tmp_path: Path) -> None:
    house = await House(tmp_path, [source("cainiao"), source("yanwen")]).open()
    try:
        await house.add(numbers=[NUMBER])
        parcel = await house.warden.parcel(NUMBER)
        second = Look(parcel_id=parcel.id, source="yanwen", number=NUMBER, next_look_at=START)
        await house.store.write(lambda unit: unit.parcels.put_look(second))
        house.fetcher.wall(429, timedelta(seconds=7200))
        await house.tick(START)
        first = list(house.fetcher.asked)
        house.fetcher.mend()
        for minutes in range(5, 120, 5):
            if minutes % 30 == 0:
                await house.restart()
            await house.tick(START + timedelta(minutes=minutes))
        assert house.fetcher.asked == first
        assert {name for _, name, _ in first} == {"cainiao", "yanwen"}
        house.now = START + timedelta(minutes=119, seconds=59)
        await house.live(START + 7 * HOUR)
        again = {name: at for at, name, _ in house.fetcher.asked[len(first) :]}
        assert set(again) == {name for _, name, _ in first}
        assert all(at >= START + timedelta(hours=2) for at in again.values())
    finally:
        await house.close()
