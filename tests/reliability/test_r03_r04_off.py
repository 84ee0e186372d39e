"""R03, R04: the machine was off while alerts fell due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parcelwarden.domain.model import Severity
from parcelwarden.services.records import AlertRecord, AlertState
from support.outbox import in_state, rows
from support.scripted import House, day

HOUR = timedelta(hours=1)


async def ends(house: House) -> list[AlertRecord]:
    """Reminders of an end, with the end that they are about."""
    return [row for row in await rows(house) if row.params.get("ends_at") and row.helps_until]


@pytest.mark.parametrize("which", ["first", "last"])
async def test_r03_what_fell_due_while_off_is_one_alert_with_the_time_left(house: House, which: str) -> None:
    await house.add()
    await house.tick(day(1))
    pick = min if which == "first" else max
    end = pick(row.helps_until for row in await ends(house))
    house.now = day(1)
    await house.live(end - 30 * HOUR)
    await house.close()
    await house.open()
    sent = len(house.desktop.sent)
    await house.tick(end - 2 * HOUR)
    assert len(house.desktop.sent) == sent + 1
    assert "time left: 2 hours" in house.desktop.sent[-1].body
    assert house.desktop.sent[-1].body.count("time left") == 1
    await house.tick(end - 2 * HOUR + timedelta(minutes=5))
    assert len(house.desktop.sent) == sent + 1


async def test_r04_off_past_the_end_is_one_notice_that_promises_nothing(house: House) -> None:
    await house.add()
    await house.tick(day(1))
    last = max(row.helps_until for row in await rows(house) if row.helps_until)
    await house.close()
    await house.open()
    sent = len(house.desktop.sent)
    house.now = last + HOUR
    await house.tick(last + HOUR)
    assert len(house.desktop.sent) == sent + 1
    assert "time left" not in house.desktop.sent[-1].body
    expired = await in_state(house, AlertState.EXPIRED)
    assert expired
    assert not [row for row in await in_state(house, AlertState.DELIVERED) if row.helps_until]
    await house.live(last + timedelta(days=30))
    assert len(house.desktop.sent) == sent + 1
    order = await house.warden.order(expired[0].ref)
    assert order.assessment.advice.act_by is None or order.assessment.advice.act_by < last
    assert order.assessment.advice.severity is not Severity.CRITICAL


async def test_r04_every_hour_of_return_says_time_left_only_while_there_is(house: House) -> None:
    """Off from the first day, back at any hour around the last end: the time left is told before it alone."""
    await house.add()
    await house.tick(day(1))
    end = max(row.helps_until for row in await ends(house))
    for hours in (-49, -25, -7, -1, 0, 1, 24):
        other = await House(house.path.parent / f"back{hours}").open()
        await other.add()
        await other.tick(day(1))
        await other.tick(end + hours * HOUR)
        said = [note.body for note in other.desktop.sent]
        await other.close()
        assert said
        assert any("time left" in body for body in said) == (hours < 0), hours
