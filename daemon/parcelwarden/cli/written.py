"""Writing the files that a user names: whole or not at all, readable by the owner only, never through a link."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from parcelwarden.cli.failure import Failure


def write_private(file: Path, data: bytes) -> None:
    """Write beside it, then move into place. Ends the command with 1 when the place is a link, a directory or cannot
    be written."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise Failure(f"{file}: it is not a plain file; name another")
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    except OSError as fault:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise Failure(f"{file}: cannot be written: {fault.strerror}") from fault
