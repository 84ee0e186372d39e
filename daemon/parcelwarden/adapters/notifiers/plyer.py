"""The last fallback: plyer, in a thread, never confirmed.

It returns normally with nothing shown in at least four ways (no bus, no notification daemon, a title that begins
with a dash, a hung daemon; TESTING §5.3), so its word counts for nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import warnings

from parcelwarden.adapters.notifiers.common import APP, NotAnswering, plain
from parcelwarden.services.ports import Note, NotifyFailed

PATIENCE = 30.0
"""Seconds; a hung daemon holds plyer for 25."""


class PlyerNotifier:
    """Sends through plyer. `send` never answers True."""

    name = "desktop"

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._busy: asyncio.Future[None] | None = None

    async def send(self, note: Note) -> bool:
        """Hand the note over; False, `unconfirmed`, when plyer did not complain. Raises `NotifyFailed`."""
        if self._busy and not self._busy.done():
            raise NotAnswering("plyer still hangs on the note before this one")
        self._busy = _in_thread(note)
        try:
            await asyncio.wait_for(asyncio.shield(self._busy), self._patience)
        except TimeoutError as fault:
            raise NotAnswering(f"plyer did not come back in {self._patience:g} s") from fault
        except Exception as fault:
            raise NotifyFailed(f"plyer: {type(fault).__name__}: {fault}") from fault
        return False

    async def close(self) -> None:
        """Nothing can be closed; a thread that hangs ends with its daemon."""


def _in_thread(note: Note) -> asyncio.Future[None]:
    """Run plyer in a thread that does not keep the process from ending while it hangs."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def end(fault: Exception | None) -> None:
        if not ended.done():
            ended.set_exception(fault) if fault else ended.set_result(None)

    def run() -> None:
        fault: Exception | None = None
        try:
            _notify(note)
        except Exception as raised:
            fault = raised
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(end, fault)

    threading.Thread(target=run, name="plyer", daemon=True).start()
    return ended


def _notify(note: Note) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from plyer import notification

        notification.notify(
            title=_no_option(plain(note.title, lines=False)),
            message=_no_option(plain(note.body)),
            app_name=APP,
            timeout=10,
        )


def _no_option(text: str) -> str:
    """A text that the program behind plyer does not take for an option: sellers choose titles such as "-50 %"."""
    return f"\u2013{text[1:]}" if text.startswith("-") else text
