"""A channel of one world: shows a note when it works, and then confirms it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from parcelwarden.services.ports import Note, NotifyFailed
from parcelwarden.simulate.faults import Spell, now_of


class Channel:
    """Implements `Notifier`. `shown` is called with what the buyer sees, and raises when the process is dead; a channel
    that hangs gives up as the time-out would make it."""

    def __init__(
        self, name: str, spells: Sequence[Spell], true: Callable[[], datetime], shown: Callable[[str, Note], None]
    ) -> None:
        self.name = name
        self._spells = spells
        self._true = true
        self._shown = shown

    async def send(self, note: Note) -> bool:
        """True when shown. Raises `NotifyFailed`."""
        await asyncio.sleep(0)
        trouble = now_of(self._spells, self._true())
        if trouble == "fail":
            raise NotifyFailed("no notification service, as the world wants it")
        if trouble == "hang":
            raise TimeoutError
        if trouble == "unconfirmed":
            return False
        self._shown(self.name, note)
        return True

    async def close(self) -> None:
        """Nothing is held."""
