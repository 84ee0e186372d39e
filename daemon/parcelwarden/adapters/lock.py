"""One process a data directory: an exclusive lock on `DIR/lock`, let go by the system when the process ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType

from parcelwarden.adapters.errors import Held
from parcelwarden.adapters.paths import refuse_link

if sys.platform == "win32":  # pragma: no cover - not run on this machine
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DataLock:
    """The exclusive right to a data directory. A context manager; taking it twice in one process is refused too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock at once. Raises `Held` when another process has it, `UnsafePlace` for a link."""
        refuse_link(self._path)
        flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self._path, flags, 0o600)
        try:
            _take(handle)
        except OSError as fault:
            os.close(handle)
            raise Held(f"{self._path.parent} is in use by another parcelwarden; stop that one first") from fault
        self._handle = handle

    def release(self) -> None:
        """Let go. Safe to call twice."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None

    def __enter__(self) -> DataLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
