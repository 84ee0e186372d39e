"""The store: one thread owns the connection, because sqlite-utils loses rows when threads share one
(`TESTING.md` §6.5). Every write unit is one `db.atomic()`, synced to the disk when it returns."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from parcelwarden.adapters.store import copies, files
from parcelwarden.adapters.store.faults import damaged, told
from parcelwarden.adapters.store.migrate import migrate
from parcelwarden.adapters.store.unit import SqlUnit
from parcelwarden.services.ports import Unit

T = TypeVar("T")

LOOK_SECONDS = 0.5
"""How long the start looks for damage: 1,000 orders take 0.02 s."""


def connect(path: Path) -> Database:
    """Open and migrate the database in the calling thread. Raises `Unavailable`."""
    with told(path):
        files.private_directory(path.parent)
        files.private_file(path)
        db = Database(path, execute_plugins=False)
        try:
            db.execute("PRAGMA busy_timeout = 5000")
            db.execute("PRAGMA foreign_keys = ON")
            db.enable_wal()
            db.execute("PRAGMA synchronous = FULL")
            look_through(db, path)
            migrate(db, path)
        except BaseException:
            db.close()
            raise
        return db


def look_through(db: Database, path: Path, seconds: float = LOOK_SECONDS) -> bool:
    """Look for damaged pages, for so long at most; answers whether it came to the end. A larger file is read through
    by `doctor`. Raises `Unavailable` for damage."""
    deadline = time.monotonic() + seconds
    db.conn.set_progress_handler(lambda: time.monotonic() > deadline, 20_000)
    try:
        found = [row[0] for row in db.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError as fault:
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return False
        raise
    finally:
        db.conn.set_progress_handler(None, 0)
    if found != ["ok"]:
        raise damaged(path, why=found[0])
    return True


class SqliteStore:
    """Implements `Store`. Make one with `open`; nothing of it may be used in another way than by its methods."""

    def __init__(self, path: Path, thread: ThreadPoolExecutor, db: Database) -> None:
        self.path = path
        self._thread = thread
        self._db = db
        self._unit = SqlUnit(db)

    @classmethod
    async def open(cls, path: Path) -> SqliteStore:
        """Open, or create, the database. Raises `Unavailable` with what to do."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            db = await asyncio.get_running_loop().run_in_executor(thread, connect, path)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(path, thread, db)

    async def write(self, work: Callable[[Unit], T]) -> T:
        """Run `work` in one transaction: on the disk when it returns, undone when it raises."""
        return await self._run(partial(self._write, work))

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run `work` in the store's thread without a transaction."""
        return await self._run(partial(self._read, work))

    async def backup(self, path: Path) -> copies.Copy:
        """A verified copy of everything committed so far. Raises `Conflict`, `Unavailable`."""
        return await self._run(partial(copies.backup, self._db, path))

    async def close(self) -> None:
        """Finish what was begun, fold the journal into the file, let go of it."""
        try:
            await self._run(self._close)
        finally:
            self._thread.shutdown()

    def _write(self, work: Callable[[Unit], T]) -> T:
        with told(self.path), self._db.atomic():
            return work(self._unit)

    def _read(self, work: Callable[[Unit], T]) -> T:
        with told(self.path):
            return work(self._unit)

    def _close(self) -> None:
        with contextlib.suppress(sqlite3.Error):  # a full disk keeps nobody from letting go
            self._db.execute("PRAGMA optimize")
        self._db.close()

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
