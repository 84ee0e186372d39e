"""How many files this process may have open at once, connections counted."""

from __future__ import annotations

import sys

ENOUGH = 1024
"""All connections that are kept, as many that are just coming, and whatever else is open, twice over."""


def allow_enough() -> None:
    """Raise the limit of this process to `ENOUGH`, where the system's own is less (macOS: 256) and may be raised: a flood
    of connections must not leave the database without a file."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
