"""Desktop notifications on macOS and Windows: the desktop-notifier package."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from parcelwarden.adapters.notifiers.common import APP, NotAnswering, OnAction, no_action, plain
from parcelwarden.services.ports import Note, NotifyFailed

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier


class PlatformNotifier:
    """The desktop channel where there is no D-Bus. `timeout` in seconds: the package itself waits for ever."""

    name = "desktop"

    def __init__(self, on_action: OnAction = no_action, *, timeout: float = 5.0) -> None:
        self._on_action = on_action
        self._timeout = timeout
        self._notifier: DesktopNotifier | None = None
        self._shown: dict[str, str] = {}

    async def send(self, note: Note) -> bool:
        """Show the note in the place of the one that it replaces. Raises `NotifyFailed`, `NotAnswering`."""
        try:
            async with asyncio.timeout(self._timeout):
                await self._show(note)
        except TimeoutError as fault:
            raise NotAnswering(f"the desktop did not answer in {self._timeout:g} s") from fault
        except NotifyFailed:
            raise
        except Exception as fault:
            raise NotifyFailed(f"the desktop refused the note ({type(fault).__name__}: {fault})") from fault
        return True

    async def close(self) -> None:
        """Shown notes stay."""
        self._notifier = None

    async def _show(self, note: Note) -> None:
        from desktop_notifier import Button, DesktopNotifier, Urgency

        if self._notifier is None:
            self._notifier = DesktopNotifier(app_name=APP, app_icon=None)
            if not await self._notifier.request_authorisation():
                self._notifier = None
                raise NotifyFailed("notifications are switched off for parcelwarden in the system's settings")
        if before := self._shown.pop(note.replaces, None):
            await self._notifier.clear(before)
        loop = asyncio.get_running_loop()

        def pressed(action: str) -> None:
            asyncio.run_coroutine_threadsafe(_act(self._on_action, note.alert_id, action), loop)

        self._shown[note.replaces] = await self._notifier.send(
            title=plain(note.title, lines=False),
            message=plain(note.body),
            urgency=Urgency.Critical if note.severity == "critical" else Urgency.Normal,
            buttons=[
                Button(title=label, on_pressed=partial(pressed, key)) for key, label in note.actions if key != "default"
            ],
            on_clicked=partial(pressed, "default"),
        )


async def _act(on_action: OnAction, alert_id: int, action: str) -> None:
    await on_action(alert_id, action)
