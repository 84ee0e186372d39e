"""S32: in every Python process that a test starts, sockets reach this machine only. Python imports a module of this name
at its start; `support.daemon.environment` puts this folder on the path. `tests/conftest.py` uses it for the test process.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

LOCAL = frozenset({None, "", "localhost", b"localhost"})


class Outbound(AssertionError):
    """A test, or a process that it started, tried to leave the machine."""


def is_local(host: Any) -> bool:
    """Whether a host, name or address, is this machine. No name is looked up to find out."""
    if host in LOCAL:
        return True
    try:
        text = host.decode() if isinstance(host, bytes) else str(host)
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def guarded(call: Callable[..., Any], place: int) -> Callable[..., Any]:
    """The method of a socket, refusing an internet address (its argument at `place`) elsewhere."""

    def checked(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[place] if arguments else None
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and not is_local(address[0]):
            raise Outbound(f"tried to reach {address[0]}")
        return call(self, *arguments)

    return checked


def resolving(call: Callable[..., Any]) -> Callable[..., Any]:
    """A resolver's function, refusing other names than this machine's."""

    def checked(host: Any, *arguments: Any, **named: Any) -> Any:
        if not is_local(host) and not _is_address(host):
            raise Outbound(f"tried to look up {host!r}")
        return call(host, *arguments, **named)

    return checked


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def patches() -> dict[tuple[Any, str], Any]:
    """What stands in the place of what: by owner and name."""
    methods = {"connect": 0, "connect_ex": 0, "sendto": -1}
    found: dict[tuple[Any, str], Any] = {
        (socket.socket, name): guarded(getattr(socket.socket, name), place) for name, place in methods.items()
    }
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        found[socket, name] = resolving(getattr(socket, name))
    return found


def install() -> None:
    """Put the guard up in this process, for good."""
    for (owner, name), made in patches().items():
        setattr(owner, name, made)


if __name__ == "sitecustomize":
    install()
