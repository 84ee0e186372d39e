"""Tells the service manager how the daemon is: one datagram to the socket that it named (sd_notify(3)).

Does nothing where no manager asks for it.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

log = logging.getLogger(__name__)

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"


def tell(word: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Send a word; answers whether it was sent. A name that begins with `@` is in Linux's abstract namespace."""
    name = environment.get("NOTIFY_SOCKET", "")
    if name[:1] not in ("/", "@") or not hasattr(socket, "AF_UNIX"):
        return False
    address = "\0" + name[1:] if name.startswith("@") else name
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(word.encode(), address)
    except OSError as fault:
        log.warning("the service manager at %s cannot be told %s: %s", name, word, fault)
        return False
    return True


def watchdog_seconds(environment: Mapping[str, str] = os.environ) -> float | None:
    """Within what time the manager wants to hear `ALIVE` of this process; None where it does not watch."""
    text, pid = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID")
    if not text.isascii() or not text.isdigit() or (pid and pid != str(os.getpid())):
        return None
    return int(text) / 1_000_000 or None
