"""The routes on the database itself, for a command that runs while no daemon does. Loads neither HTTP nor network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from parcelparsers import Request, Source
from parcelwarden.adapters.config import Config
from parcelwarden.adapters.paths import DataDir
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.adapters.wall_clock import now as wall_clock
from parcelwarden.api.context import Context
from parcelwarden.api.local import call
from parcelwarden.api.own import Own
from parcelwarden.api.routes import TABLE
from parcelwarden.services.access import Access
from parcelwarden.services.ports import Answer, FetchFailed
from parcelwarden.services.warden import Warden
from parcelwarden.wiring.parts import backing_up, make_context, make_warden, read_config


class Nobody:
    """Stands where the fetcher would: a lone command asks no carrier. Implements `Fetcher`."""

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer:
        """Raises `FetchFailed`."""
        raise FetchFailed("refused", "no carrier is asked while no daemon runs")


class Local:
    """The open database with everything on it. The caller holds the lock."""

    def __init__(self, place: DataDir, config: Config) -> None:
        self._runner = asyncio.Runner()
        try:
            self._runner.run(self._open(place, config))
        except BaseException:
            self._runner.close()
            raise

    def request(self, method: str, path: str, query: Mapping[str, Sequence[str]], body: Any) -> tuple[int, Any]:
        """Answer one call as its owner: status and decoded JSON (None: no body)."""
        return self._runner.run(call(TABLE, self._context, method, path, query, body, wall_clock()))

    def close(self) -> None:
        """End what was started and close the database."""
        try:
            self._runner.run(self._close())
        finally:
            self._runner.close()

    async def _open(self, place: DataDir, config: Config) -> None:
        self._store = await SqliteStore.open(place.database)
        self._reader = ReaderProcess()
        access = Access(self._store)
        await access.load()
        self._warden = make_warden(Warden, self._store, config, Nobody(), self._reader, ())
        back_up = backing_up(self._store, place)
        self._context: Context = make_context(self._warden, access, config, Own(config.port), back_up)

    async def _close(self) -> None:
        await self._warden.close()
        await self._reader.close()
        await self._store.close()


def open_local(place: DataDir, config: Path | None) -> Local:
    """Open the database of a data directory. Raises `CannotRun`, `Unavailable`."""
    return Local(place, read_config(config))
