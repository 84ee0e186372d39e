"""The demo's world: the real daemon's parts on a street of loopback, in a folder that goes away, at the story's time.

Only two things differ from the daemon: `tick` is called with the story's clock, and the fetcher may reach loopback
and nothing else. Notes are shown in the terminal instead of on the desktop.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.machine_zone import machine_zone
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.demo.policy import LoopbackOnly
from parcelwarden.demo.stories import START, STORIES
from parcelwarden.demo.street import Street
from parcelwarden.services.ports import Note
from parcelwarden.services.routes import Routes
from parcelwarden.services.warden import Options, Warden

CARRIER = "cainiao"
HOST = "global.cainiao.com"


@dataclass(slots=True)
class StoryClock:
    """The time of the story."""

    now: datetime = START


@dataclass(slots=True)
class Terminal:
    """Takes the place of the desktop: hands each note on and confirms it. Implements `Notifier`."""

    shown: Callable[[Note], None]
    name: str = "terminal"

    async def send(self, note: Note) -> bool:
        """Show it."""
        self.shown(note)
        return True

    async def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class World:
    """What a story needs."""

    warden: Warden
    street: Street
    clock: StoryClock


@asynccontextmanager
async def world(shown: Callable[[Note], None]) -> AsyncIterator[World]:
    """Everything open; closed and removed at the end."""
    clock = StoryClock()
    street = Street(STORIES, lambda: clock.now)
    with tempfile.TemporaryDirectory(prefix="parcelwarden-demo-") as folder:
        store = await SqliteStore.open(Path(folder) / "parcelwarden.db")
        await street.open()
        fetcher = HttpFetcher(LoopbackOnly(), hosts={HOST: f"http://127.0.0.1:{street.port}"})
        reader = ReaderProcess()
        options = Options(zone=machine_zone, routes=Routes(ids=lambda: (CARRIER,)))
        warden = Warden(store, load_rules(), fetcher, reader, [Terminal(shown)], load_catalogues(), options)
        try:
            yield World(warden, street, clock)
        finally:
            for close in (warden.close, fetcher.close, reader.close, street.close, store.close):
                await close()
