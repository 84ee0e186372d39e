"""The calendar as a file, for instance in a synced folder: renewed after a tick when an alert changed, whole or not at
all. Where it cannot be written, that is said in the health; the next tick tries again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from parcelwarden.services.warden import Warden

log = logging.getLogger(__name__)


class CalendarFile:
    """Keeps one file in step with the outbox. `error`: why the last try failed, None when it did not."""

    def __init__(self, path: Path) -> None:
        self._path = path.expanduser()
        self._written: Any = None
        self.error: str | None = None

    async def renew(self, warden: Warden, now: datetime) -> None:
        """Write what is to come, unless the file holds it already. Raises nothing for a fault of the disk."""
        alerts = await warden.upcoming(now)
        language = (await warden.settings())["language"]
        if self._written == (alerts, language) and self._path.exists():
            return
        from parcelwarden.api.ics import calendar

        content = await asyncio.to_thread(calendar, alerts, warden.wording, language)
        try:
            await asyncio.to_thread(put, self._path, content)
        except OSError as fault:
            if self.error is None:
                log.error("the calendar %s cannot be written: %s", self._path, fault.strerror)
            self.error = f"{self._path}: {fault.strerror}; check calendar.path in config.toml"
            return
        self._written, self.error = (alerts, language), None


def put(path: Path, content: bytes) -> None:
    """Put the content in the place of the file, whole or not at all, for its owner alone. Raises `OSError`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    try:
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
