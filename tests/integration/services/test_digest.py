"""The digest: once a period at the buyer's hour, of what is open, and never in the place of anything else."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parcelwarden.services import digest
from parcelwarden.services.ports import AlertQuery, Note, NotifyFailed
from parcelwarden.services.records import AlertState
from support.outbox import REF, rows
from support.scripted import START, House, day

HOUR = timedelta(hours=1)
DAILY = {"digest": "daily", "digest_time": "18:00"}
EVENING = START.replace(hour=18)
"""START is a Monday, 9 h UTC."""


def digests(house: House) -> list[Note]:
    return [note for note in house.desktop.sent if note.replaces == str(digest.REF)]


async def test_it_comes_daily_at_the_hour_and_names_what_is_open(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.add(title="LED strip")
    await house.add("8190000000000002", shipped_at=None, delivery_due_at=None)
    came: list[datetime] = []
    while house.now < START + timedelta(days=4):
        before = len(digests(house))
        following = await house.tick(house.now)
        came += [house.now] * (len(digests(house)) - before)
        house.now = following
    assert came == [EVENING + timedelta(days=n) for n in range(4)]
    note = digests(house)[0]
    assert (note.title, note.severity) == ("parcelwarden", "info")
    assert note.body.splitlines() == [
        "What is open, with the date to act by:",
        "LED strip: 14 Apr 2026, 08:00 UTC",
        "aliexpress/8190000000000002: its dates are not known, open its page once.",
    ]


async def test_it_speaks_the_buyers_language(house: House) -> None:
    await house.warden.change_settings({**DAILY, "language": "es"}, START)
    await house.add(title="Tira LED")
    await house.tick(EVENING)
    (note,) = digests(house)
    assert note.body.startswith("Lo que está abierto")
    assert note.actions == (("default", "Abrir"), ("ack", "Hecho"), ("snooze", "Más tarde"))


async def test_the_weekly_one_comes_on_monday_or_when_the_machine_is_on_again(house: House) -> None:
    await house.warden.change_settings({**DAILY, "digest": "weekly"}, START)
    await house.add()
    await house.live(START + timedelta(days=13))
    assert len(digests(house)) == 2
    await house.restart()
    wednesday = EVENING + timedelta(days=16)
    await house.tick(wednesday)
    assert len(digests(house)) == 3
    await house.tick(wednesday + timedelta(days=4))
    assert len(digests(house)) == 3


async def test_a_restart_a_sleep_and_a_clock_set_back_bring_no_second_one(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.add()
    await house.tick(EVENING)
    await house.restart()
    await house.tick(EVENING + HOUR)
    assert len(digests(house)) == 1
    await house.tick(EVENING + timedelta(days=10, hours=3))
    assert len(digests(house)) == 2
    await house.tick(EVENING + 2 * HOUR)
    await house.tick(EVENING + 3 * HOUR)
    assert len(digests(house)) == 2
    await house.tick(EVENING + timedelta(days=1))
    assert len(digests(house)) == 3


@pytest.mark.parametrize("name", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
async def test_another_zone_has_one_in_each_of_its_days(house: House, name: str) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.add()
    await house.live(START + timedelta(days=2))
    house.zone = there = ZoneInfo(name)
    sent = len(digests(house))
    days = [EVENING.date() + timedelta(days=1)]
    while house.now < START + timedelta(days=6):
        before = len(digests(house))
        following = await house.tick(house.now)
        days += [house.now.astimezone(there).date()] * (len(digests(house)) - before)
        house.now = max(following, house.now + timedelta(seconds=1))
    assert len(digests(house)) - sent >= 3
    assert len(days) == len(set(days))


async def test_nothing_open_is_no_digest_and_none_is_made_up_later(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.tick(EVENING)
    await house.add()
    await house.tick(EVENING + HOUR)
    assert digests(house) == []
    await house.tick(EVENING + timedelta(days=1))
    assert len(digests(house)) == 1


async def test_it_waits_for_the_end_of_quiet_hours_and_says_then_what_is_so(house: House) -> None:
    quiet = {"from": "17:00", "until": "08:00"}
    await house.warden.change_settings({**DAILY, "quiet_hours": quiet}, START)
    await house.add(title="LED strip")
    await house.add("8190000000000002", title="Lamp")
    await house.tick(EVENING)
    assert digests(house) == []
    await house.warden.change_order(REF, {"received_at": EVENING.isoformat()}, EVENING)
    await house.warden.forget_order(REF, EVENING)
    await house.tick((EVENING + timedelta(days=1)).replace(hour=8))
    (note,) = digests(house)
    assert "Lamp" in note.body
    assert "LED strip" not in note.body


async def test_one_that_no_channel_took_is_tried_again_and_then_gives_way_to_the_next(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.add()
    house.desktop.outcome = NotifyFailed("no bus")
    house.now = EVENING
    await house.live(EVENING + 30 * HOUR)
    assert digests(house) == []
    due, _ = await house.warden.alerts(AlertQuery(now=house.now, state="due", channel="browser"))
    assert [row.ref for row in due].count(digest.REF) == 1
    house.desktop.outcome = True
    await house.live(house.now + 2 * HOUR)
    assert len(digests(house)) == 1


async def test_switched_off_nothing_is_told_any_more(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    await house.add()
    house.desktop.outcome = NotifyFailed("no bus")
    await house.tick(EVENING)
    await house.warden.change_settings({"digest": "off"}, EVENING)
    house.desktop.outcome = True
    house.now = EVENING
    await house.live(EVENING + timedelta(days=2))
    assert digests(house) == []
    assert {row.state for row in await rows(house, digest.REF)} == {AlertState.WITHDRAWN}


async def test_an_alert_that_is_due_is_told_beside_it(house: House) -> None:
    await house.add()
    first = min(row.due_at for row in await rows(house))
    await house.warden.change_settings({"digest": "daily", "digest_time": f"{first:%H:%M}"}, first - HOUR)
    await house.tick(first)
    assert {note.replaces for note in house.desktop.sent} == {str(REF), str(digest.REF)}


async def test_it_is_bounded_and_says_that_there_is_more(house: House) -> None:
    await house.warden.change_settings(DAILY, START)
    for number in range(digest.MOST + 3):
        await house.add(f"{number:016}")
    await house.tick(EVENING)
    lines = digests(house)[0].body.splitlines()
    assert len(lines) == 1 + digest.MOST + 1
    assert lines[-1] == "and more, see the list of orders."


async def test_a_date_that_has_passed_is_not_named_as_one_to_act_by(house: House) -> None:
    await house.add(title="LED strip")
    late = next(row for row in await rows(house) if row.key.endswith("grace") or ":act_by_passed:" in row.key)
    at = late.due_at + HOUR
    await house.live(at)
    await house.warden.change_settings({"digest": "daily", "digest_time": "00:00"}, at)
    await house.tick(at)
    assert digests(house)[0].body.splitlines()[1:] == ["LED strip: the date has passed, look at it at once."]
    assert day(40) < at
