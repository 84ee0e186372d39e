"""The desktop channel against real notification daemons, on a private bus and a virtual screen, with real clicks.

Notes and orders are constructed.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parcelwarden.adapters.notifiers.dbus import DbusNotifier
from parcelwarden.services.ports import Note, NotifyFailed
from support.daemon import RunningDaemon, cli, daemon, environment
from support.desktops import Desktop, bare_desktop, shower
from support.system import need

pytestmark = pytest.mark.desktop

DAEMONS = ["dunst", "notification-daemon"]
BUTTONS = {"ack": (884, 99), "snooze": (938, 99)}
"""Where notification-daemon draws the buttons of `NOTE` on this screen."""
NOTE = Note(
    alert_id=7,
    title="-50% OFF phone case",
    body="Act by <b>Monday</b> & not later",
    severity="critical",
    replaces="aliexpress/1",
    actions=(("ack", "Done"), ("snooze", "Later")),
)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desktop]:
    with bare_desktop(tmp_path) as found:
        yield found


@pytest.fixture
async def pressed() -> asyncio.Queue[tuple[int, str]]:
    return asyncio.Queue()


@pytest.fixture
async def notifier(bare: Desktop, pressed: asyncio.Queue[tuple[int, str]]) -> AsyncIterator[DbusNotifier]:
    async def on_action(alert: int, action: str) -> None:
        await pressed.put((alert, action))

    one = DbusNotifier(on_action, address=bare.bus)
    yield one
    await one.close()


async def ready(notifier: DbusNotifier) -> str:
    """The name of what shows notes, as soon as it answers."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await notifier.server()
            except NotifyFailed:
                await asyncio.sleep(0.05)


async def changed(on: Desktop, before: bytes) -> bytes:
    """The screen, as soon as it is another than before."""
    async with asyncio.timeout(30):
        while (now := await asyncio.to_thread(on.picture)) == before:
            await asyncio.sleep(0.05)
        return now


@pytest.mark.parametrize("program", DAEMONS)
async def test_a_note_is_drawn_confirmed_and_replaced(
    bare: Desktop, notifier: DbusNotifier, program: str, tmp_path: Path
) -> None:
    with shower(bare, program, tmp_path / "home"):
        await ready(notifier)
        empty = bare.picture()
        assert await notifier.send(NOTE) is True
        await changed(bare, empty)
        first = dict(notifier._shown)
        assert await notifier.send(NOTE) is True
        assert notifier._shown == first


@pytest.mark.parametrize("action", list(BUTTONS))
async def test_a_click_on_a_drawn_button_comes_back(
    bare: Desktop, notifier: DbusNotifier, pressed: asyncio.Queue[tuple[int, str]], action: str, tmp_path: Path
) -> None:
    with shower(bare, "notification-daemon", tmp_path / "home"):
        await ready(notifier)
        empty = bare.picture()
        await notifier.send(NOTE)
        await changed(bare, empty)
        async with asyncio.timeout(30):
            while pressed.empty():
                await asyncio.to_thread(bare.click, *BUTTONS[action])
                await asyncio.sleep(0.2)
        assert await pressed.get() == (7, action)


async def test_another_daemon_in_its_place_is_found(bare: Desktop, notifier: DbusNotifier, tmp_path: Path) -> None:
    for program in DAEMONS:
        with shower(bare, program, tmp_path / program):
            await ready(notifier)
            assert await notifier.send(NOTE) is True
    with pytest.raises(NotifyFailed):
        await notifier.send(NOTE)


def notify_test(on: Desktop, tmp_path: Path) -> tuple[int, str]:
    """The exit code of the command, and what became of the desktop's note."""
    (tmp_path / "c.toml").write_text("")
    command = ("notify-test", "--json", "--config", str(tmp_path / "c.toml"))
    done = cli(*command, env=environment(**on.environment))
    return done.returncode, json.loads(done.stdout)["channels"][0]["result"]


def test_notify_test_proves_a_real_desktop(bare: Desktop, tmp_path: Path) -> None:
    with shower(bare, "dunst", tmp_path / "home"):
        asyncio.run(answering(bare))
        assert notify_test(bare, tmp_path) == (0, "delivered")


def test_notify_test_does_not_take_plyers_word(bare: Desktop, tmp_path: Path) -> None:
    """Without a notification daemon plyer's program fails, and plyer returns as if all were well (TESTING §5.3)."""
    need("notify-send")
    assert notify_test(bare, tmp_path) == (1, "unconfirmed")


def day(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def add_due_order(running: RunningDaemon) -> None:
    """Add an order of which an alert is due at once."""
    facts = (f"paid_at={day(-40)}", f"shipped_at={day(-38)}", f"delivery_due_at={day(2)}")
    assert running.cli("add", "aliexpress/1", *facts).returncode == 0


def states(running: RunningDaemon) -> set[str]:
    """Of the alerts that are due."""
    _, answer = running.request("GET", "/v1/alerts", running.runtime["admin_token"])
    return {alert["state"] for alert in answer["alerts"] if alert["due_at"] <= answer["now"]}


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, for half a minute at most."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_daemon_tells_on_a_real_desktop(bare: Desktop, tmp_path: Path) -> None:
    with shower(bare, "dunst", tmp_path / "home"), daemon(tmp_path, desktop=bare.environment) as running:
        asyncio.run(answering(bare))
        empty = bare.picture()
        add_due_order(running)
        until(lambda: "delivered" in states(running))
        asyncio.run(changed(bare, empty))
        _, status = running.request("GET", "/v1/status", running.runtime["admin_token"])
        assert status["health"]["channels"]["desktop"]["confirmed_at"]


def test_where_nobody_shows_notes_nothing_counts_as_told(bare: Desktop, tmp_path: Path) -> None:
    need("notify-send")
    log = tmp_path / "log"
    with log.open("w") as stderr, daemon(tmp_path, desktop=bare.environment, stderr=stderr) as running:
        add_due_order(running)
        until(lambda: "the desktop confirms nothing" in log.read_text())
        assert "pending" in states(running)
        assert "delivered" not in states(running)


async def answering(on: Desktop) -> None:
    """Wait until notes are shown there."""
    probe = DbusNotifier(address=on.bus)
    await ready(probe)
    await probe.close()
