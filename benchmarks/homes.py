"""Data directories with constructed orders in them, for daemons and services."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.orders import fill
from parcelparsers import source_ids
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.services.routes import Routes
from parcelwarden.services.warden import Options, Warden

MADE_AT = datetime.now(UTC).replace(microsecond=0)
"""The instant at which the orders stand as they were written."""
_grown: dict[int, Path] = {}
_place = tempfile.TemporaryDirectory(prefix="parcelwarden-benchmarks-")


class Cainiao(Routes):
    """Routes on which everything is asked of Cainiao."""

    def __init__(self) -> None:
        super().__init__(ids=lambda: ("cainiao",))


def database(to: Path, orders: int) -> None:
    """A database with so many orders, whose parcels all have a history: a copy of one that grew from a smaller one."""
    if orders not in _grown:
        less = max((count for count in _grown if count < orders), default=0)
        grown = Path(_place.name) / f"{orders}.db"
        if less:
            shutil.copyfile(_grown[less], grown)
        asyncio.run(_filled(grown, less, orders, told=True))
        _grown[orders] = grown
    shutil.copyfile(_grown[orders], to)


def home(folder: Path, orders: int, *, due: bool = False, desktop: bool = False) -> list[str]:
    """A data directory with so many orders; answers the arguments of `run`. `due`: Cainiao is asked, and nothing was
    heard of any parcel yet; else nobody is asked."""
    data = folder / "data"
    data.mkdir(mode=0o700, parents=True)
    if due:
        asyncio.run(_filled(data / "parcelwarden.db", 0, orders, told=False))
    else:
        database(data / "parcelwarden.db", orders)
    disabled = ", ".join(f'"{name}"' for name in source_ids() if not (due and name == "cainiao"))
    config = folder / "config.toml"
    config.write_text(f"[sources]\ndisabled = [{disabled}]\n[desktop]\nenabled = {str(desktop).lower()}\n")
    return ["run", "--port", "0", "--data", str(data), "--config", str(config)]


async def _filled(path: Path, begin: int, end: int, *, told: bool) -> None:
    store = await SqliteStore.open(path)
    try:
        if not begin:
            await _first_tick(store)
        await fill(store, begin, end, MADE_AT, Cainiao(), told=told)
    finally:
        await store.close()


async def _first_tick(store: SqliteStore) -> None:
    """What a first start writes into an empty database: else all orders would be due as after a change of rules."""
    options = Options(routes=Routes(ids=lambda: ()))
    warden = Warden(store, load_rules(), HttpFetcher(), ReaderProcess(), (), load_catalogues(), options)
    await warden.tick(MADE_AT)
    await warden.close()
