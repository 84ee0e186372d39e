"""Data directories with constructed orders in them, for daemons and services."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.orders import fill
from parcelparsers import source_ids
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.services.routes import Routes


class Cainiao(Routes):
    """Routes on which everything is asked of Cainiao."""

    def __init__(self) -> None:
        super().__init__(ids=lambda: ("cainiao",))


def home(folder: Path, orders: int, *, asks: bool = False, desktop: bool = False, told: bool = True) -> list[str]:
    """A data directory with so many orders as of now; answers the arguments of `run`. `asks`: Cainiao is asked, and
    all parcels are due."""
    data = folder / "data"
    data.mkdir(mode=0o700, parents=True)
    asyncio.run(_filled(data / "parcelwarden.db", orders, told))
    disabled = ", ".join(f'"{name}"' for name in source_ids() if not (asks and name == "cainiao"))
    config = folder / "config.toml"
    config.write_text(f"[sources]\ndisabled = [{disabled}]\n[desktop]\nenabled = {str(desktop).lower()}\n")
    return ["run", "--port", "0", "--data", str(data), "--config", str(config)]


async def _filled(path: Path, orders: int, told: bool) -> None:
    store = await SqliteStore.open(path)
    try:
        await fill(store, 0, orders, datetime.now(UTC).replace(microsecond=0), Cainiao(), told=told)
    finally:
        await store.close()
