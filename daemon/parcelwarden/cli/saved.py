"""Reading the files that a user names."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from parcelwarden.cli.failure import Failure


def read_saved(file: Path, most: int) -> bytes:
    """The bytes of a plain file, or of standard input for `-`. Ends the command with 1 for what cannot be read, with
    the reason; devices, pipes and links to them are no files (SECURITY S39)."""
    if str(file) == "-":
        data = sys.stdin.buffer.read(most + 1)
    else:
        data = _read(file, most)
    if len(data) > most:
        raise Failure(f"{file}: larger than {most // 1024 // 1024} MiB; save only the page itself")
    return data


def _read(file: Path, most: int) -> bytes:
    try:
        mode = file.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = "a directory" if stat.S_ISDIR(mode) else "a link" if stat.S_ISLNK(mode) else "not a plain file"
            raise Failure(f"{file}: it is {what}; name a saved file")
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
        raise Failure(f"{file}: cannot be read: {why}") from fault
