"""Brings a database to this version: numbered SQL files, each in one transaction with its `user_version`, each after a
backup beside the database. A kill at any point leaves the version before or the one after, never between."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from parcelwarden.adapters.store.copies import backup
from parcelwarden.services.errors import Unavailable

Migration = tuple[int, str, str]
"""Number, name, SQL."""


def migrations() -> list[Migration]:
    """The SQL files of this package, by number: `0001_first.sql` leads to version 1."""
    folder = files("parcelwarden.adapters.store") / "migrations"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return [(int(entry.name[:4]), entry.name, entry.read_text("utf-8")) for entry in found]


def version(db: Database) -> int:
    """The database's `user_version`; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database, path: Path, steps: list[Migration] | None = None) -> list[Path]:
    """Apply what is missing; answers the backups made, none for a new database. Raises `Unavailable` for a
    database of a newer version."""
    steps = migrations() if steps is None else steps
    have, newest = version(db), steps[-1][0]
    if have > newest:
        raise Unavailable(
            f"{path}: written by a newer parcelwarden (version {have} of the database, this program knows {newest}); "
            f"install the newer program, or restore a backup of version {newest}: parcelwarden restore BACKUP"
        )
    made = []
    new = have == 0
    for number, _name, sql in steps:
        if number <= have:
            continue
        if not new:
            made.append(backup(db, path.with_name(f"{path.name}.v{have}.bak"), replace=True).path)
        with db.atomic():
            db.executescript(sql)
            db.execute(f"PRAGMA user_version = {number}")
        have = number
    return made
