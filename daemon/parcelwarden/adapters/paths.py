"""Where things are: the data directory (0700) with its fixed file names, and the configuration file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from parcelwarden.adapters.errors import UnsafePlace

NAME = "parcelwarden"
BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class DataDir:
    """The data directory. Only the daemon or a command that holds `lock` opens `database`."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "parcelwarden.db"

    @property
    def lock(self) -> Path:
        """Locked while a process uses the database."""
        return self.root / "lock"

    @property
    def runtime(self) -> Path:
        """How a command reaches the running daemon; there while it runs."""
        return self.root / "runtime.json"

    @property
    def backups(self) -> Path:
        """Where copies of the database are put unless told otherwise."""
        return self.root / BACKUPS

    def prepare(self) -> DataDir:
        """Make the directory, closed to others. Raises `UnsafePlace` where that cannot be had."""
        make_private(self.root)
        return self


def data_dir(chosen: Path | None = None) -> DataDir:
    """The chosen directory, or the platform's own for user data."""
    place = chosen or Path(platformdirs.user_data_dir(NAME, appauthor=False))
    return DataDir(place.expanduser().absolute())


def config_file(chosen: Path | None = None) -> Path:
    """The chosen file, or `config.toml` in the platform's directory for user configuration."""
    return chosen or Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "config.toml"


def make_private(folder: Path) -> None:
    """Make a directory that only its owner can enter, whatever the umask. Raises `UnsafePlace`."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
        if hasattr(os, "getuid") and found.st_uid != os.getuid():
            raise UnsafePlace(f"{folder} belongs to another user; choose a directory of your own with --data")
        if stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as fault:
        raise UnsafePlace(
            f"the data directory {folder} cannot be used ({fault.strerror}); choose another with --data"
        ) from fault


def refuse_link(path: Path) -> None:
    """Raise `UnsafePlace` when the file is a link or no plain file: somebody could be swapping it."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise UnsafePlace(f"{path} is not a plain file; remove it and start again")
