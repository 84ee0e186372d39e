"""Twenty carriers as sources: each Cainiao's reader under its own name at its own host, and the services that ask them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from parcelparsers import Asked, Request, Source
from parcelparsers import source as known
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.demo.policy import LoopbackOnly
from parcelwarden.services.asking import Asking
from parcelwarden.services.attaching import Attaching
from parcelwarden.services.feed import Feed
from parcelwarden.services.intake import Intake
from parcelwarden.services.noting import NotingStore
from parcelwarden.services.polling import Polling
from parcelwarden.services.ports import Store
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.routes import Routes
from parcelwarden.services.trace import Trace

CAINIAO = "global.cainiao.com"


def carrier(n: int) -> Source:
    """The n-th carrier: one number a request, so that nothing is saved by asking for many at once."""
    base, host = known("cainiao"), f"carrier{n:02}.example"

    def ask(asked: Asked) -> tuple[Request, ...]:
        assert base.ask
        return tuple(replace(each, url=each.url.replace(CAINIAO, host)) for each in base.ask(asked))

    return replace(base, id=f"carrier{n:02}", hosts=(host,), ask=ask, batch=1)


class Shared(Routes):
    """Routes that share the parcels out among some carriers, by their numbers."""

    def __init__(self, carriers: Sequence[Source]) -> None:
        found = {each.id: each for each in carriers}
        super().__init__(found.__getitem__, lambda: found)
        self._carriers = tuple(carriers)

    def chain(self, trace: Trace) -> list[Source]:
        """The one that carries it."""
        return [self._carriers[int(trace.number[2:]) % len(self._carriers)]]


@dataclass
class Polled:
    """The daemon's polling on real parts."""

    store: Store
    polling: Polling

    async def until_nothing_is_due(self, now: datetime) -> None:
        """Ask for everything that is due, as often as ticks would."""
        while True:
            await self.polling.start(now)
            await self.polling.settled()
            due = await self.store.read(lambda unit: unit.parcels.next_look_at())
            if due is None or due > now:
                return


@asynccontextmanager
async def polled(database: Path, routes: Shared, ports: Sequence[int]) -> AsyncIterator[Polled]:
    """Everything open as the daemon opens it; closed on leaving."""
    raw = await SqliteStore.open(database)
    store = NotingStore(raw, Feed())
    hosts = {f"carrier{n:02}.example": f"http://127.0.0.1:{port}" for n, port in enumerate(ports)}
    fetcher, reader = HttpFetcher(LoopbackOnly(), hosts=hosts), ReaderProcess()
    intake = Intake(routes, Attaching(routes), Reassessing(load_rules()))
    polling = Polling(store, Asking(fetcher, reader), routes, intake)
    try:
        yield Polled(store, polling)
    finally:
        for close in (polling.close, fetcher.close, reader.close, raw.close):
            await close()
