"""R05, R06: suspend, a clock set back and forth, daylight saving, another time zone."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parcelwarden.adapters.scheduler import LOOK_AT_CLOCK, Clocks, Scheduler
from parcelwarden.services.records import AlertState
from support.outbox import REF, rows
from support.scripted import START, House, day

HOUR = timedelta(hours=1)


class Turned:
    """Two clocks that stand until they are turned."""

    def __init__(self) -> None:
        self.at = START
        self.run = 1000.0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.at, lambda: self.run)


async def test_r05_after_a_suspend_of_nine_hours_what_fell_due_is_told_within_a_minute(house: House) -> None:
    """The monotonic clock stands still, the wall clock jumps: the real scheduler on the real services."""
    await house.add()
    first = min(row.due_at for row in await rows(house) if row.due_at > START)
    turned = Turned()
    turned.at = first - 8 * HOUR
    scheduler = Scheduler(house.warden.tick, turned.clocks)
    await scheduler.start()
    async with asyncio.timeout(20):
        while scheduler.health.last_tick_at is None:
            await asyncio.sleep(0.01)
    sent = len(house.desktop.sent)
    turned.at += 9 * HOUR
    scheduler.look_at_clock()
    async with asyncio.timeout(20):
        while len(house.desktop.sent) == sent:
            await asyncio.sleep(0.01)
    await scheduler.stop()
    assert scheduler.health.jumps == 1
    assert LOOK_AT_CLOCK < 60


@pytest.mark.parametrize("start", [day(30), day(33.5), day(36)])
@pytest.mark.parametrize("jump", [timedelta(days=-2), timedelta(days=10), HOUR, -HOUR])
async def test_r06_a_clock_that_jumps_and_comes_back_tells_each_alert_once(
    house: House, start: datetime, jump: timedelta
) -> None:
    await house.add()
    await house.live(start)
    due = {row.key: row.due_at for row in await rows(house)}
    house.now = start + jump
    await house.tick(house.now)
    await house.tick(house.now + timedelta(minutes=5))
    house.now = start + timedelta(minutes=10)
    await house.live(day(70))
    after = await rows(house)
    assert {row.key: row.due_at for row in after if row.key in due} == due
    assert {row.key: row.times_sent for row in after if row.times_sent > 1 and not row.nag} == {}


async def test_r06_a_nagging_alert_is_not_told_more_often_for_a_clock_set_back(house: House) -> None:
    await house.add()
    await house.tick(day(1))
    nag = next(row for row in await rows(house) if row.nag)
    house.now = nag.due_at - HOUR
    await house.live(nag.due_at)
    sent = len(house.desktop.sent)
    for minutes in range(0, 600, 60):
        await house.tick(nag.due_at - timedelta(days=2) + timedelta(minutes=minutes))
    await house.tick(nag.due_at + HOUR)
    assert len(house.desktop.sent) <= sent + 1


async def test_r06_what_a_wrong_clock_told_is_not_repeated_before_it_is_due(house: House) -> None:
    """Found by the simulation: a clock a month ahead for an hour made "open a dispute now" come daily for weeks, and took
    the reminders before the true end away."""
    await house.add()
    await house.live(day(20))
    sent = len(house.desktop.sent)
    await house.tick(day(53))
    early = len(house.desktop.sent)
    assert early > sent
    house.now = day(20.1)
    await house.live(day(32))
    assert len(house.desktop.sent) == early
    after = await rows(house)
    assert any(row.nag and row.times_sent == 1 and row.due_at > day(32) for row in after)
    ahead = [row for row in after if row.due_at > day(32) and row.times_sent == 0]
    assert {row.state for row in ahead} == {AlertState.PENDING}
    await house.live(day(70))
    assert all(row.times_sent <= 1 for row in await rows(house) if not row.nag)


@pytest.mark.parametrize(("early", "times"), [(9, 1), (12, 2)])
async def test_r06_what_a_wrong_clock_told_weeks_early_is_told_when_it_is_due(
    house: House, early: int, times: int
) -> None:
    """Found by the simulation: a clock weeks ahead told of the opening as of something past, and when the window opened
    nobody told it."""
    await house.add()
    opening = next(row for row in await rows(house) if row.code.startswith("dispute_open") and not row.nag)
    right = opening.due_at - timedelta(days=early)
    await house.live(right)
    await house.tick(opening.due_at + timedelta(hours=1))
    assert {row.times_sent for row in await rows(house) if row.id == opening.id} == {1}
    house.now = right + HOUR
    await house.live(opening.due_at + HOUR)
    assert {row.times_sent for row in await rows(house) if row.id == opening.id} == {times}


async def test_r06_what_quiet_hours_of_a_wrong_clock_put_off_is_told_when_it_is_due(house: House) -> None:
    """Found by the simulation: a clock days ahead, in quiet hours, put the alert off to a morning days after it was
    due."""
    await house.add()
    await house.live(day(33))
    await house.warden.change_settings({"quiet_hours": {"from": "22:00", "until": "07:00"}}, house.now)
    due = min(row.due_at for row in await rows(house) if row.due_at > day(33))
    ahead = (due + timedelta(days=2)).replace(hour=23)
    await house.tick(ahead)
    sent = len(house.desktop.sent)
    house.now = day(33.1)
    await house.live(due + timedelta(minutes=1))
    assert len(house.desktop.sent) == sent + 1


@pytest.mark.parametrize("by", ["quiet hours", "a dead channel"])
async def test_r06_a_reminder_that_a_later_one_was_to_tell_is_told_by_itself(house: House, by: str) -> None:
    """Found by the simulation: a clock days ahead folded a reminder into the next one, which then waited; set right, the
    clock left the first one folded, and nobody told it."""
    await house.add()
    await house.live(day(32))
    ahead = [row for row in await rows(house) if row.code == "delivery_end_near"]
    first, second = sorted(ahead, key=lambda row: row.due_at)[:2]
    house.desktop.outcome = by == "quiet hours"
    if by == "quiet hours":
        night = {"from": f"{second.due_at:%H}:00", "until": f"{second.due_at + 2 * HOUR:%H}:00"}
        await house.warden.change_settings({"quiet_hours": night}, house.now)
    await house.tick(second.due_at + HOUR)
    assert {row.state for row in await rows(house) if row.id == first.id} == {AlertState.FOLDED}
    house.desktop.outcome = True
    house.now = first.due_at + HOUR
    await house.live(first.due_at + 3 * HOUR)
    told = {row.id: row for row in await rows(house)}
    assert told[first.id].state is AlertState.DELIVERED
    assert told[second.id].state is AlertState.PENDING


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Los_Angeles", "Pacific/Kiritimati"])
async def test_r06_neither_daylight_saving_nor_a_zone_moves_a_due_instant(house: House, zone: str) -> None:
    """Rows are UTC and the rule is reckoned in the zone that it quotes: where the buyer is changes nothing (the pack's
    days cross 8 and 29 March, when the clocks of America and Europe change)."""
    await house.add()
    before = {row.key: row.due_at for row in await rows(house)}
    house.warden.wording = type(house.warden.wording)(house.warden.wording.catalogues, ZoneInfo(zone))
    await house.live(day(37))
    await house.restart()
    await house.live(day(42))
    after = await rows(house)
    assert {row.key: row.due_at for row in after if row.key in before} == before
    assert max(Counter(row.key for row in after).values()) == 1
    assert all(row.times_sent <= 1 for row in after if not row.nag)


async def test_r06_quiet_hours_and_digest_go_along_with_a_machine_that_travels(house: House) -> None:
    """The zone is read anew at each tick; what is due is due at the same instant as before."""
    chosen = {"quiet_hours": {"from": "22:00", "until": "08:00"}, "digest": "daily", "digest_time": "19:00"}
    await house.warden.change_settings(chosen, house.now)
    await house.add()
    await house.tick(day(1))
    before = {row.key: row.due_at for row in await rows(house)}
    first = min(row for row in before.values() if row > day(1))
    night = first.replace(hour=23, minute=0) if first.hour < 23 else first
    sent = len(house.desktop.sent)
    await house.tick(night)
    held = house.desktop.sent[sent:]
    assert not [note for note in held if note.replaces == str(REF)]
    house.zone = ZoneInfo("Asia/Tokyo")
    await house.tick(night + timedelta(hours=1))
    assert [note.replaces for note in house.desktop.sent[sent:]].count(str(REF)) == 1
    assert {row.key: row.due_at for row in await rows(house)} == before
    digests = [note for note in house.desktop.sent if note.title == "parcelwarden"]
    evening = (night + timedelta(days=2)).replace(hour=10, minute=0)
    await house.tick(evening - timedelta(minutes=1))
    assert len([note for note in house.desktop.sent if note.title == "parcelwarden"]) == len(digests)
    await house.tick(evening)
    assert len([note for note in house.desktop.sent if note.title == "parcelwarden"]) == len(digests) + 1
