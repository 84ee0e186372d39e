"""The real services on a real file, in a process that can die: it drops what it knows and its open transaction, and is
started anew from the file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.domain.messages import Catalogue
from parcelwarden.domain.messages.catalogue import Units, template
from parcelwarden.domain.rules import Rules
from parcelwarden.services.feed import Feed
from parcelwarden.services.noting import NotingStore
from parcelwarden.services.ports import Fetcher, Notifier, Reader, Store, Unit
from parcelwarden.services.routes import Routes
from parcelwarden.services.warden import Options, Warden
from parcelwarden.simulate import wire
from parcelwarden.simulate.carrier import CARRIER

T = TypeVar("T")


class Crashed(Exception):
    """The process died."""


class Dying(BaseException):
    """Raised where the process dies; nothing but the world catches it."""


class Mortal:
    """A store whose process may die at a write: in the middle of it, so that it is rolled back, or just after it.
    Implements `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.fatal: int | None = None
        self.dead = False
        self.written = False

    async def write(self, work: Callable[[Unit], T]) -> T:
        """As the store does, until it dies."""
        self._alive()
        self.written = True
        if self.fatal is None:
            return await self._store.write(work)
        self.fatal -= 1
        if self.fatal >= 0:
            return await self._store.write(work)
        with contextlib.suppress(Crashed):
            await self._store.write(lambda unit: _cut(work, unit))
        self.dead = True
        raise Dying

    async def read(self, work: Callable[[Unit], T]) -> T:
        """As the store does."""
        self._alive()
        return await self._store.read(work)

    async def close(self) -> None:
        """As the store does."""
        await self._store.close()

    def _alive(self) -> None:
        if self.dead:
            raise Dying


def _cut(work: Callable[[Unit], Any], unit: Unit) -> None:
    work(unit)
    raise Crashed


@cache
def shipped() -> tuple[Rules, dict[str, Catalogue]]:
    """The rules that are shipped, and a catalogue with their codes that a program reads back."""
    english = load_catalogues()["en"]
    texts = {code: template(wire.template(code)) for code in english.texts}
    frame = {**wire.FRAME, "units": Units(**dict.fromkeys(Units.__struct_fields__, ("", "")))}
    return load_rules(), {"en": msgspec.structs.replace(english, texts=texts, remarks={}, words={}, **frame)}


class House:
    """The process and its file."""

    def __init__(self, path: Path, zone: str, fetcher: Fetcher, reader: Reader, channels: Sequence[Notifier]) -> None:
        self._path = path
        self._zone = ZoneInfo(zone)
        self._outside = fetcher, reader, channels
        self.warden: Warden
        self.store: Mortal

    async def open(self) -> None:
        """Start the services from the file."""
        self.store = Mortal(await SqliteStore.open(self._path))
        rules, catalogues = shipped()
        options = Options(zone=lambda: self._zone, routes=Routes(ids=lambda: (CARRIER,)))
        self.warden = Warden(NotingStore(self.store, Feed()), rules, *self._outside, catalogues, options)

    async def close(self) -> None:
        """Stop them, in order or after a death."""
        await self.warden.close()
        await self.store.close()
