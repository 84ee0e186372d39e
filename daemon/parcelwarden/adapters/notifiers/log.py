"""The channel that cannot fail: one line in the log."""

from __future__ import annotations

import logging

from parcelwarden.adapters.notifiers.common import plain
from parcelwarden.services.ports import Note

log = logging.getLogger("parcelwarden.alerts")

_LEVELS = {"critical": logging.ERROR, "warning": logging.WARNING}


class LogNotifier:
    """Writes each note; confirmed once written."""

    name = "log"

    async def send(self, note: Note) -> bool:
        """Write the note at the level of its severity."""
        level = _LEVELS.get(note.severity, logging.INFO)
        log.log(level, "%s: %s", plain(note.title, lines=False), plain(note.body, lines=False))
        return True

    async def close(self) -> None:
        """Nothing is held."""
