"""The desktop channel: the platform's own way first, plyer where that fails."""

from __future__ import annotations

import logging
import sys

from parcelwarden.adapters.notifiers.common import NotAnswering, OnAction, no_action
from parcelwarden.services.ports import Note, Notifier, NotifyFailed

log = logging.getLogger(__name__)

LAST = "plyer"


class DesktopNotifier:
    """Tries `first`; when it fails for another reason than silence, `last`, whose word is never a confirmation."""

    name = "desktop"

    def __init__(self, first: Notifier, last: Notifier) -> None:
        self._first = first
        self._last = last

    async def send(self, note: Note) -> bool:
        """True when the platform confirmed, False when only `last` took it. Raises the first way's `NotifyFailed`
        when both failed, `NotAnswering` at once: asking a hung desktop in another way hangs too."""
        try:
            return await self._first.send(note)
        except NotAnswering:
            raise
        except NotifyFailed as failed:
            try:
                await self._last.send(note)
            except NotifyFailed:
                raise failed from None
            log.warning("the desktop confirms nothing (%s); handed to %s, which may not show it", failed, LAST)
            return False

    async def close(self) -> None:
        """Close both."""
        await self._first.close()
        await self._last.close()


def desktop_notifier(on_action: OnAction = no_action, *, timeout: float = 5.0) -> Notifier:
    """The desktop channel of this platform. Nothing heavy is imported before its first note."""
    from parcelwarden.adapters.notifiers.plyer import PlyerNotifier

    return DesktopNotifier(_first(on_action, timeout), PlyerNotifier())


def _first(on_action: OnAction, timeout: float) -> Notifier:
    if sys.platform in ("darwin", "win32"):
        from parcelwarden.adapters.notifiers.desktop_notifier import PlatformNotifier

        return PlatformNotifier(on_action, timeout=timeout)
    from parcelwarden.adapters.notifiers.dbus import DbusNotifier

    return DbusNotifier(on_action, timeout=timeout)
