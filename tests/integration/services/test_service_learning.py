"""What the buyer's own parcels teach the services: lanes without scans, silences of a lane, deliveries expected late.

All orders are constructed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from parcelparsers.model import Leg, State
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import OrderRef, Severity
from support.scripted import House, catalogues, day, event

LINE = "Some Slow Line"
NEW = "8190000000009999"


def number(n: int) -> str:
    return f"LP0019{n:010}"


async def opened(tmp_path: Path) -> House:
    return await House(tmp_path).open()


async def read(house: House, order_id: str = NEW) -> Any:
    return (await house.warden.order(OrderRef("aliexpress", order_id))).assessment


async def arrived(house: House, count: int, took: float) -> None:
    """Orders that came long ago: shipped day by day, 30 days promised, each `took` days under way and a bit."""
    for n in range(count):
        sent = -150 + n
        await house.add(
            f"81900000000{n:05}",
            placed_at=day(sent - 1).isoformat(),
            paid_at=day(sent - 1).isoformat(),
            shipped_at=day(sent).isoformat(),
            delivery_due_at=day(sent + 30).isoformat(),
            delivered_at=day(sent + took + n % 5).isoformat(),
            shipping_method=LINE,
        )


async def under_way(house: House, **facts: Any) -> None:
    """One shipped on day 0 with 30 days promised, and no number known."""
    known = {"shipped_at": day(0), "delivery_due_at": day(30), "placed_at": day(-1), "paid_at": day(-1)}
    given = {name: when.isoformat() for name, when in known.items()}
    await house.add(NEW, **{**given, "shipping_method": LINE, **facts})


async def test_a_delivery_that_is_expected_late_is_told_once_and_quietly(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 60, took=38)
    await under_way(house)
    await house.tick(day(3))
    found = await read(house)
    assert (found.advice.code, found.advice.severity) == ("expected_late", Severity.NOTICE)
    assert int(found.advice.params["chance"]) >= 86 and found.advice.params["arrived"] == "60"
    assert found.next_change_at is not None
    text = render(found.advice, catalogues()["en"], house.warden.wording.zone)
    assert "60 parcels of your own" in text and "no ground for a claim" in text
    for later in (4, 5, 6):
        await house.tick(day(later))
    told = [note for note in house.desktop.sent if "parcels of your own" in note.body]
    assert len(told) == 1
    await house.restart()
    await house.tick(day(7))
    assert len([note for note in house.desktop.sent if "parcels of your own" in note.body]) == 1
    await house.close()


@pytest.mark.parametrize(("count", "took", "what"), [(60, 12.0, "in time"), (29, 38.0, "too few")])
async def test_nothing_is_said_where_parcels_come_in_time_or_are_too_few(
    tmp_path: Path, count: int, took: float, what: str
) -> None:
    house = await opened(tmp_path)
    await arrived(house, count, took)
    await under_way(house)
    await house.tick(day(3))
    assert (await read(house)).advice.code == "no_parcel", what
    await house.close()


async def test_nothing_is_said_of_what_was_received_or_when_the_delivery_time_is_over(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 40, took=38)
    await under_way(house)
    await house.tick(day(31))
    found = await read(house)
    assert found.advice.code == "dispute_open_now"
    assert not any(draft.code == "expected_late" for draft in found.alerts)
    await house.close()


async def test_the_order_is_looked_at_again_every_day_without_any_news(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 60, took=20)
    await under_way(house)
    await house.tick(day(3))
    record = await house.warden.order(OrderRef("aliexpress", NEW))
    assert record.next_change_at is not None and record.next_change_at <= day(4)
    seen = set()
    for later in range(4, 30):
        await house.tick(day(later))
        seen.add((await read(house)).advice.code)
    assert "expected_late" in seen or "delivery_end_near" in seen
    alerts = [draft for draft in (await read(house)).alerts if draft.code == "expected_late"]
    assert len(alerts) == 1 and alerts[0].severity is Severity.NOTICE
    await house.close()


async def test_a_lane_without_scans_is_known_by_its_own_parcels(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    for n in range(22):
        house.fetcher.tell(event(3, "X", leg=Leg.LINE_HAUL), number=number(n))
        await house.add(f"81900000000{n:05}", [number(n)], shipping_method=LINE, delivery_due_at=None)
    for later in (4, 30, 70, 71):
        await house.tick(day(later))
    house.fetcher.tell(event(71, "X", leg=Leg.LINE_HAUL), number=number(99))
    await house.add(
        NEW,
        [number(99)],
        shipping_method=LINE,
        placed_at=day(68).isoformat(),
        paid_at=day(68).isoformat(),
        shipped_at=day(70).isoformat(),
        delivery_due_at=day(140).isoformat(),
    )
    for later in (72, 80, 90, 105):
        await house.tick(day(later))
    found = await read(house)
    assert found.verdict.verdict == "quiet_expected"
    assert found.verdict.reasons[0].code == "lane_without_scans"
    assert found.verdict.logistics == "normal"
    await house.restart()
    await house.warden.change_order(OrderRef("aliexpress", NEW), {"title": "Lamp"}, house.now)
    assert (await read(house)).verdict.reasons[0].code == "lane_without_scans"
    await house.close()


async def test_silence_on_a_quick_lane_is_slow_sooner_and_nothing_counts_twice(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    for n in range(40):
        scans = [event(3 + step, f"S{step}", leg=Leg.LOCAL) for step in range(6)]
        house.fetcher.tell(*scans, event(9, "D", State.DELIVERED, Leg.FINAL), number=number(n))
        await house.add(f"81900000000{n:05}", [number(n)], shipping_method=LINE)
    await house.tick(day(10))
    house.fetcher.tell(event(15, "S0", leg=Leg.LOCAL), number=number(99))
    await house.add(NEW, [number(99)], shipping_method=LINE, shipped_at=day(14).isoformat())
    await house.tick(day(16))
    first = (await read(house)).verdict
    assert first.verdict == "normal" and first.changes_at is not None and first.changes_at < day(15 + 9)
    for number_ in range(3):
        await house.restart()
        await house.warden.change_order(OrderRef("aliexpress", NEW), {"title": f"Lamp {number_}"}, day(16))
        assert (await read(house)).verdict == first
    await house.close()


async def test_an_order_that_cannot_be_read_teaches_nothing_and_hinders_nothing(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 31, took=38)
    await under_way(house)
    sql = "UPDATE orders SET facts = '{\"paid_at\": 5}' WHERE order_id = '8190000000000003'"
    await house.store.write(lambda unit: unit.orders._db.execute(sql))  # type: ignore[attr-defined]
    await house.tick(day(3))
    assert (await read(house)).advice.params["arrived"] == "30"
    await house.close()


async def test_another_order_is_told_of_disputes_that_open_and_close(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await house.add(NEW, observed_dispute_button_at=day(1).isoformat(), completed_at=day(16).isoformat())
    ids = [f"819000000000{n:04}" for n in range(4)]
    for name in ids:
        await house.add(name)
    house.now = day(17)
    await house.tick(day(17))
    assert "open_disputes" not in (await read(house)).advice.params

    async def say(name: str, fact: str, hours: int) -> None:
        at = day(17) + timedelta(hours=hours)
        await house.warden.change_order(OrderRef("aliexpress", name), {fact: at.isoformat()}, at)
        await house.tick(at + timedelta(minutes=2))

    for n, name in enumerate(ids):
        await say(name, "dispute.opened_at", n + 1)
    assert (await read(house)).advice.params["open_disputes"] == "4"
    await say(ids[0], "dispute.closed_at", 6)
    assert "open_disputes" not in (await read(house)).advice.params
    await say(ids[0], "dispute.closed_at", 6)
    await house.warden.change_order(OrderRef("aliexpress", ids[0]), {"dispute.closed_at": None}, house.now)
    await house.tick(house.now + timedelta(minutes=2))
    assert (await read(house)).advice.params["open_disputes"] == "4"
    await house.warden.forget_order(OrderRef("aliexpress", ids[0]), house.now)
    await house.tick(house.now + timedelta(minutes=2))
    assert "open_disputes" not in (await read(house)).advice.params
    await house.close()


async def test_odd_dates_teach_nothing_and_hinder_nothing(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    house.now = day(-70)
    house.fetcher.tell(event(-65, "X"), number=number(1))
    await house.add("8190000000008001", [number(1)], shipped_at=day(-69).isoformat(), shipping_method=LINE)
    await house.tick(day(-60))
    house.fetcher.fail()
    ref, shipped = OrderRef("aliexpress", "8190000000008001"), {"shipped_at": day(-40).isoformat()}
    await house.warden.change_order(ref, shipped, day(-30))
    house.now = day(0)
    await arrived(house, 60, took=38)
    await house.add("8190000000008002", shipped_at="1000-01-01", delivery_due_at="1000-02-01", received_at="9000-01-01")
    await house.add(
        "8190000000008003", shipped_at="8999-01-01", delivery_due_at="9000-01-01", delivered_at="1000-01-01"
    )
    await under_way(house)
    await house.tick(day(3))
    found = (await read(house)).advice
    assert (found.code, found.params["arrived"]) == ("expected_late", "60")
    await house.close()


async def test_a_clock_that_is_set_back_is_learned_from_anew(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 110, took=38)
    await under_way(house)
    for when in (3, 6, 4, 7, 5):
        house.now = day(when)
        await house.warden.change_order(OrderRef("aliexpress", NEW), {"title": f"Lamp {when}"}, day(when))
        found = await read(house)
        assert found.advice.code == "expected_late", when
        assert found.next_change_at is not None
    await house.close()


HOUR = timedelta(hours=1)


async def chance(house: House, at: datetime) -> str | None:
    """What is said of the order under way when something of it is changed at an instant."""
    house.now = at
    await house.warden.change_order(OrderRef("aliexpress", NEW), {"title": f"Lamp {at}"}, at)
    params = (await read(house)).advice.params
    return f"{params['chance']} by {params['arrived']}" if "chance" in params else None


@pytest.mark.parametrize("days", [1, 7], ids=["learned daily", "learned weekly"])
async def test_a_period_is_judged_by_its_beginning_whatever_is_taken_in_or_restarted(tmp_path: Path, days: int) -> None:
    house = await opened(tmp_path)
    count = 60
    start = datetime.combine((day(0) + timedelta(days=7 - day(0).weekday())).date(), time(), UTC)
    if days == 1:  # all came this week
        house.now, start = start, start + timedelta(days=1)
    await arrived(house, count, took=38)
    await under_way(house)
    first = await chance(house, start + HOUR / 6)
    assert first is not None and first.endswith(f"by {count}")
    for n in range(20):
        await house.add(
            f"81900000001{n:05}",
            shipped_at=day(-60 + n).isoformat(),
            shipping_method=LINE,
            delivery_due_at=day(-30 + n).isoformat(),
            delivered_at=day(-50 + n).isoformat(),
        )
        changed = OrderRef("aliexpress", f"81900000000{n:05}")
        await house.warden.change_order(changed, {"delivered_at": day(-140 + n).isoformat()}, house.now)
    await house.restart()
    assert await chance(house, start + 13 * HOUR) == first
    until = start + timedelta(days=days)
    straight = await chance(house, until - HOUR)
    await house.restart()
    assert await chance(house, until - HOUR) == straight
    after = await chance(house, until + HOUR)
    assert after is None or not after.endswith(f"by {count}")
    await house.close()


async def test_what_came_the_same_day_teaches_from_the_next_on_whoever_learns_first(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await under_way(house)
    house.now = day(2)
    await arrived(house, 60, took=38)
    assert await chance(house, day(2) + HOUR) is None
    await house.restart()
    assert await chance(house, day(2) + 2 * HOUR) is None
    assert await chance(house, day(3) + HOUR) is not None
    await house.close()


async def test_nothing_that_was_learned_from_a_forgotten_order_stays_written(tmp_path: Path) -> None:
    house = await opened(tmp_path)
    await arrived(house, 31, took=38)
    await under_way(house)
    assert await chance(house, day(2)) is not None
    await house.warden.forget_order(OrderRef("aliexpress", "8190000000000003"), day(2))
    assert await house.store.read(lambda unit: unit.settings.get("learned")) is None
    await house.restart()
    found = await chance(house, day(2) + HOUR)
    assert found is not None and found.endswith("by 30")
    await house.close()
