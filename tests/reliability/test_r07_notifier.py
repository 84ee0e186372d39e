"""R07: a notifier that raises or hangs: tried again with back-off, nothing else waits, and it is seen everywhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from parcelwarden.services.ports import AlertQuery, NotifyFailed
from parcelwarden.services.records import AlertState
from support.api import running
from support.outbox import REF, in_state, rows
from support.scripted import House, day

HOUR = timedelta(hours=1)


def fail(house: House, how: str) -> None:
    """Break the desktop."""
    house.desktop.hang = how == "hangs"
    house.desktop.outcome = NotifyFailed("no bus") if how == "raises" else True


@pytest.mark.parametrize("how", ["raises", "hangs"])
async def test_r07_a_broken_desktop_is_tried_again_and_delays_nothing(house: House, how: str) -> None:
    for number in range(6):
        await house.add(f"81900000000000{number:02}")
    fail(house, how)
    await house.tick(day(34))
    assert len({note.replaces for note in house.log.sent}) == 6
    assert (await house.warden.health(day(34)))["state"] == "degraded"
    due, _ = await house.warden.alerts(AlertQuery(now=day(34), state="due", channel="browser"))
    assert len({row.ref for row in due}) == 6
    await house.live(day(34) + 6 * HOUR)
    tries = await house.store.read(lambda unit: unit.alerts.deliveries(due[0].id))
    desktop = next(each for each in tries if each.channel == "desktop")
    assert 4 <= desktop.attempts <= 20
    fail(house, "works")
    await house.live(day(34) + 8 * HOUR)
    assert len({note.replaces for note in house.desktop.sent}) == 6
    assert (await house.warden.health(house.now))["state"] == "ok"


async def test_r07_what_nobody_was_told_stands_in_status_and_api(house: House, tmp_path: Path) -> None:
    await house.add()
    fail(house, "raises")
    await house.live(day(34))
    late = [row for row in await in_state(house, AlertState.PENDING) if row.due_at <= day(34)]
    assert late
    async with running(tmp_path, house) as api:
        api.clock.now = day(34)
        status = (await api.call("GET", "/v1/status")).json
        assert status["health"]["state"] == "degraded"
        assert [each["alert"] for each in status["health"]["undelivered"]] == [row.id for row in late]
        assert status["health"]["undelivered"][0]["order"] == str(REF)
        shown = (await api.call("GET", "/v1/alerts?state=due&channel=browser")).json["alerts"]
        assert {each["id"] for each in shown} == {row.id for row in late}


async def test_r07_what_nobody_was_told_is_tried_again_at_the_next_start(house: House) -> None:
    await house.add()
    house.desktop.outcome = NotifyFailed("switched off", permanent=True)
    await house.live(day(34))
    assert await in_state(house, AlertState.DELIVERED) == []
    house.desktop.outcome = True
    await house.restart()
    await house.tick(day(34) + timedelta(minutes=5))
    assert len(house.desktop.sent) == 1
    told = await in_state(house, AlertState.DELIVERED)
    assert told
    await house.restart()
    await house.tick(day(34) + timedelta(minutes=6))
    assert len(house.desktop.sent) == 1
    assert all(row.times_sent <= 1 for row in await rows(house))
