"""The channel that runs a program of the user's: its argument list from `config.toml`, the text on its input.

Nothing of a note is ever part of the command line, and no shell is between (DESIGN §5, line 7).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from parcelwarden.adapters.notifiers.common import plain
from parcelwarden.services.ports import Note, NotifyFailed

SAID = 200
"""Characters of what a failed program said that are told."""


class CommandNotifier:
    """Runs the program for each note; confirmed when it ends with 0 within `timeout` seconds. Its input is UTF-8: the
    severity, the title and the text, each beginning a line."""

    name = "command"

    def __init__(self, argv: Sequence[str], *, timeout: float = 20.0) -> None:
        self._argv = tuple(argv)
        self._timeout = timeout

    async def send(self, note: Note) -> bool:
        """Run it once. Raises `NotifyFailed`; permanent where the program is not there or may not be run."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._argv,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as fault:
            raise NotifyFailed(
                f"{self._argv[0]} cannot be run ({fault.strerror}); see [command] in config.toml", permanent=True
            ) from fault
        try:
            async with asyncio.timeout(self._timeout):
                _, said = await process.communicate(text_of(note).encode())
        except TimeoutError as fault:
            raise NotifyFailed(f"{self._argv[0]} did not end in {self._timeout:g} s") from fault
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            why = plain(said.decode(errors="replace"), lines=False)[:SAID]
            raise NotifyFailed(f"{self._argv[0]} ended with {process.returncode}: {why or 'it said nothing'}")
        return True

    async def close(self) -> None:
        """Nothing is held."""


def text_of(note: Note) -> str:
    """What the program reads."""
    return f"{note.severity}\n{plain(note.title, lines=False)}\n{plain(note.body)}\n"
