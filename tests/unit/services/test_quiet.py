"""Quiet hours: what waits for their end, what comes before them, what breaks them. Inputs are constructed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from parcelparsers.model import Leg, State
from parcelwarden.domain.model import AlertDraft, Severity
from parcelwarden.services import quiet
from parcelwarden.services.records import AlertRecord, AlertState
from support.outbox import REF, in_state, rows
from support.scripted import NUMBER, START, House, day, event

MADRID = ZoneInfo("Europe/Madrid")
HOUR = timedelta(hours=1)

NIGHT = {"from": "22:00", "until": "08:00"}


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-03-10T20:59:59+00:00", None),
        ("2026-03-10T21:00:00+00:00", ("2026-03-10T21:00:00+00:00", "2026-03-11T07:00:00+00:00")),
        ("2026-03-11T06:59:59+00:00", ("2026-03-10T21:00:00+00:00", "2026-03-11T07:00:00+00:00")),
        ("2026-03-11T07:00:00+00:00", None),
        ("2026-03-28T22:30:00+00:00", ("2026-03-28T21:00:00+00:00", "2026-03-29T06:00:00+00:00")),
    ],
)
def test_quiet_hours_go_by_the_buyers_clock_over_midnight_and_summer_time(
    now: str, night: tuple[str, str] | None
) -> None:
    found = quiet.night(NIGHT, datetime.fromisoformat(now), MADRID)
    assert found == (tuple(map(datetime.fromisoformat, night)) if night else None)


def alert(severity: Severity, helps: timedelta | None, due: timedelta = timedelta()) -> AlertRecord:
    return AlertRecord(
        id=1,
        key="k",
        ref=("a", "1"),  # type: ignore[arg-type]
        code="c",
        params={},
        severity=severity,
        due_at=START + due,
        helps_until=START + helps if helps else None,
        nag=False,
        state=AlertState.PENDING,
        created_at=START,
    )


@pytest.mark.parametrize(
    ("severity", "helps", "due", "breaks"),
    [
        (Severity.CRITICAL, 24 * HOUR, 0, True),
        (Severity.CRITICAL, 25 * HOUR, 0, False),
        (Severity.WARNING, 24 * HOUR, 0, False),
        (Severity.WARNING, 24 * HOUR, -3, True),
        (Severity.WARNING, 25 * HOUR, -3, False),
        (Severity.NOTICE, 7 * HOUR, 0, True),
        (Severity.CRITICAL, None, -3, False),
    ],
)
def test_only_what_cannot_wait_breaks_quiet_hours(
    severity: Severity, helps: timedelta | None, due: int, breaks: bool
) -> None:
    night = quiet.Night(START - 2 * HOUR, START + 8 * HOUR)
    assert quiet.breaks(alert(severity, helps, due * HOUR), START, night) is breaks


def test_what_was_told_before_the_night_does_not_break_it_as_late() -> None:
    told = msgspec.structs.replace(alert(Severity.WARNING, 20 * HOUR, -5 * HOUR), delivered_at=START - 4 * HOUR)
    assert not quiet.breaks(told, START, quiet.Night(START - 2 * HOUR, START + 8 * HOUR))


def draft(due: int, end: int, severity: Severity = Severity.NOTICE, **params: str) -> AlertDraft:
    """A reminder; hours are those from midnight of the first day, in UTC."""
    at = [datetime(2026, 3, 10, tzinfo=UTC) + hours * HOUR for hours in (due, end)]
    told = {"ends_at": at[1].isoformat(), **params}
    return AlertDraft(key="k", code="c", severity=severity, due_at=at[0], helps_until=at[1], params=told)


@pytest.mark.parametrize(
    ("given", "forward"),
    [
        (draft(23, 29), True),
        (draft(25, 31), True),
        (draft(23, 33), False),
        (draft(20, 26), False),
        (draft(23, 29, Severity.CRITICAL), False),
        (draft(23, 29, opens_at="2026-03-10T21:50:00Z"), False),
        (draft(23, 29, opens_at="2026-03-10T21:45:00Z"), True),
    ],
)
def test_a_reminder_of_one_night_is_told_before_it(given: AlertDraft, forward: bool) -> None:
    found = quiet.brought_forward(given, NIGHT, UTC)
    assert found.due_at == (datetime(2026, 3, 10, 21, 45, tzinfo=UTC) if forward else given.due_at)
    assert msgspec.structs.replace(found, due_at=given.due_at) == given


def test_what_is_no_reminder_is_not_told_before_its_time() -> None:
    opening = msgspec.structs.replace(draft(23, 29), params={})
    assert quiet.brought_forward(opening, NIGHT, UTC) == opening


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = await House(tmp_path / "data").open()
    await made.warden.change_settings({"quiet_hours": NIGHT}, START)
    yield made
    await made.close()


async def only_on(house: House, hours: tuple[int, ...], days: int) -> list[datetime]:
    """Have the machine on for ten minutes in these hours of each day (UTC); the instants at which something was
    told."""
    told = []
    for number in range(days):
        for hour in hours:
            for minutes in (0, 5, 10):
                at = day(number).replace(hour=hour, minute=minutes)
                before = len(house.desktop.sent)
                await house.tick(at)
                told += [at] * (len(house.desktop.sent) - before)
    return told


def on_within(row: AlertRecord, hours: tuple[int, ...]) -> bool:
    """Whether the machine was on in the alert's span."""
    days = (row.due_at + timedelta(days=n) for n in range((row.helps_until - row.due_at).days + 2))
    instants = (each.replace(hour=hour, minute=10, second=0) for each in days for hour in hours)
    return any(row.due_at <= at < row.helps_until for at in instants)


@pytest.mark.parametrize("until", ["08:00", "06:00"])
@pytest.mark.parametrize("hours", [(23,), (3,), (12,), (3, 12)])
async def test_a_machine_that_is_on_in_a_span_has_it_told_whenever_that_is(
    house: House, hours: tuple[int, ...], until: str
) -> None:
    await house.warden.change_settings({"quiet_hours": {"from": "22:00", "until": until}}, START)
    await house.add()
    await only_on(house, hours, 70)
    passed = [row for row in await in_state(house, AlertState.EXPIRED) if on_within(row, hours)]
    assert passed == []
    assert await in_state(house, AlertState.DELIVERED)


async def test_who_is_on_by_day_is_woken_by_critical_alerts_alone(house: House) -> None:
    await house.add()
    told = await only_on(house, tuple(range(24)), 70)
    alerts = [row for row in await rows(house) if row.delivered_at]
    at_night = [at for at in told if at.hour < 8 or at.hour >= 22]
    woken = [row for row in alerts if row.delivered_at in at_night or row.next_at in at_night]
    assert len(at_night) < len(told) / 4
    assert {row.severity for row in woken} <= {Severity.CRITICAL}


async def test_a_reminder_of_one_night_comes_at_its_time_again_once_the_night_is_given_up(house: House) -> None:
    """What rests on our own verdict never presses, so its last reminder (in the night in which its window ends) is none that may
    wake anybody."""
    house.fetcher.tell(event(3, "PU", leg=Leg.ACCEPTED), event(5, "RETURN", State.RETURNED, Leg.ORIGIN))
    await house.add(numbers=[NUMBER], delivery_due_at=day(90).date().isoformat())
    await house.tick(day(6))
    (reminder,) = [row for row in await rows(house, REF) if ":act_by-6h:" in row.key and row.code == "may_be_open"]
    assert reminder.due_at.time() == time(21, 45)
    await house.warden.change_settings({"quiet_hours": None}, day(6))
    await house.tick(day(6) + HOUR)
    (again,) = [row for row in await rows(house, REF) if row.id == reminder.id]
    assert again.due_at == again.next_at == reminder.helps_until - 6 * HOUR
