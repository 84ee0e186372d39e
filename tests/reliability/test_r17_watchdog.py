"""R17: the scheduler's job vanishes, or ticks no longer come: noticed, mended, and shown red."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from parcelwarden.adapters.scheduler import INTERVAL, JOB, LOOK_AT_CLOCK, Clocks, Scheduler

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """Both clocks, turned by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: START + timedelta(seconds=self.seconds), lambda: 1000 + self.seconds)


async def started(clock: Clock, ticks: list[datetime]) -> Scheduler:
    """A scheduler with APScheduler running that has ticked once."""

    async def tick(now: datetime) -> None:
        ticks.append(now)

    scheduler = Scheduler(tick, clock.clocks)
    await scheduler.start()
    await until(lambda: bool(ticks) and scheduler.health.last_tick_at is not None)
    return scheduler


async def until(holds: object) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


async def test_r17_a_job_that_is_taken_away_is_noticed_within_three_ticks_and_shown() -> None:
    clock, ticks = Clock(), []
    scheduler = await started(clock, ticks)
    assert scheduler.trouble() is None
    scheduler._jobs.remove_job(JOB)
    clock.seconds += LOOK_AT_CLOCK
    scheduler.look_at_clock()
    assert LOOK_AT_CLOCK <= 3 * INTERVAL
    await until(lambda: len(ticks) == 2)
    assert scheduler._jobs.get_job(JOB)
    assert "lost its job" in scheduler.trouble()
    clock.seconds += 3601
    await scheduler.tick_now()
    assert scheduler.trouble() is None
    await scheduler.stop()


async def test_r17_ticks_that_come_no_more_are_shown_after_three() -> None:
    clock, ticks = Clock(), []
    scheduler = await started(clock, ticks)
    await scheduler.stop()
    clock.seconds += 2 * INTERVAL
    assert scheduler.trouble() is None
    clock.seconds += 2 * INTERVAL
    assert "no tick since" in scheduler.trouble()


async def test_r17_a_watch_that_stumbles_goes_on() -> None:
    clock, ticks = Clock(), []
    scheduler = await started(clock, ticks)

    class Broken:
        def get_job(self, name: str) -> None:
            raise RuntimeError("made up")

    jobs, scheduler._jobs = scheduler._jobs, Broken()
    scheduler.watch_once()
    scheduler._jobs = jobs
    jobs.remove_job(JOB)
    scheduler.watch_once()
    assert jobs.get_job(JOB)
    await scheduler.stop()
