"""Verified copies of the database: before a migration, by `backup`, and back by `restore`."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from parcelwarden.adapters.store import files
from parcelwarden.adapters.store.faults import told
from parcelwarden.services.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read back: where it is, its version, how many orders, parcels and alerts it holds."""

    path: Path
    version: int
    orders: int
    parcels: int
    alerts: int


def verify(path: Path) -> Copy:
    """Read a copy through: its integrity, version, counts. Raises `Invalid` when it is no sound database of ours."""
    if not path.is_file():
        raise Invalid(f"{path}: there is no such file", field="backup")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            damage = [row[0] for row in conn.execute("PRAGMA integrity_check(3)")]
            if damage != ["ok"]:
                raise Invalid(f"{path}: damaged: {'; '.join(damage)}", field="backup")
            counts = [
                conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("orders", "parcels", "alerts")
            ]
            return Copy(path, conn.execute("PRAGMA user_version").fetchone()[0], *counts)
    except sqlite3.Error as fault:
        raise Invalid(f"{path}: not a sound parcelwarden database ({fault})", field="backup") from fault


def _aside(path: Path) -> Path:
    """A fresh private file beside `path`, to be renamed into its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    files.create(part)
    return part


def _copied(source: sqlite3.Connection, part: Path) -> Copy:
    with closing(sqlite3.connect(part)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    return verify(part)


def backup(db: Database, path: Path, *, replace: bool = False) -> Copy:
    """Copy the open database to `path` by SQLite's backup, read the copy back, then rename it into place.

    Raises `Conflict` where a file stands already (unless `replace`), `Unavailable` for disk faults.
    """
    if path.exists() and not replace:
        raise Conflict(f"{path}: there is a file already; name another", field="path")
    with told(path):
        part = _aside(path)
        try:
            copy = _copied(db.conn, part)
            files.sync(part)
            part.replace(path)
            files.sync(path)
        finally:
            part.unlink(missing_ok=True)
    return Copy(path, copy.version, copy.orders, copy.parcels, copy.alerts)


def restore(source: Path, path: Path) -> Copy:
    """Put a verified copy of `source` in the place of the database `path`, which nobody may hold open. What stood there
    is kept beside it as `….before-restore`. Raises `Invalid` for a bad copy, then nothing was touched."""
    verify(source)
    with told(path):
        files.private_directory(path.parent)
        part = _aside(path)
        try:
            with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as conn:
                copy = _copied(conn, part)
            files.sync(part)
            _set_aside(path)
            part.replace(path)
            files.sync(path)
        finally:
            part.unlink(missing_ok=True)
    return Copy(path, copy.version, copy.orders, copy.parcels, copy.alerts)


def _set_aside(path: Path) -> None:
    """Rename the old database with its journal, so that no old journal is played into the new file."""
    kept = path.with_name(path.name + ".before-restore")
    for suffix in reversed(files.SUFFIXES):
        old = path.with_name(path.name + suffix)
        new = kept.with_name(kept.name + suffix)
        new.unlink(missing_ok=True)
        if old.exists():
            old.replace(new)
