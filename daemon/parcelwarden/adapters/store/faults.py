"""SQLite's and the disk's errors as `Unavailable`: what is wrong and what to do. Nothing was half written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parcelwarden.services.errors import Unavailable

RESTORE = "stop the daemon and run: parcelwarden restore BACKUP"
_TEXTS = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space, nothing was written",
    sqlite3.SQLITE_READONLY: "the database cannot be written to; make the file and its directory writable",
    sqlite3.SQLITE_IOERR: "the disk does not read or write the database; check the disk, nothing was written",
    sqlite3.SQLITE_CORRUPT: f"the database is damaged; {RESTORE}",
    sqlite3.SQLITE_NOTADB: f"the file is no parcelwarden database; {RESTORE}",
    sqlite3.SQLITE_BUSY: "another program holds the database; close it and try again",
    sqlite3.SQLITE_LOCKED: "another program holds the database; close it and try again",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened; check that the directory exists and may be written to",
    sqlite3.SQLITE_PERM: "the database may not be opened; check the permissions of the file",
    sqlite3.SQLITE_NOMEM: "there is no memory left for the database",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the faults of disk and database into `Unavailable`; a programming error passes as it is."""
    try:
        yield
    except sqlite3.Error as fault:
        text = _TEXTS.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
        if text is None:
            raise
        raise Unavailable(f"{path}: {text} ({fault})") from fault
    except OSError as fault:
        raise Unavailable(f"{path}: {fault.strerror or fault}; check the disk and the permissions") from fault
