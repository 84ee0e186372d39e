"""A recording stand-in for a notification daemon: org.freedesktop.Notifications on any bus.

No postponed annotations here: dbus-fast reads the signatures from them.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, Any

from dbus_fast import Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

NAME = "org.freedesktop.Notifications"
Strings = Annotated[list[str], DBusSignature("as")]
Server = Annotated[tuple[str, str, str, str], DBusSignature("ssss")]
Pressed = Annotated[list[Any], DBusSignature("us")]
Closed = Annotated[list[Any], DBusSignature("uu")]


@dataclass(frozen=True)
class Shown:
    """One `Notify` as it came."""

    id: int
    replaces: int
    summary: str
    body: str
    actions: list[str]
    hints: dict[str, Any]
    expire: int


@dataclass
class Behaviour:
    """`mode`: ok, hang (never answers), action (presses `press` as soon as it is shown)."""

    mode: str = "ok"
    press: str = ""
    abilities: tuple[str, ...] = ("body", "actions", "body-markup")
    shown: list[Shown] = field(default_factory=list)


class NotificationStub(ServiceInterface):
    """The interface; what it was asked stands in `behaviour.shown`."""

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(NAME)
        self.behaviour = behaviour
        self.last = 0

    @dbus_method()
    async def Notify(
        self,
        app: DBusStr,
        replaces: DBusUInt32,
        icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Strings,
        hints: DBusDict,
        expire: DBusInt32,
    ) -> DBusUInt32:
        if self.behaviour.mode == "hang":
            await asyncio.Event().wait()
        self.last += 0 if replaces else 1
        shown = replaces or self.last
        plain = {name: hint.value if isinstance(hint, Variant) else hint for name, hint in hints.items()}
        self.behaviour.shown.append(Shown(shown, replaces, summary, body, actions, plain, expire))
        if self.behaviour.mode == "action":
            asyncio.get_running_loop().call_soon(self.ActionInvoked, shown, self.behaviour.press)
        return shown

    @dbus_method()
    def GetCapabilities(self) -> Strings:
        return list(self.behaviour.abilities)

    @dbus_method()
    def GetServerInformation(self) -> Server:
        return ("stub", "tests", "1", "1.2")

    @dbus_signal()
    def ActionInvoked(self, shown: int, action: str) -> Pressed:
        return [shown, action]

    @dbus_signal()
    def NotificationClosed(self, shown: int, reason: int) -> Closed:
        return [shown, reason]


async def serve_notifications(address: str, behaviour: Behaviour) -> tuple[MessageBus, NotificationStub]:
    """Stand in for a notification daemon on the bus; disconnect the bus to end it."""
    bus = await MessageBus(bus_address=address).connect()
    stub = NotificationStub(behaviour)
    bus.export("/org/freedesktop/Notifications", stub)
    await bus.request_name(NAME)
    return bus, stub
