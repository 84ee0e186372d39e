"""`DIR/runtime.json`: how a command of the same user reaches the running daemon (DESIGN §4).

The admin token in it is new at each start; the daemon itself keeps only its hash.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from parcelwarden.adapters.errors import UnsafePlace
from parcelwarden.adapters.paths import refuse_link


class Runtime(msgspec.Struct, frozen=True):
    """The running daemon: its process, its port on 127.0.0.1, its API version, the token of scope `admin`."""

    pid: int
    port: int
    api: int
    admin_token: str


def write_runtime(path: Path, runtime: Runtime) -> None:
    """Create the file, readable by its owner only, and move it into place. Only the holder of the lock calls this.

    Raises `UnsafePlace` when a link stands at its place or at that of its draft (SECURITY S16).
    """
    draft = path.with_name(path.name + ".new")
    refuse_link(path)
    refuse_link(draft)
    draft.unlink(missing_ok=True)
    try:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(draft, flags, 0o600)
    except OSError as fault:
        raise UnsafePlace(f"{draft} cannot be created ({fault.strerror}); look who else writes there") from fault
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(runtime))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_runtime(path: Path) -> Runtime | None:
    """What the file says; None when there is none or it is damaged. Raises `UnsafePlace` for a link."""
    refuse_link(path)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Runtime)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def remove_runtime(path: Path) -> None:
    """Take the file away at the end; no error when it is gone."""
    with contextlib.suppress(OSError):
        path.unlink()
