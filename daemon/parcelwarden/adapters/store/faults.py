"""SQLite's and the disk's errors as `Unavailable`: what is wrong and what to do. Nothing was half written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parcelwarden.adapters.paths import BACKUPS
from parcelwarden.services.errors import Unavailable

_TEXTS = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space, nothing was written",
    sqlite3.SQLITE_READONLY: "the database cannot be written to; make the file and its directory writable",
    sqlite3.SQLITE_IOERR: "the disk does not read or write the database; check the disk, nothing was written",
    sqlite3.SQLITE_CORRUPT: "the database is damaged; {restore}",
    sqlite3.SQLITE_NOTADB: "the file is no parcelwarden database; {restore}",
    sqlite3.SQLITE_BUSY: "another program holds the database; close it and try again",
    sqlite3.SQLITE_LOCKED: "another program holds the database; close it and try again",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened; check that the directory exists and may be written to",
    sqlite3.SQLITE_PERM: "the database may not be opened; check the permissions of the file",
    sqlite3.SQLITE_NOMEM: "there is no memory left for the database",
}


def damaged(path: Path, text: str = _TEXTS[sqlite3.SQLITE_CORRUPT], why: str = "") -> Unavailable:
    """The fault of a database, on one line; where a copy is to be put back, with the command for the newest one."""
    copies = sorted((path.parent / BACKUPS).glob("*.db"), key=lambda copy: copy.stat().st_mtime)
    name = copies[-1] if copies else "BACKUP"
    restore = f"stop the daemon and run: parcelwarden restore {name}"
    return Unavailable(f"{path}: {text.replace('{restore}', restore)} ({' '.join(why.split())})")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the faults of disk and database into `Unavailable`; a programming error passes as it is."""
    try:
        yield
    except sqlite3.Error as fault:
        text = _TEXTS.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
        if text is None:
            raise
        raise damaged(path, text, str(fault)) from fault
    except OSError as fault:
        raise Unavailable(f"{path}: {fault.strerror or fault}; check the disk and the permissions") from fault
