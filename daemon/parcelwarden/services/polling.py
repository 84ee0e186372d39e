"""Looks at carriers: what is due goes out batched by source, one request a host at a time, as tasks of their own.

`start` never waits for the network. Answers are taken in with the instant at which they were asked; the floor, a
Retry-After and a source's back-off are rows, so that a restart does not forget them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from parcelparsers import Asked, Source
from parcelwarden.services.asking import Asking
from parcelwarden.services.chain import followed
from parcelwarden.services.intake import Intake
from parcelwarden.services.pace import SOON
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.records import Look
from parcelwarden.services.routes import Routes
from parcelwarden.services.taking import take_in
from parcelwarden.services.together import Together

log = logging.getLogger(__name__)

OFF = timedelta(hours=6)
"""How long a look waits whose source nobody asks."""
AT_ONCE = 2000
"""Looks taken up by one tick; the rest follow with the next."""


@dataclass(frozen=True, slots=True)
class _Batch:
    source: Source
    looks: tuple[Look, ...]
    asked_at: datetime


class Polling:
    """Starts looks and takes their answers in."""

    def __init__(self, store: Store, asking: Asking, routes: Routes, intake: Intake) -> None:
        self._store = store
        self._together = Together(store)
        self._asking = asking
        self._routes = routes
        self._intake = intake
        self._waiting: dict[str, deque[_Batch]] = defaultdict(deque)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._busy: set[tuple[int, str]] = set()
        self._paused: dict[str, datetime] = {}
        self._resume: dict[str, datetime | None] = {}

    async def start(self, now: datetime) -> None:
        """Take up what is due and not under way; answers at once."""
        looks, spared = await self._store.read(lambda unit: self._due(unit, now))
        if spared:
            await self._store.write(lambda unit: unit.parcels.update_looks(spared))
        for source, batch in self._batched((look for look in looks if _key(look) not in self._busy), now):
            self._busy.update(map(_key, batch))
            host = source.hosts[0]
            self._waiting[host].append(_Batch(source, tuple(batch), now))
            if host not in self._workers:
                self._workers[host] = asyncio.create_task(self._work(host), name=f"looks at {host}")

    async def settled(self) -> None:
        """Wait until everything that was started has been taken in."""
        while self._workers:
            await asyncio.gather(*self._workers.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop; what was asked and not yet taken in is asked again after the next start."""
        self._waiting.clear()
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _due(self, unit: Unit, now: datetime) -> tuple[list[Look], list[Look]]:
        """What is due, and what may ride along in requests that have room: fewer requests for the same looks; and what
        is put off because a likelier source answers."""
        looks = [look for look in unit.parcels.due(now, AT_ONCE + len(self._busy)) if _key(look) not in self._busy]
        spared = [put_off for look in looks if (put_off := self._spared(unit, look, now))]
        kept = {_key(look) for look in spared}
        looks = [look for look in looks if _key(look) not in kept]
        for source_id, due in Counter(look.source for look in looks).items():
            source = self._routes.pollable(source_id)
            self._resume[source_id] = unit.sources.get(source_id).resume_at
            if source is not None and (spare := -due % source.batch):
                looks += unit.parcels.soon(source_id, now, source.floor, spare)
        return looks, spared

    def _spared(self, unit: Unit, look: Look, now: datetime) -> Look | None:
        """The look put off by a floor, when it would use up the user's quota for what a likelier source tells; put off
        too when its source is switched off, else it would stay due and every second a tick would look at it."""
        source = self._routes.pollable(look.source)
        if source is None:
            return msgspec.structs.replace(look, next_look_at=now + OFF)
        parcel = unit.parcels.get(look.parcel_id) if look.source in self._routes.everywhere else None
        if parcel is None or not followed(parcel, look):
            return None
        return msgspec.structs.replace(look, next_look_at=now + source.floor)

    def _batched(self, looks: Iterable[Look], now: datetime) -> Iterable[tuple[Source, list[Look]]]:
        by_source: dict[str, list[Look]] = defaultdict(list)
        for look in looks:
            by_source[look.source].append(look)
        for source_id, due in by_source.items():
            source = self._routes.pollable(source_id)
            if source is None or now < self._paused.get(source_id, now):
                continue
            rest = iter(due)
            while batch := list(islice(rest, source.batch)):
                yield source, batch

    async def _work(self, host: str) -> None:
        """One request after the other at this host, until nothing waits. While a good answer is written the next is
        asked for; any other is written first, since it may say to let the source be."""
        try:
            async with asyncio.TaskGroup() as looks:
                last: asyncio.Task[None] | None = None
                while batches := self._waiting.get(host):
                    before, asked = last, asyncio.Event()
                    last = looks.create_task(self._look(batches.popleft(), asked), name=f"a look at {host}")
                    await asked.wait()
                    if before is not None:
                        await before
                    if not batches:
                        await last
        finally:
            for left in self._waiting.pop(host, ()):
                self._busy.difference_update(map(_key, left.looks))
            self._workers.pop(host, None)

    async def _look(self, batch: _Batch, asked: asyncio.Event) -> None:
        """One request and what came of it; `asked` is set when the next may go out."""
        try:
            await self._asked_and_taken(batch, asked)
        except Exception:
            self._paused[batch.source.id] = batch.asked_at + SOON
            log.exception("a look at %s could not be taken in; it is tried again later", batch.source.id)
        finally:
            self._busy.difference_update(map(_key, batch.looks))
            asked.set()

    async def _asked_and_taken(self, batch: _Batch, asked: asyncio.Event) -> None:
        source = batch.source
        resume_at = self._resume.get(source.id)
        if resume_at is not None and resume_at > batch.asked_at:
            await self._store.write(lambda unit: unit.parcels.hold(source.id, resume_at))
            return
        numbers = tuple(dict.fromkeys(look.number for look in batch.looks))
        result = await self._asking.ask(source, Asked(numbers), batch.asked_at)
        if result.attempt.good:
            asked.set()
        self._resume[source.id] = await self._together.write(
            lambda unit: take_in(unit, self._intake, source, batch.looks, result, batch.asked_at).resume_at,
            len(batch.looks),
        )


def _key(look: Look) -> tuple[int, str]:
    return look.parcel_id, look.source
