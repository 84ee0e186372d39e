"""The scheduler only ticks: at start, when woken, when the next instant is near, after a jump of the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from parcelwarden.adapters.scheduler import JOB, Clocks, JumpWatch, Scheduler

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Turned:
    """Two clocks that stand until they are turned."""

    def __init__(self) -> None:
        self.at = START
        self.run = 1000.0

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.run += seconds

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.at, lambda: self.run)


class Ticks:
    """Notes each tick; `next_at` is what it answers, `fault` what it raises."""

    def __init__(self) -> None:
        self.at: list[datetime] = []
        self.next_at: datetime | None = None
        self.fault: Exception | None = None
        self.happened = asyncio.Condition()
        self.at_once = 0
        self.most_at_once = 0

    async def __call__(self, now: datetime) -> datetime | None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        self.at.append(now)
        async with self.happened:
            self.happened.notify_all()
        if self.fault:
            raise self.fault
        return self.next_at

    async def reach(self, count: int) -> None:
        """Well before the interval of 30 s would bring a tick by itself."""
        async with asyncio.timeout(20), self.happened:
            await self.happened.wait_for(lambda: len(self.at) >= count)


@pytest.fixture
def turned() -> Turned:
    return Turned()


@pytest.fixture
async def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
async def scheduler(turned: Turned, ticks: Ticks) -> AsyncIterator[Scheduler]:
    one = Scheduler(ticks, turned.clocks)
    await one.start()
    await ticks.reach(1)
    yield one
    await one.stop()


async def test_it_ticks_at_start(scheduler: Scheduler, ticks: Ticks) -> None:
    assert ticks.at == [START]
    await asyncio.sleep(0)
    assert scheduler.health.last_tick_at == START


async def test_there_is_one_job_that_is_never_dropped(scheduler: Scheduler) -> None:
    assert scheduler._jobs
    (job,) = scheduler._jobs.get_jobs()
    assert (job.id, job.misfire_grace_time, job.coalesce, job.max_instances) == (JOB, None, True, 1)
    assert job.trigger.interval <= timedelta(seconds=60)


async def test_a_wake_up_ticks_and_ticks_never_overlap(scheduler: Scheduler, ticks: Ticks) -> None:
    for _ in range(5):
        scheduler.wake()
    await ticks.reach(2)
    await asyncio.gather(scheduler.tick_now(), scheduler.tick_now())
    assert ticks.most_at_once == 1


async def test_a_near_instant_is_ticked_early(scheduler: Scheduler, ticks: Ticks, turned: Turned) -> None:
    ticks.next_at = turned.at + timedelta(milliseconds=60)
    scheduler.wake()
    await ticks.reach(3)


async def test_a_far_instant_waits_for_the_interval(scheduler: Scheduler, ticks: Ticks, turned: Turned) -> None:
    ticks.next_at = turned.at + timedelta(hours=1)
    await scheduler.tick_now()
    assert scheduler._early is None


@pytest.mark.parametrize("seconds", [91.0, 9 * 3600.0, -2 * 86400.0, 10 * 86400.0])
async def test_a_jump_ticks_at_once(scheduler: Scheduler, ticks: Ticks, turned: Turned, seconds: float) -> None:
    turned.at += timedelta(seconds=seconds)
    scheduler.look_at_clock()
    await ticks.reach(2)
    assert scheduler.health.jumps == 1
    scheduler.look_at_clock()
    assert scheduler.health.jumps == 1


def test_time_that_passes_is_no_jump(turned: Turned) -> None:
    watch = JumpWatch(turned.clocks)
    turned.pass_by(86400)
    assert not watch.jumped()
    turned.at += timedelta(seconds=89)
    assert not watch.jumped()


async def test_a_tick_that_fails_is_noted_and_tried_again(
    scheduler: Scheduler, ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    ticks.fault = RuntimeError("disk full")
    scheduler.wake()
    await ticks.reach(2)
    await asyncio.sleep(0)
    assert scheduler.health.failures == 1
    assert scheduler.health.error == "RuntimeError: disk full"
    ticks.fault = None
    await scheduler.tick_now()
    assert scheduler.health.error is None


async def test_a_job_that_was_taken_away_is_put_back(
    scheduler: Scheduler, ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    assert scheduler._jobs
    scheduler._jobs.remove_job(JOB)
    scheduler.look_at_clock()
    await ticks.reach(2)
    assert scheduler._jobs.get_job(JOB)
    assert scheduler.health.lost_jobs == 1


async def test_a_change_is_ticked_soon_and_changes_in_a_row_once(scheduler: Scheduler, ticks: Ticks) -> None:
    scheduler.changed()
    first = scheduler._early
    scheduler.changed()
    assert first is not None
    assert scheduler._early is first
    assert first.when() <= asyncio.get_running_loop().time() + 1
    await ticks.reach(2)


async def test_a_tick_that_writes_is_followed_by_one_more_not_by_a_storm(
    scheduler: Scheduler, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def writing(now: datetime) -> None:
        scheduler.changed()

    scheduler._tick = writing
    await scheduler.tick_now()
    assert scheduler._early
    assert scheduler._early.when() > asyncio.get_running_loop().time() + 0.5
