"""The names by which the daemon may be called: three hosts with its port, compared as whole strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_EXTENSION = re.compile(r"(?:chrome|moz)-extension://[a-z0-9-]{1,64}")


@dataclass(frozen=True)
class Own:
    """Our own names at a port."""

    port: int

    @cached_property
    def hosts(self) -> frozenset[str]:
        """What `Host` may be, in lower case."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @cached_property
    def origins(self) -> frozenset[str]:
        """What `Origin` is on a page that we served."""
        return frozenset(f"http://{host}" for host in self.hosts)

    @property
    def page(self) -> str:
        """The Origin under which the dashboard is opened."""
        return f"http://127.0.0.1:{self.port}"


def is_extension(origin: str) -> bool:
    """Whether an Origin is that of a browser extension; never http(s), never `null`."""
    return _EXTENSION.fullmatch(origin) is not None
