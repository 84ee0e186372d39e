"""Calls `tick(now)`: one interval job, a wake-up when the next instant of interest is nearer, a watch on the clock.

Nothing is planned here: what is due is rows. A job for each deadline would be dropped when it came a second late
(SECURITY §6.1), and after a suspend the monotonic timer of the loop knows nothing of the hours that passed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from parcelwarden.adapters import wall_clock

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

INTERVAL = 30.0
"""Seconds between ticks when nothing is nearer (at most 60 by SECURITY §6.1)."""
LOOK_AT_CLOCK = 5.0
"""Seconds between two looks at the clocks."""
JUMP = 90.0
"""Seconds by which wall and monotonic clock may drift apart between looks before it is a jump."""
AFTER_CHANGE = 0.5
"""Seconds from a change to its tick: changes in a row are one tick."""
STALLED = 3
"""Intervals without a tick after which the ticking counts as stalled (R17)."""
REMEMBERED = timedelta(hours=1)
"""How long a lost job is shown as trouble after it was put back."""
JOB = "tick"

Tick = Callable[[datetime], Awaitable[datetime | None]]


@dataclass(slots=True)
class SchedulerHealth:
    """How the ticking is: the last tick that ended well, and what went wrong since."""

    last_tick_at: datetime | None = None
    failures: int = 0
    missed: int = 0
    jumps: int = 0
    lost_jobs: int = 0
    lost_at: datetime | None = None
    error: str | None = None


@dataclass(slots=True)
class Clocks:
    """The two clocks, so that a test can turn them."""

    wall: Callable[[], datetime] = wall_clock.now
    monotonic: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class JumpWatch:
    """Compares the clocks: `jumped()` is True once for each time the wall clock leaves the monotonic by > 90 s."""

    clocks: Clocks
    _offset: float = field(init=False)

    def __post_init__(self) -> None:
        self._offset = self._apart()

    def _apart(self) -> float:
        return self.clocks.wall().timestamp() - self.clocks.monotonic()

    def jumped(self) -> bool:
        """Look once."""
        apart = self._apart()
        if abs(apart - self._offset) <= JUMP:
            return False
        self._offset = apart
        return True


class Scheduler:
    """Ticks every 30 s, at once when told that something changed, early when the next instant is near.

    Ticks never overlap: a wake-up during a tick makes one more tick after it.
    """

    def __init__(self, tick: Tick, clocks: Clocks | None = None) -> None:
        self.health = SchedulerHealth()
        self._tick = tick
        self._clocks = clocks or Clocks()
        self._watch = JumpWatch(self._clocks)
        self._alive_at = self._clocks.monotonic()
        self._running = asyncio.Lock()
        self._early: asyncio.TimerHandle | None = None
        self._watching: asyncio.Task[None] | None = None
        self._woken: asyncio.Task[None] | None = None
        self._again = False
        self._changed = False
        self._jobs: AsyncIOScheduler | None = None

    async def start(self) -> None:
        """Tick once (the sweep at start), then keep ticking. APScheduler is imported here, beside the loop, so that the
        first callers need not wait for it."""
        self.wake()
        self._watching = asyncio.create_task(self._watch_clock(), name="clock watch")
        events = await asyncio.to_thread(_import_apscheduler)
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._jobs = AsyncIOScheduler(timezone="UTC")
        self._jobs.add_listener(self._on_trouble, events)
        self._jobs.start()
        self._put_job()

    async def stop(self) -> None:
        """Stop ticking; a tick under way is let end by its caller's patience, not cut here."""
        if self._early:
            self._early.cancel()
        for task in (self._watching, self._woken):
            if task:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        if self._jobs and self._jobs.running:
            self._jobs.shutdown(wait=False)

    def wake(self) -> None:
        """Something changed: tick as soon as the loop is free."""
        if self._woken and not self._woken.done():
            self._again = True
            return
        self._woken = asyncio.get_running_loop().create_task(self._wake(), name="tick on wake")

    def changed(self) -> None:
        """Something was written: tick soon. A tick that writes is followed by one more, a second later."""
        self._changed = True
        if not self._running.locked():
            self._early_in(AFTER_CHANGE)

    async def tick_now(self) -> None:
        """One tick with the wall clock; raises what the tick raises, after noting it in the health."""
        async with self._running:
            now = self._clocks.wall()
            self._changed = False
            try:
                next_at = await self._tick(now)
            except Exception as fault:
                self.health.failures += 1
                self.health.error = f"{type(fault).__name__}: {fault}"
                raise
            self.health.last_tick_at = now
            self.health.error = None
            self._alive_at = self._clocks.monotonic()
            self._plan(next_at)

    async def _wake(self) -> None:
        while True:
            self._again = False
            try:
                await self.tick_now()
            except Exception:
                log.exception("a tick failed; the next one tries again")
            if not self._again:
                return

    def _plan(self, next_at: datetime | None) -> None:
        if self._early:
            self._early.cancel()
            self._early = None
        if next_at is not None:
            self._early_in((next_at - self._clocks.wall()).total_seconds())
        if self._changed:
            self._early_in(2 * AFTER_CHANGE)

    def _early_in(self, seconds: float) -> None:
        """Wake up in so many seconds, unless that is planned for sooner or left to the interval."""
        loop = asyncio.get_running_loop()
        at = loop.time() + max(seconds, 0.05)
        if seconds >= INTERVAL or (self._early and self._early.when() <= at):
            return
        if self._early:
            self._early.cancel()
        self._early = loop.call_later(max(seconds, 0.05), self._wake_early)

    def _wake_early(self) -> None:
        self._early = None
        self.wake()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_CLOCK)
            self.watch_once()

    def watch_once(self) -> None:
        """Look at clocks and job; what goes wrong with that does not end the watch."""
        try:
            self.look_at_clock()
        except Exception as fault:
            self.health.error = f"{type(fault).__name__}: {fault}"
            log.exception("the watch on the clock stumbled; it looks again")

    @property
    def stalled(self) -> bool:
        """Whether ticks come no more, or none ends well, by the clock that stands still in a suspend."""
        return self._clocks.monotonic() - self._alive_at > STALLED * INTERVAL

    def trouble(self) -> str | None:
        """What ails the ticking, None when all is well."""
        health = self.health
        if health.error:
            return health.error
        if self.stalled:
            since = f"{health.last_tick_at:%Y-%m-%d %H:%M:%S} UTC" if health.last_tick_at else "the start"
            return f"no tick since {since}; restart the daemon"
        if health.lost_at and self._clocks.wall() - health.lost_at < REMEMBERED:
            return "the scheduler had lost its job; it has a new one"
        return None

    def look_at_clock(self) -> None:
        """Look once at the clocks and the job: after a jump, or when the job is gone (R17), tick at once."""
        gone = self._jobs is not None and self._jobs.get_job(JOB) is None
        jumped = self._watch.jumped()
        if gone:
            self.health.lost_jobs += 1
            self.health.lost_at = self._clocks.wall()
            log.error("the scheduler had lost its job; it has a new one")
        if jumped:
            self.health.jumps += 1
            log.info("the clock jumped; looking at everything that is due")
        if gone or jumped:
            self._put_job()
            self.wake()

    def _put_job(self) -> None:
        """Put the one job in place, anew after a jump: its next run may lie as far ahead as the clock went back."""
        if self._jobs:
            self._jobs.add_job(
                self.tick_now,
                "interval",
                seconds=INTERVAL,
                id=JOB,
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def _on_trouble(self, event: Any) -> None:
        if getattr(event, "exception", None) is None:
            self.health.missed += 1


def _import_apscheduler() -> int:
    """Import it; the mask of the events that say trouble."""
    import apscheduler.schedulers.asyncio  # noqa: F401
    from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED

    mask: int = EVENT_JOB_ERROR | EVENT_JOB_MISSED
    return mask
