"""The desktop channel against a stand-in on a private bus. Titles and orders are constructed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from parcelwarden.adapters.notifiers.common import NotAnswering
from parcelwarden.adapters.notifiers.dbus import DbusNotifier
from parcelwarden.services.ports import Note, NotifyFailed
from support.notification_stub import Behaviour, NotificationStub, serve_notifications
from support.private_bus import private_bus

ACTIONS = (("default", "Open"), ("ack", "Seen"), ("snooze", "Later"))


def note(**changes: Any) -> Note:
    fields: dict[str, Any] = {
        "alert_id": 7,
        "title": "Protection ends",
        "body": "Act by Monday",
        "severity": "warning",
        "replaces": "aliexpress/1",
        "actions": ACTIONS,
    }
    return Note(**{**fields, **changes})


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    with private_bus(tmp_path) as address:
        yield address


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
async def stub(bus: str, behaviour: Behaviour) -> AsyncIterator[NotificationStub]:
    connection, one = await serve_notifications(bus, behaviour)
    yield one
    connection.disconnect()


@pytest.fixture
async def notifier(bus: str) -> AsyncIterator[DbusNotifier]:
    one = DbusNotifier(timeout=5, address=bus)
    yield one
    await one.close()


async def test_a_note_is_confirmed_and_complete(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour
) -> None:
    assert await notifier.send(note()) is True
    (shown,) = behaviour.shown
    assert (shown.summary, shown.body, shown.replaces) == ("Protection ends", "Act by Monday", 0)
    assert shown.actions == ["default", "Open", "ack", "Seen", "snooze", "Later"]
    assert (shown.hints["urgency"], shown.expire) == (1, -1)


@pytest.mark.parametrize(("severity", "urgency", "expire"), [("info", 0, -1), ("notice", 1, -1), ("critical", 2, 0)])
async def test_urgency(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour, severity: str, urgency: int, expire: int
) -> None:
    await notifier.send(note(severity=severity))
    assert (behaviour.shown[0].hints["urgency"], behaviour.shown[0].expire) == (urgency, expire)


async def test_the_same_order_is_replaced_another_is_not(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour
) -> None:
    await notifier.send(note())
    await notifier.send(note(alert_id=8))
    await notifier.send(note(alert_id=9, replaces="aliexpress/2"))
    assert [s.id for s in behaviour.shown] == [1, 1, 2]


async def test_a_closed_note_is_not_replaced(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour
) -> None:
    await notifier.send(note())
    stub.NotificationClosed(1, 2)
    async with asyncio.timeout(30):
        while notifier._shown:
            await asyncio.sleep(0.001)
    await notifier.send(note())
    assert behaviour.shown[1].replaces == 0


TEXT = '-50% <b>OFF</b> & "more"\x00\u202e\n<img src=x>'


@pytest.mark.parametrize(
    ("abilities", "body"),
    [
        (("body", "body-markup"), '-50% &lt;b&gt;OFF&lt;/b&gt; &amp; "more"\n&lt;img src=x&gt;'),
        (("body",), '-50% <b>OFF</b> & "more"\n<img src=x>'),
    ],
)
async def test_foreign_text_is_shown_as_text(
    bus: str, notifier: DbusNotifier, abilities: tuple[str, ...], body: str
) -> None:
    behaviour = Behaviour(abilities=abilities)
    connection, _ = await serve_notifications(bus, behaviour)
    await notifier.send(note(title=TEXT, body=TEXT))
    connection.disconnect()
    assert behaviour.shown[0].body == body
    assert behaviour.shown[0].summary == '-50% <b>OFF</b> & "more" <img src=x>'
    assert behaviour.shown[0].actions == []


async def test_a_pressed_button_comes_back(bus: str) -> None:
    behaviour = Behaviour(mode="action", press="ack")
    connection, stub = await serve_notifications(bus, behaviour)
    pressed: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

    async def on_action(alert: int, action: str) -> None:
        await pressed.put((alert, action))

    notifier = DbusNotifier(on_action, address=bus)
    await notifier.send(note(alert_id=42))
    stub.ActionInvoked(1, "snooze")
    stub.ActionInvoked(99, "ack")
    async with asyncio.timeout(30):
        found = [await pressed.get(), await pressed.get()]
    await notifier.close()
    connection.disconnect()
    assert sorted(found) == [(42, "ack"), (42, "snooze")]
    assert pressed.empty()


async def test_an_action_that_fails_harms_nobody(
    bus: str, notifier: DbusNotifier, stub: NotificationStub, caplog: pytest.LogCaptureFixture
) -> None:
    asked = asyncio.Event()

    async def on_action(alert: int, action: str) -> None:
        asked.set()
        raise RuntimeError("constructed")

    notifier._on_action = on_action
    await notifier.send(note())
    stub.ActionInvoked(1, "ack")
    async with asyncio.timeout(30):
        await asked.wait()
    assert await notifier.send(note()) is True


async def test_a_hung_daemon_is_not_waited_for(bus: str) -> None:
    connection, _ = await serve_notifications(bus, Behaviour(mode="hang"))
    notifier = DbusNotifier(timeout=0.2, address=bus)
    with pytest.raises(NotAnswering, match=r"did not answer in 0\.2 s"):
        await notifier.send(note())
    await notifier.close()
    connection.disconnect()


async def test_no_daemon_is_a_failure_and_a_later_one_is_found(
    bus: str, notifier: DbusNotifier, behaviour: Behaviour
) -> None:
    with pytest.raises(NotifyFailed, match="ServiceUnknown"):
        await notifier.send(note())
    connection, _ = await serve_notifications(bus, behaviour)
    assert await notifier.send(note()) is True
    connection.disconnect()


async def test_a_lost_bus_is_connected_to_again(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour
) -> None:
    await notifier.send(note())
    assert notifier._bus
    notifier._bus.disconnect()
    assert await notifier.send(note()) is True
    assert len(behaviour.shown) == 2


async def test_no_bus_is_a_failure(tmp_path: Path) -> None:
    notifier = DbusNotifier(timeout=2, address=f"unix:path={tmp_path / 'nobody'}")
    with pytest.raises(NotifyFailed, match="no session bus"):
        await notifier.send(note())


async def test_the_server_is_named_and_nothing_shown(
    notifier: DbusNotifier, stub: NotificationStub, behaviour: Behaviour
) -> None:
    assert await notifier.server() == "stub 1"
    assert behaviour.shown == []
