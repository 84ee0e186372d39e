"""Memory: what the start costs for a moment is given back, and a long life does not keep what one hour needed."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

_ARENAS = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""


def hold() -> None:
    """No search for garbage while hundreds of modules are imported: nothing of them ever is. Saves about a tenth of
    the start. One heap for all threads: they take turns anyway, and free memory of one serves the other."""
    gc.disable()
    _libc("mallopt", _ARENAS, 1)


def settle() -> None:
    """The start is over: what is there now stays, whatever comes is collected as usual."""
    gc.enable()
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Return free memory to the system, where the C library keeps it (glibc)."""
    _libc("malloc_trim", 0)


def _libc(name: str, *values: int) -> None:
    """Call a function that only glibc has; elsewhere nothing."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), name)(*values)
