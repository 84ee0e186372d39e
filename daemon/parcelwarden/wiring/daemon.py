"""The daemon's life: lock, port, database, API, ticking; and its end within five seconds of SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcelwarden.adapters import memory, sd_notify
from parcelwarden.adapters.config import Config
from parcelwarden.adapters.errors import Held, PortBusy
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.lock import DataLock
from parcelwarden.adapters.logs import set_up_logging
from parcelwarden.adapters.open_files import allow_enough
from parcelwarden.adapters.opener import open_page
from parcelwarden.adapters.paths import DataDir, data_dir, refuse_link
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.runtime_file import Runtime, remove_runtime, write_runtime
from parcelwarden.adapters.scheduler import Scheduler
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.adapters.wall_clock import now as wall_clock
from parcelwarden.api.context import API
from parcelwarden.api.http import ApiServer, bind
from parcelwarden.api.own import Own
from parcelwarden.api.routes import TABLE
from parcelwarden.services.access import Access
from parcelwarden.services.errors import Invalid, ServiceError
from parcelwarden.services.feed import Feed
from parcelwarden.services.noting import NotingStore
from parcelwarden.services.opening import order_page
from parcelwarden.services.tokens import digest, new_token
from parcelwarden.services.warden import Warden
from parcelwarden.wiring.calendar_file import CalendarFile
from parcelwarden.wiring.parts import (
    WatchedStore,
    backing_up,
    make_context,
    make_warden,
    notifiers,
    read_config,
)

if TYPE_CHECKING:
    from parcelwarden.services.ports import Store

log = logging.getLogger(__name__)

LATER = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))
"""How far a note's button puts an alert off: the longest after which acting still helps."""
ENDING = 4.0
"""Seconds for everything at the end but the database."""
CALLERS_FIRST, SETTLED, TIDIED_EVERY = 0.2, 3.0, 300.0
"""Seconds: the first callers are answered before the first tick; the start is over; between two times that memory is
given back."""
HELD = 3.0
"""Seconds in which a command that has the database for a moment is waited for."""


class DaemonWarden(Warden):
    """The verbs, with the scheduler's health beside that of the services, and the buttons of a note."""

    scheduler: Scheduler | None = None
    home: Callable[[], str] | None = None
    """Gives the dashboard's address, good for one login."""
    calendar: CalendarFile | None = None

    async def tick(self, now: datetime) -> datetime | None:
        """As of the services; then the calendar's file is brought in step."""
        following = await super().tick(now)
        if self.calendar:
            await self.calendar.renew(self, now)
        return following

    async def health(self, now: datetime) -> dict[str, Any]:
        """As of the services, and how the ticking is."""
        found = await super().health(now)
        if self.scheduler:
            trouble = self.scheduler.trouble()
            found["scheduler"] = {**asdict(self.scheduler.health), "error": trouble}
            if trouble:
                found["state"] = "degraded"
        if self.calendar and self.calendar.error:
            found.update(calendar=self.calendar.error, state="degraded")
        return found

    async def act(self, alert_id: int, action: str) -> None:
        """What a pressed button asks for; an alert that is settled by now is left alone."""
        now = wall_clock()
        try:
            if action == "ack":
                await self.acknowledge(alert_id, now)
            elif action == "snooze":
                await self._snooze(alert_id, now)
            elif action == "default":
                await self._open(alert_id)
        except ServiceError as fault:
            log.info("the button %s of an alert: %s", action, fault)

    async def _open(self, alert_id: int) -> None:
        """Show the order's page at its shop; where that is not known, the dashboard."""
        alert = await self.store.read(lambda unit: unit.alerts.get(alert_id))
        page = order_page(alert.ref) if alert else None
        if page is None and self.home:
            page = self.home()
        if page:
            await open_page(page)

    async def _snooze(self, alert_id: int, now: datetime) -> None:
        for later in LATER:
            with contextlib.suppress(Invalid):
                await self.snooze(alert_id, now + later, now)
                return


def run_daemon(data: Path | None, config_path: Path | None, port: int | None, say: Callable[[str], None]) -> None:
    """Run until a signal. `say` tells people where it listens. Raises `CannotRun` when it cannot start."""
    config = read_config(config_path)
    set_up_logging(config.log_level)
    allow_enough()
    place = data_dir(data).prepare()
    with _locked(place):
        remove_runtime_of_the_dead(place)
        with _bound(config.port if port is None else port) as listening:
            asyncio.run(_live(place, config, listening, say))


def remove_runtime_of_the_dead(place: DataDir) -> None:
    """With the lock in hand, a `runtime.json` that is a plain file is a killed daemon's. Raises `UnsafePlace` for
    anything else in its place."""
    refuse_link(place.runtime)
    remove_runtime(place.runtime)


@contextlib.contextmanager
def _locked(place: DataDir) -> Any:
    """The lock; a command may have it for a moment, another daemon keeps it. Raises `Held`."""
    deadline = time.monotonic() + HELD
    while True:
        lock = DataLock(place.lock)
        try:
            lock.acquire()
            break
        except Held:
            if place.runtime.exists() or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    try:
        yield lock
    finally:
        lock.release()


def _bound(port: int) -> socket.socket:
    try:
        return bind(port)
    except OSError as fault:
        if fault.errno in (errno.EADDRINUSE, errno.EACCES):
            why = "is in use by another program" if fault.errno == errno.EADDRINUSE else "may not be used by you"
            raise PortBusy(f"port {port} {why}; choose another with --port, or `port` in config.toml") from fault
        raise


async def _live(place: DataDir, config: Config, listening: socket.socket, say: Callable[[str], None]) -> None:
    ended = asyncio.Event()
    _end_on_signals(ended)
    port = listening.getsockname()[1]
    async with _serving(place, config, listening) as warden:
        say(f"parcelwarden listens on http://127.0.0.1:{port}, data in {place.root}")
        say("Let the extension in with `parcelwarden pair`; see the dashboard with `parcelwarden open`.")
        scheduler = warden.scheduler
        assert scheduler  # noqa: S101 - _serving gave it
        tidying = asyncio.create_task(_tidy(), name="memory")
        await asyncio.sleep(CALLERS_FIRST)
        await scheduler.start()
        sd_notify.tell(sd_notify.READY)
        watched = asyncio.create_task(signs_of_life(scheduler), name="signs of life")
        await ended.wait()
        watched.cancel()
        tidying.cancel()
        sd_notify.tell(sd_notify.STOPPING)
        say("Ending.")


async def signs_of_life(scheduler: Scheduler) -> None:
    """Tell a service manager that watches, twice in its time, that ticks come; it starts a stalled daemon anew."""
    seconds = sd_notify.watchdog_seconds()
    while seconds is not None:
        if not scheduler.stalled:
            sd_notify.tell(sd_notify.ALIVE)
        await asyncio.sleep(seconds / 2)


async def _tidy() -> None:
    """Give memory back once the start is over, and now and then."""
    await asyncio.sleep(SETTLED)
    memory.settle()
    while True:
        await asyncio.sleep(TIDIED_EVERY)
        memory.give_back()


@asynccontextmanager
async def _serving(place: DataDir, config: Config, listening: socket.socket) -> AsyncIterator[DaemonWarden]:
    """Everything open, and closed again in the other order; the database last, whatever hangs before it."""
    token = new_token()
    port = listening.getsockname()[1]
    opening = asyncio.create_task(SqliteStore.open(place.database))
    await asyncio.sleep(0)
    try:
        load_rules()
    finally:
        store = await opening
    async with AsyncExitStack() as last:
        last.push_async_callback(store.close)
        access = Access(store, digest(token))
        await access.load()
        async with AsyncExitStack() as stack:
            ending = _Patient(stack)
            feed = Feed()
            warden = await _joined(place, config, NotingStore(store, feed), ending)
            warden.home = lambda: f"{Own(port).page}/#code={access.sessions.issue(wall_clock())[0]}"
            context = make_context(warden, access, config, Own(port), backing_up(store, place), feed)
            server = ApiServer(TABLE, context, wall_clock)
            await server.start(listening)
            ending.later(server.stop)
            write_runtime(place.runtime, Runtime(os.getpid(), port, API, token))
            stack.callback(remove_runtime, place.runtime)
            yield warden


class _Patient:
    """Closes parts in an exit stack, each within its share of the time."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._deadline: float | None = None

    def later(self, close: Callable[[], Any]) -> None:
        """Close this part at the end."""
        self._stack.push_async_callback(self._close, close)

    async def _close(self, close: Callable[[], Any]) -> None:
        loop = asyncio.get_running_loop()
        self._deadline = self._deadline or loop.time() + ENDING
        try:
            async with asyncio.timeout_at(self._deadline):
                await close()
        except Exception as fault:
            log.warning("at the end %s: %s: %s", getattr(close, "__qualname__", close), type(fault).__name__, fault)


async def _joined(place: DataDir, config: Config, store: Store, ending: _Patient) -> DaemonWarden:
    scheduler: Scheduler | None = None
    warden: DaemonWarden | None = None

    def written() -> None:
        if scheduler:
            scheduler.changed()

    async def on_action(alert_id: int, action: str) -> None:
        if warden:
            await warden.act(alert_id, action)

    fetcher, reader = HttpFetcher(keys=config.keys), ReaderProcess()
    channels = notifiers(config, on_action)
    for close in (fetcher.close, reader.close, *(channel.close for channel in channels)):
        ending.later(close)
    warden = make_warden(DaemonWarden, WatchedStore(store, written), config, fetcher, reader, channels)
    ending.later(warden.close)
    warden.calendar = CalendarFile(Path(config.calendar.path)) if config.calendar.path else None
    warden.scheduler = scheduler = Scheduler(warden.tick)
    ending.later(scheduler.stop)
    return warden


def _end_on_signals(ended: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(ended.set))
        else:
            loop.add_signal_handler(name, ended.set)
