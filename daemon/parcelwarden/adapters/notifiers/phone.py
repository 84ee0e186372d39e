"""The channel to phones, chats and mail: everything that apprise speaks, with the extra `phone`.

Apprise is imported for the first note only. Its calls block, so they run in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from parcelwarden.adapters.notifiers.common import plain
from parcelwarden.services.ports import Note, NotifyFailed

KINDS = {"critical": "failure", "warning": "warning"}
"""Apprise's kinds of a note, by severity; others are `info`."""


class PhoneNotifier:
    """Sends each note to all targets; confirmed when every one of them took it."""

    name = "phone"

    def __init__(self, targets: Sequence[str], *, timeout: float = 25.0) -> None:
        self._targets = tuple(targets)
        self._timeout = timeout
        self._apprise: Any = None

    async def send(self, note: Note) -> bool:
        """Send it. Raises `NotifyFailed`, without the targets, which hold keys."""
        try:
            async with asyncio.timeout(self._timeout):
                taken = await asyncio.to_thread(self._told, note)
        except TimeoutError as fault:
            raise NotifyFailed(f"the phone's service did not answer in {self._timeout:g} s") from fault
        if not taken:
            raise NotifyFailed(
                "at least one of the phone's targets did not take the note; check [phone] in config.toml"
            )
        return True

    async def close(self) -> None:
        """Nothing is held."""

    def _told(self, note: Note) -> bool:
        if self._apprise is None:
            self._apprise = loaded(self._targets)
        kind = KINDS.get(note.severity, "info")
        return bool(
            self._apprise.notify(
                title=plain(note.title, lines=False), body=plain(note.body), notify_type=kind, body_format="text"
            )
        )


def loaded(targets: Sequence[str]) -> Any:
    """Apprise with the targets. Raises `NotifyFailed` where it is not installed or does not know a target."""
    try:
        import apprise
    except ImportError as fault:
        raise NotifyFailed(
            "the channel `phone` needs apprise: pip install 'parcelwarden[phone]'", permanent=True
        ) from fault
    found = apprise.Apprise()
    for number, target in enumerate(targets, 1):
        if not found.add(target):
            raise NotifyFailed(
                f"target {number} of [phone] in config.toml is none that apprise understands", permanent=True
            )
    return found
