"""The outbox's way to the buyer."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest

from parcelparsers.model import Leg, State
from parcelwarden.domain.model import OrderRef, Severity
from parcelwarden.services import delivering
from parcelwarden.services.errors import Conflict, Invalid, NotFound
from parcelwarden.services.ports import AlertQuery, NotifyFailed
from parcelwarden.services.records import AlertRecord, AlertState
from support.scripted import NUMBER, House, day, event

REF = OrderRef("aliexpress", "8190000000000001")
HOUR = timedelta(hours=1)


async def rows(house: House) -> list[AlertRecord]:
    return await house.store.read(lambda unit: unit.alerts.of_order(REF))


async def in_state(house: House, state: AlertState) -> list[AlertRecord]:
    return [row for row in await rows(house) if row.state is state]


async def critical(house: House) -> AlertRecord:
    """The first alert of the outbox that is repeated until acknowledged."""
    return next(row for row in await rows(house) if row.nag)


async def test_every_alert_is_told_once_when_it_is_due(house: House) -> None:
    await house.add(title="LED strip")
    await house.live(day(42))
    told = [row for row in await rows(house) if row.delivered_at]
    assert told
    assert all(row.times_sent == 1 for row in told if not row.nag)
    assert all(row.delivered_at == row.due_at for row in told if not row.nag)
    assert {note.title for note in house.desktop.sent} == {"LED strip"}
    assert len(house.desktop.sent) == len(house.log.sent)
    sent = len(house.desktop.sent)
    await house.restart()
    await house.tick(day(42) + HOUR)
    assert len(house.desktop.sent) == sent


async def test_ticking_twice_at_one_instant_tells_nothing_twice(house: House) -> None:
    await house.add()
    await house.live(day(38))
    sent, before = len(house.desktop.sent), await rows(house)
    await house.tick(day(38))
    await house.tick(day(38))
    assert len(house.desktop.sent) == sent
    assert await rows(house) == before


@pytest.mark.parametrize("code", ["delivery_end_near", "dispute_open_now", "dispute_open_late"])
async def test_late_alerts_collapse_into_one_that_tells_the_time_left(house: House, code: str) -> None:
    await house.add()
    await house.tick(day(1))
    lead = next(row for row in await rows(house) if row.code == code and row.helps_until)
    family = [row for row in await rows(house) if (row.code, row.helps_until) == (lead.code, lead.helps_until)]
    assert len(family) >= 2
    sent = len(house.desktop.sent)
    await house.tick(lead.helps_until - timedelta(hours=2))
    assert len(house.desktop.sent) == sent + 1
    note = house.desktop.sent[-1]
    assert "2 hours" in note.body
    states = {row.key: row.state for row in await rows(house)}
    late = [states[row.key] for row in sorted(family, key=lambda row: row.due_at)]
    assert late[-1] is AlertState.DELIVERED
    assert set(late[:-1]) == {AlertState.FOLDED}


async def test_off_past_the_end_gives_one_notice_and_never_says_that_there_is_time(house: House) -> None:
    await house.add()
    await house.tick(day(1))
    sent = len(house.desktop.sent)
    await house.tick(day(70))
    assert len(house.desktop.sent) == sent + 1
    assert "time left" not in house.desktop.sent[-1].body
    assert await in_state(house, AlertState.EXPIRED)
    assert not [r for r in await in_state(house, AlertState.DELIVERED) if r.helps_until and r.helps_until <= day(70)]
    await house.tick(day(70) + HOUR)
    assert len(house.desktop.sent) == sent + 1


async def test_unconfirmed_never_counts_as_delivered(house: House) -> None:
    house.desktop.outcome = False
    await house.add()
    await house.live(day(38))
    assert house.desktop.sent
    assert await in_state(house, AlertState.DELIVERED) == []
    pending = [row for row in await rows(house) if row.state is AlertState.PENDING and row.due_at <= day(38)]
    assert pending
    kept = await house.store.read(lambda unit: unit.alerts.deliveries(pending[-1].id))
    assert {(d.channel, d.result) for d in kept} == {("desktop", "unconfirmed"), ("log", "delivered")}


async def test_the_log_alone_does_not_reach_the_buyer(house: House) -> None:
    house.desktop.outcome = NotifyFailed("no bus")
    await house.add()
    await house.live(day(34))
    assert house.log.sent
    assert await in_state(house, AlertState.DELIVERED) == []
    assert (await house.warden.health(day(34)))["state"] == "degraded"
    house.desktop.outcome = True
    await house.live(day(34) + 2 * HOUR)
    assert await in_state(house, AlertState.DELIVERED)
    assert (await house.warden.health(day(34)))["channels"]["desktop"]["error"] is None


async def test_a_failed_channel_is_tried_again_later_and_later(house: House) -> None:
    await house.add()
    house.desktop.outcome = NotifyFailed("no bus")
    due = min(row.due_at for row in await rows(house))
    house.now = due
    await house.live(due + 6 * HOUR)
    first = (await rows(house))[0]
    tried = await house.store.read(lambda unit: unit.alerts.deliveries(first.id))
    desktop = next(d for d in tried if d.channel == "desktop")
    assert 5 <= desktop.attempts <= 20
    assert desktop.error == "no bus"
    log = next(d for d in tried if d.channel == "log")
    assert log.attempts == 1


async def test_a_hung_channel_delays_no_other_alert(house: House) -> None:
    for number in range(8):
        await house.add(f"81900000000000{number:02}")
    house.desktop.hang = True
    await house.tick(day(34))
    assert len(house.log.sent) >= 8
    house.desktop.hang = False
    await house.tick(day(34) + HOUR)
    assert len({note.replaces for note in house.desktop.sent}) == 8


async def test_a_critical_alert_nags_daily_until_acknowledged(house: House) -> None:
    await house.add()
    await house.tick(day(1))
    alert = await critical(house)
    await house.tick(alert.due_at)
    first = len(house.desktop.sent)
    await house.tick(alert.due_at + 23 * HOUR)
    again = len(house.desktop.sent)
    house.now = alert.due_at + 23 * HOUR
    await house.tick(alert.due_at + 25 * HOUR)
    assert len(house.desktop.sent) > again >= first
    told = next(row for row in await rows(house) if row.nag and row.state is AlertState.DELIVERED and row.next_at)
    await house.warden.acknowledge(told.id, alert.due_at + 26 * HOUR)
    row = next(row for row in await rows(house) if row.id == told.id)
    assert row.state is AlertState.ACKNOWLEDGED
    assert row.next_at is None
    with pytest.raises(NotFound):
        await house.warden.acknowledge(10**9, day(1))


async def test_what_is_critical_is_told_every_day_until_the_end_and_no_more_once_it_is_acknowledged(
    house: House,
) -> None:
    """Reminders of one matter take the place of one another; none of them ends the daily repetition."""
    await house.add()
    await house.tick(day(1))
    passed = next(row for row in await rows(house) if ":act_by_passed:" in row.key)
    told: list[datetime] = []
    house.now = passed.due_at
    while house.now < passed.helps_until:
        before = len(house.desktop.sent)
        following = await house.tick(house.now)
        told += [house.now] * (len(house.desktop.sent) - before)
        house.now = min(following, passed.helps_until)
    gaps = [b - a for a, b in pairwise([*told, passed.helps_until])]
    assert len(told) >= (passed.helps_until - passed.due_at).days
    assert max(gaps) <= timedelta(days=1, minutes=1)
    await house.tick(passed.helps_until)
    for row in await rows(house):
        await house.warden.acknowledge(row.id, house.now)
    sent = len(house.desktop.sent)
    await house.live(house.now + timedelta(days=20))
    assert len(house.desktop.sent) <= sent + 1


async def test_a_snoozed_alert_comes_back_at_its_time(house: House) -> None:
    await house.add()
    await house.live(day(34))
    told = (await in_state(house, AlertState.DELIVERED))[-1]
    sent = len(house.desktop.sent)
    until = house.now + 5 * HOUR
    await house.warden.snooze(told.id, until, house.now)
    await house.tick(until - HOUR)
    assert len(house.desktop.sent) == sent
    await house.tick(until)
    assert len(house.desktop.sent) == sent + 1
    await house.tick(until + HOUR)
    assert len(house.desktop.sent) == sent + 1
    with pytest.raises(Invalid):
        await house.warden.snooze(told.id, day(1), until)
    with pytest.raises(Invalid):
        await house.warden.snooze(told.id, day(400), until)
    await house.warden.acknowledge(told.id, until)
    with pytest.raises(Conflict):
        await house.warden.snooze(told.id, until + HOUR, until)


async def test_an_alert_without_an_end_is_not_snoozed_for_ever(house: House) -> None:
    await house.add()
    await house.live(day(34))
    told = (await in_state(house, AlertState.DELIVERED))[-1]
    missed = msgspec.structs.replace(told, key=f"missed:{told.key}", helps_until=None)
    number = await house.store.write(lambda unit: unit.alerts.add(missed))
    with pytest.raises(Invalid, match="within 365 days"):
        await house.warden.snooze(number, house.now + timedelta(days=366), house.now)
    snoozed = await house.warden.snooze(number, house.now + timedelta(days=365), house.now)
    assert snoozed.snoozed_until == house.now + timedelta(days=365)


async def test_the_browser_is_given_what_is_due_and_its_word_counts(house: House) -> None:
    house.desktop.outcome = NotifyFailed("no bus")
    await house.add()
    await house.live(day(34))
    asked = AlertQuery(now=day(34), state="due", channel="browser")
    due, _ = await house.warden.alerts(asked)
    assert due
    shown = await house.warden.alert_delivered(due[0].id, "browser", day(34))
    assert shown.state is AlertState.DELIVERED
    left, _ = await house.warden.alerts(asked)
    assert due[0].id not in [row.id for row in left]


async def test_quiet_hours_hold_back_what_can_wait(house: House) -> None:
    await house.warden.change_settings({"quiet_hours": {"from": "22:00", "until": "08:00"}}, day(0))
    await house.add()
    first = min(row.due_at for row in await rows(house))
    night = first.replace(hour=23, minute=0) if first.hour < 23 else first
    await house.tick(night)
    assert house.desktop.sent == []
    await house.tick((night + 9 * HOUR).replace(minute=0))
    assert len(house.desktop.sent) == 1


async def test_a_kill_between_the_notifier_and_its_mark_gives_one_duplicate(house: House) -> None:
    await house.add()
    first = min(row.due_at for row in await rows(house))
    write = house.store.write
    given = []

    async def dies(work: object) -> object:
        if house.desktop.sent:
            given.append(work)
            raise RuntimeError("killed")
        return await write(work)

    house.store.write = dies
    await house.tick(first)
    house.store.write = write
    await house.restart()
    house.now = first + HOUR
    await house.live(first + 3 * HOUR)
    assert given
    assert len(house.desktop.sent) == 2
    assert house.desktop.sent[0].replaces == house.desktop.sent[1].replaces


async def test_a_desktop_that_confirms_nothing_is_not_well(house: House) -> None:
    """R07: where only the last fallback answers, the machine is degraded, not ok."""
    house.desktop.outcome = False
    await house.add()
    await house.live(day(34))
    health = await house.warden.health(day(34))
    assert health["state"] == "degraded"
    assert "nobody confirms" in health["channels"]["desktop"]["error"]
    assert health["channels"]["desktop"]["confirmed_at"] is None
    assert health["channels"]["log"]["error"] is None


async def test_a_click_on_a_note_opens_the_order(house: House) -> None:
    await house.add()
    await house.live(day(34))
    assert dict(house.desktop.sent[-1].actions)["default"] == "Open"


async def test_a_notice_of_something_missed_that_waited_says_what_holds_by_then(house: House) -> None:
    """Found by the simulation: put off by quiet hours, then by a machine that was off, it asked for an extension of a
    delivery time that was over."""
    await house.add()
    await house.live(day(33))
    await house.warden.change_settings({"quiet_hours": {"from": "00:00", "until": "23:59"}}, house.now)
    end = min(row.helps_until for row in await rows(house) if row.due_at > day(33))
    await house.tick(end + timedelta(minutes=30))
    await house.warden.change_settings({"quiet_hours": None}, house.now)
    house.desktop.sent.clear()
    await house.restart()
    await house.tick(end + timedelta(days=2))
    assert house.desktop.sent
    assert not any("ask the seller now for an extension" in note.body for note in house.desktop.sent)


async def test_what_was_missed_presses_no_more_than_the_advice_does(house: House) -> None:
    """The notice of a missed alert keeps the caps: what rests on our own verdict stays a notice."""
    await house.add(numbers=[NUMBER], delivery_due_at=day(90).date().isoformat())
    house.fetcher.tell(event(3, "PU", leg=Leg.ACCEPTED), event(5, "RETURN", State.RETURNED, Leg.ORIGIN))
    await house.tick(day(6))
    assert (await house.warden.order(REF)).assessment.verdict.verdict == "abnormal"
    await house.tick(day(40))
    advice = (await house.warden.order(REF)).assessment.advice
    assert (advice.code, advice.severity) == ("may_be_open", Severity.NOTICE)
    passed = [row for row in await rows(house) if row.state is AlertState.PENDING and row.helps_until]
    notice = await house.store.write(lambda unit: delivering.missed(unit, REF, passed, day(40)))
    assert (notice.code, notice.severity) == ("may_be_open", Severity.NOTICE)
