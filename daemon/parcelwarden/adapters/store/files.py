"""The database's files: directory 0700, files 0600, created exclusively, whatever the umask (`SECURITY.md` §8.4)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from parcelwarden.adapters.paths import refuse_link

SUFFIXES = ("", "-wal", "-shm")


def private_directory(path: Path) -> None:
    """Make the directory, for its owner alone. One that is there already is closed to others."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        path.chmod(0o700)


def create(path: Path) -> None:
    """Create an empty file 0600. Raises `FileExistsError`, also for a link that leads nowhere."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        if sys.platform != "win32":
            os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def private_file(path: Path) -> None:
    """Create the database file, or close one that is there to others. SQLite gives -wal and -shm the same mode. Raises
    `UnsafePlace` where a link or anything but a plain file stands in the place of one of them."""
    names = [path.with_name(path.name + suffix) for suffix in SUFFIXES]
    for name in names:
        refuse_link(name)
    try:
        create(path)
    except FileExistsError:
        for name in names:
            if sys.platform != "win32" and name.exists() and name.stat().st_mode & 0o077:
                name.chmod(0o600)


def sync(path: Path) -> None:
    """Wait until the file's content, and that of its directory, is on the disk."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    for target in (path, path.parent):
        if target.is_dir() and sys.platform == "win32":
            continue
        handle = os.open(target, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
