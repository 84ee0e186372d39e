"""Shows a page in the user's own browser, after the user's own click on a note."""

from __future__ import annotations

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for the desktop to take the address."""


async def open_page(address: str) -> bool:
    """Hand an address of our own making to the desktop; False, logged, where it takes none."""
    if sys.platform in ("darwin", "win32"):
        import webbrowser

        return await asyncio.to_thread(webbrowser.open, address)
    try:
        opener = await asyncio.create_subprocess_exec(
            "xdg-open", address, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        async with asyncio.timeout(PATIENCE):
            done = await opener.wait() == 0
    except (OSError, TimeoutError) as fault:
        log.warning("no page can be opened on this desktop: %s", fault or "xdg-open does not come back")
        return False
    if not done:
        log.warning("no page can be opened on this desktop: xdg-open failed; open it by `parcelwarden open`")
    return done
