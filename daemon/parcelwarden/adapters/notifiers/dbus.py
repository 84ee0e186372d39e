"""Desktop notifications on Linux: org.freedesktop.Notifications over dbus-fast (specification 1.2).

Own time-out, own reconnect; a note that replaces another takes its place; text is escaped where the server says that
it reads markup; a pressed button comes back as (alert id, action).
"""

from __future__ import annotations

import asyncio
import html
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from parcelwarden.adapters.notifiers.common import APP, NotAnswering, OnAction, no_action, plain
from parcelwarden.services.ports import Note, NotifyFailed

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
URGENCY = {"info": 0, "notice": 1, "warning": 1, "critical": 2}
SERVER_DECIDES, NEVER = -1, 0


class DbusNotifier:
    """The desktop channel on Linux. `address` None: the session bus. `timeout` in seconds for one note."""

    name = "desktop"

    def __init__(self, on_action: OnAction = no_action, *, timeout: float = 5.0, address: str | None = None) -> None:
        self._on_action = on_action
        self._timeout = timeout
        self._address = address
        self._bus: MessageBus | None = None
        self._abilities: frozenset[str] = frozenset()
        self._shown: dict[str, int] = {}
        self._alerts: dict[int, int] = {}
        self._called: set[asyncio.Task[None]] = set()
        self._sending = 0
        self._early: list[tuple[int, str]] = []

    async def send(self, note: Note) -> bool:
        """Show the note; True once the server gave it an id. Raises `NotifyFailed`, `NotAnswering`."""
        self._sending += 1
        try:
            async with self._answering() as bus:
                shown = await self._notify(bus, note)
            self._shown[note.replaces] = shown
            self._alerts[shown] = note.alert_id
            for action in [action for pressed, action in self._early if pressed == shown]:
                self._pressed(note.alert_id, action)
        finally:
            self._sending -= 1
            if not self._sending:
                self._early.clear()
        return True

    async def server(self) -> str:
        """The name of what shows notes on this desktop. Raises `NotifyFailed`, `NotAnswering`; shows nothing."""
        async with self._answering() as bus:
            name, _, version, _ = await self._call(bus, "GetServerInformation")
        return f"{name} {version}"

    async def close(self) -> None:
        """Leave the bus; shown notes stay."""
        self._disconnect()

    @asynccontextmanager
    async def _answering(self) -> AsyncIterator[MessageBus]:
        """The bus, for one exchange within the time-out; after any failure the next one connects anew."""
        try:
            async with asyncio.timeout(self._timeout):
                yield await self._connected()
        except TimeoutError as fault:
            self._disconnect()
            raise NotAnswering(f"the desktop did not answer in {self._timeout:g} s") from fault
        except NotifyFailed:
            self._disconnect()
            raise
        except Exception as fault:
            self._disconnect()
            raise NotifyFailed(f"no session bus: {type(fault).__name__}: {fault}") from fault

    async def _connected(self) -> MessageBus:
        if self._bus and self._bus.connected:
            return self._bus
        from dbus_fast.aio import MessageBus

        self._disconnect()
        self._bus = bus = MessageBus(bus_address=self._address)
        await bus.connect()
        bus.add_message_handler(self._on_message)
        await self._call(bus, "AddMatch", "s", [f"type='signal',interface='{SERVICE}'"], of_bus=True)
        self._abilities = frozenset((await self._call(bus, "GetCapabilities"))[0])
        return bus

    async def _notify(self, bus: MessageBus, note: Note) -> int:
        from dbus_fast import Variant

        body = plain(note.body)
        text = html.escape(body, quote=False) if "body-markup" in self._abilities else body
        actions = [part for action in note.actions for part in action] if "actions" in self._abilities else []
        critical = note.severity == "critical"
        answer = await self._call(
            bus,
            "Notify",
            "susssasa{sv}i",
            [
                APP,
                self._shown.get(note.replaces, 0),
                "",
                plain(note.title, lines=False),
                text,
                actions,
                {"urgency": Variant("y", URGENCY.get(note.severity, 1))},
                NEVER if critical else SERVER_DECIDES,
            ],
        )
        return int(answer[0])

    async def _call(
        self, bus: MessageBus, member: str, signature: str = "", body: list[Any] | None = None, *, of_bus: bool = False
    ) -> list[Any]:
        from dbus_fast import Message

        name, path = ("org.freedesktop.DBus", "/org/freedesktop/DBus") if of_bus else (SERVICE, PATH)
        answer = await bus.call(
            Message(destination=name, path=path, interface=name, member=member, signature=signature, body=body or [])
        )
        if answer is None or answer.error_name:
            said = f"{answer.error_name}: {' '.join(map(str, answer.body))}" if answer else "no answer"
            raise NotifyFailed(f"the desktop refused the note ({said})")
        return list(answer.body)

    def _on_message(self, message: Message) -> None:
        if message.interface != SERVICE:
            return
        if message.member == "ActionInvoked":
            shown, action = message.body
            if (alert := self._alerts.get(shown)) is not None:
                self._pressed(alert, action)
            elif self._sending:
                # A press can be read together with the answer that names the note, before `send` goes on.
                self._early.append((shown, action))
        elif message.member == "NotificationClosed":
            self._forget(message.body[0])

    def _pressed(self, alert: int, action: str) -> None:
        task = asyncio.get_running_loop().create_task(self._act(alert, action), name="desktop action")
        self._called.add(task)
        task.add_done_callback(self._called.discard)

    async def _act(self, alert: int, action: str) -> None:
        try:
            await self._on_action(alert, action)
        except Exception:
            log.exception("the action %s of a notification failed", action)

    def _forget(self, shown: int) -> None:
        self._alerts.pop(shown, None)
        self._shown = {key: held for key, held in self._shown.items() if held != shown}

    def _disconnect(self) -> None:
        bus, self._bus = self._bus, None
        self._shown.clear()
        self._alerts.clear()
        if bus and bus.connected:
            bus.disconnect()


async def server_name() -> str:
    """The name of what shows notes on this desktop. Raises `NotifyFailed`; shows nothing."""
    notifier = DbusNotifier()
    try:
        return await notifier.server()
    finally:
        await notifier.close()
