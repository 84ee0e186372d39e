"""R07 for several channels: each goes on by itself until it has told what the others told, and tells nothing twice."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Conflict
from parcelwarden.services.ports import AlertQuery, Note, NotifyFailed
from parcelwarden.services.records import AlertRecord, AlertState, Delivery
from support.outbox import REF, in_state, rows
from support.scripted import House, ScriptedNotifier, day

HOUR = timedelta(hours=1)
DOWN = NotifyFailed("no network")


@pytest.fixture
async def phone(house: House) -> ScriptedNotifier:
    """A second channel of the house."""
    found = ScriptedNotifier("phone")
    house.beside = (found,)
    await house.restart()
    return found


async def first_due(house: House) -> datetime:
    """An order is added; when its first alert is due."""
    await house.add()
    house.now = min(row.due_at for row in await rows(house))
    return house.now


async def of_phone(house: House, row: AlertRecord) -> Delivery:
    """What the phone made of an alert."""
    found = await house.store.read(lambda unit: unit.alerts.deliveries(row.id))
    return next(each for each in found if each.channel == "phone")


async def told_once(house: House) -> AlertRecord:
    """The one alert that was told."""
    (row,) = [row for row in await rows(house) if row.delivered_at]
    return row


@pytest.mark.parametrize("again", [False, True], ids=["running", "restarted"])
async def test_a_channel_that_failed_tells_later_what_another_told(
    house: House, phone: ScriptedNotifier, again: bool
) -> None:
    due = await first_due(house)
    phone.outcome = DOWN
    await house.live(due + 5 * HOUR)
    assert len(house.desktop.sent) == 1
    tried = await of_phone(house, await told_once(house))
    assert 5 <= tried.attempts <= 20
    assert due + 5 * HOUR < tried.retry_at <= due + 6 * HOUR
    phone.outcome = True
    if again:
        await house.restart()
    await house.live(due + 7 * HOUR)
    assert len(phone.sent) == 1
    assert len(house.desktop.sent) == len(house.log.sent) == 1
    row = await told_once(house)
    assert (row.times_sent, row.delivered_at, row.next_at) == (1, due, None)
    await house.restart()
    await house.live(due + 9 * HOUR)
    assert len(phone.sent) == len(house.desktop.sent) == 1


async def test_a_process_killed_before_the_second_channel_said_anything_tells_it_there(
    house: House, phone: ScriptedNotifier
) -> None:
    due = await first_due(house)
    phone.hang = True
    await house.warden.tick(due)
    while not house.desktop.sent or not await in_state(house, AlertState.DELIVERED):
        await house.store.read(lambda unit: None)
    await house.restart()
    phone.hang = False
    await house.live(due + HOUR)
    assert len(phone.sent) == len(house.desktop.sent) == 1


async def test_what_comes_late_tells_the_time_left_then(house: House, phone: ScriptedNotifier) -> None:
    await house.add()
    await house.tick(day(1))
    lead = next(row for row in await rows(house) if row.params.get("ends_at") and row.helps_until and not row.nag)
    phone.outcome = DOWN
    await house.tick(lead.due_at)
    phone.outcome = True
    await house.tick(lead.due_at + 5 * HOUR)
    ours, theirs = house.desktop.sent[-1], phone.sent[-1]
    assert ours.alert_id == theirs.alert_id == lead.id
    assert "time left" in ours.body
    assert ours.body != theirs.body


@pytest.mark.parametrize("by", ["acknowledged", "withdrawn", "over", "snoozed"])
async def test_the_retries_end_with_the_matter(house: House, phone: ScriptedNotifier, by: str) -> None:
    due = await first_due(house)
    phone.outcome = DOWN
    await house.tick(due)
    row = await told_once(house)
    assert row.next_at == due + timedelta(minutes=1)
    phone.outcome = True
    if by == "acknowledged":
        await house.warden.acknowledge(row.id, due)
    elif by == "withdrawn":
        await house.warden.change_order(REF, {"received_at": due.isoformat()}, due)
    elif by == "snoozed":
        await house.warden.snooze(row.id, due + 5 * HOUR, due)
    until = row.helps_until if by == "over" else due + 4 * HOUR
    house.now = max(until, due + timedelta(minutes=1))
    await house.tick(house.now)
    assert not [note for note in phone.sent if note.alert_id == row.id]


async def test_a_snooze_while_another_channel_hangs_is_kept(house: House, phone: ScriptedNotifier) -> None:
    """Found here: the late word of the second channel took the snooze back."""
    due = await first_due(house)
    later = due + 5 * HOUR

    class Snoozing(ScriptedNotifier):
        async def send(self, note: Note) -> bool:
            await house.warden.snooze(note.alert_id, later, due)
            return await super().send(note)

    house.beside, house.send_seconds = (Snoozing("phone"),), 60
    await house.restart()
    await house.tick(due)
    row = await told_once(house)
    assert (row.snoozed_until, row.next_at) == (later, later)
    house.beside = (phone,)
    await house.restart()
    sent = len(house.desktop.sent)
    await house.live(later - timedelta(minutes=1))
    assert len(house.desktop.sent) == sent
    await house.tick(later)
    assert len(house.desktop.sent) == sent + 1
    assert len(phone.sent) == 1


async def test_a_repetition_is_daily_on_each_channel(house: House, phone: ScriptedNotifier) -> None:
    await house.add()
    await house.tick(day(1))
    passed = next(row for row in await rows(house) if ":act_by_passed:" in row.key)
    house.desktop.sent.clear()
    phone.sent.clear()
    told: dict[str, list[datetime]] = {"desktop": [], "phone": []}
    house.now = passed.due_at
    while house.now < passed.due_at + timedelta(days=4):
        phone.outcome = DOWN if house.now < passed.due_at + 3 * HOUR else True
        before = {each.name: len(each.sent) for each in (house.desktop, phone)}
        following = await house.tick(house.now)
        for each in (house.desktop, phone):
            told[each.name] += [house.now] * (len(each.sent) - before[each.name])
        house.now = max(following, house.now + timedelta(seconds=1))
    gaps = {name: [b - a for a, b in pairwise(at)] for name, at in told.items()}
    assert len(told["desktop"]) == len(told["phone"]) >= 4
    assert max(gaps["phone"] + gaps["desktop"]) <= timedelta(days=1, minutes=1)
    assert min(gaps["desktop"]) >= timedelta(hours=23)


async def test_a_browser_is_not_given_what_only_another_channel_owes(house: House, phone: ScriptedNotifier) -> None:
    due = await first_due(house)
    phone.outcome = DOWN
    await house.tick(due)
    row = await told_once(house)
    found, _ = await house.warden.alerts(AlertQuery(now=due + HOUR, state="due", channel="browser"))
    assert row.id not in [each.id for each in found]


async def test_what_the_browser_showed_goes_to_the_phone_but_not_to_the_same_screen(
    house: House, phone: ScriptedNotifier
) -> None:
    due = await first_due(house)
    phone.outcome = house.desktop.outcome = DOWN
    await house.tick(due)
    for row in await in_state(house, AlertState.PENDING):
        if row.due_at <= due:
            await house.warden.alert_delivered(row.id, "browser", due + timedelta(minutes=2))
    phone.outcome = house.desktop.outcome = True
    await house.live(due + 2 * HOUR)
    assert len(phone.sent) == 1
    assert house.desktop.sent == []


async def test_a_note_that_may_stand_on_the_screen_is_not_shown_again_once_the_phone_told_it(
    house: House, phone: ScriptedNotifier
) -> None:
    due = await first_due(house)
    house.desktop.outcome = False
    await house.live(due + 20 * HOUR)
    assert len(house.desktop.sent) == len(phone.sent) == 1


async def test_an_hour_back_tells_nothing_twice_on_either_channel(house: House, phone: ScriptedNotifier) -> None:
    due = await first_due(house)
    phone.outcome = DOWN
    await house.live(due + HOUR)
    phone.outcome = True
    await house.tick(due + timedelta(minutes=1))
    await house.live(due + 3 * HOUR)
    assert len(house.desktop.sent) == len(phone.sent) == 1


async def test_a_digest_that_one_channel_missed_says_there_what_is_open_then(
    house: House, phone: ScriptedNotifier
) -> None:
    await house.warden.change_settings({"digest": "daily"}, house.now)
    await house.add(title="LED strip", delivery_due_at=day(60).date().isoformat())
    await house.add("8190000000000002", title="Lamp", delivery_due_at=day(60).date().isoformat())
    evening = day(0).replace(hour=18)
    phone.outcome = DOWN
    await house.tick(evening)
    assert "LED strip" in house.desktop.sent[-1].body
    await house.warden.forget_order(REF, evening)
    phone.outcome = True
    await house.live(evening + 2 * HOUR)
    (note,) = phone.sent
    assert "Lamp" in note.body
    assert "LED strip" not in note.body
    assert len(house.desktop.sent) == 1


async def test_what_was_told_of_an_order_that_is_settled_cannot_be_put_off(house: House) -> None:
    """Found here: a snooze told it once more."""
    due = await first_due(house)
    await house.tick(due)
    row = await told_once(house)
    await house.warden.change_order(REF, {"received_at": due.isoformat()}, due)
    with pytest.raises(Conflict, match="moved on"):
        await house.warden.snooze(row.id, due + HOUR, due)
    await house.live(due + 2 * HOUR)
    assert len(house.desktop.sent) == 1


class Slow(ScriptedNotifier):
    """A channel whose first note takes until it is let go."""

    def __init__(self) -> None:
        super().__init__("phone")
        self.taken, self.let_go = asyncio.Event(), asyncio.Event()

    async def send(self, note: Note) -> bool:
        self.taken.set()
        await self.let_go.wait()
        return await super().send(note)


@pytest.mark.parametrize("by", ["withdrawn", "acknowledged", "snoozed"])
async def test_what_was_settled_while_it_waited_behind_a_slow_note_is_not_told(house: House, by: str) -> None:
    """Found here: the note was made at the tick and told minutes later, whatever had become of it."""
    phone = Slow()
    house.beside, house.send_seconds = (phone,), 60
    await house.restart()
    other = "8190000000000002"
    await house.add(other)
    due = await first_due(house)
    await house.warden.tick(due)
    await phone.taken.wait()
    waiting = REF if f"aliexpress/{other}" == house.log.sent[0].replaces else OrderRef("aliexpress", other)
    while not any(row.delivered_at for row in await rows(house, waiting)):
        await asyncio.sleep(0)
    row = next(row for row in await rows(house, waiting) if row.delivered_at)
    if by == "acknowledged":
        await house.warden.acknowledge(row.id, due)
    elif by == "snoozed":
        await house.warden.snooze(row.id, due + 5 * HOUR, due)
    else:
        await house.warden.change_order(waiting, {"received_at": due.isoformat()}, due)
    phone.let_go.set()
    await house.warden.settled()
    assert len(phone.sent) == 1
    assert phone.sent[0].alert_id != row.id
