"""What stands behind the desktop channel: plyer, whose word never counts, and the log."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import types
from collections.abc import Iterator
from typing import Any

import pytest

from parcelwarden.adapters.notifiers.common import NotAnswering
from parcelwarden.adapters.notifiers.desktop import DesktopNotifier
from parcelwarden.adapters.notifiers.log import LogNotifier
from parcelwarden.adapters.notifiers.plyer import PlyerNotifier
from parcelwarden.services.ports import Note, NotifyFailed

NOTE = Note(
    alert_id=1, title="-50% OFF\nphone", body="--help", severity="critical", replaces="a/1", actions=(("ack", "Seen"),)
)


class FakePlyer:
    """Takes the place of the module `plyer`."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.fault: Exception | None = None
        self.hold: threading.Event | None = None

    def notify(self, **arguments: Any) -> None:
        if self.hold:
            self.hold.wait(10)
        if self.fault:
            raise self.fault
        self.sent.append(arguments)


@pytest.fixture
def plyer(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlyer]:
    fake = FakePlyer()
    module = types.ModuleType("plyer")
    module.notification = fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "plyer", module)
    yield fake
    if fake.hold:
        fake.hold.set()


class Channel:
    """A channel that does what it is told."""

    name = "desktop"

    def __init__(self, does: bool | Exception) -> None:
        self.does = does
        self.asked = 0
        self.closed = False

    async def send(self, note: Note) -> bool:
        self.asked += 1
        if isinstance(self.does, Exception):
            raise self.does
        return self.does

    async def close(self) -> None:
        self.closed = True


async def test_plyer_is_never_a_confirmation(plyer: FakePlyer) -> None:
    assert await PlyerNotifier().send(NOTE) is False


async def test_no_text_is_taken_for_an_option(plyer: FakePlyer) -> None:
    await PlyerNotifier().send(NOTE)
    assert plyer.sent[0]["title"] == "–50% OFF phone"
    assert plyer.sent[0]["message"] == "–-help"


async def test_plyers_fault_is_a_failure(plyer: FakePlyer) -> None:
    plyer.fault = RuntimeError("no bus")
    with pytest.raises(NotifyFailed, match="no bus"):
        await PlyerNotifier().send(NOTE)


async def test_plyer_that_hangs_holds_nobody(plyer: FakePlyer) -> None:
    plyer.hold = threading.Event()
    one = PlyerNotifier(patience=0.05)
    with pytest.raises(NotAnswering):
        await one.send(NOTE)
    with pytest.raises(NotAnswering, match="still hangs"):
        await one.send(NOTE)
    plyer.hold.set()
    assert one._busy
    await one._busy
    assert await one.send(NOTE) is False


async def test_the_fallback_is_asked_only_after_a_failure() -> None:
    first, last = Channel(True), Channel(False)
    assert await DesktopNotifier(first, last).send(NOTE) is True
    assert last.asked == 0


async def test_what_the_fallback_takes_is_unconfirmed_whatever_it_says() -> None:
    first, last = Channel(NotifyFailed("no daemon")), Channel(True)
    assert await DesktopNotifier(first, last).send(NOTE) is False
    assert last.asked == 1


async def test_a_hung_desktop_is_not_asked_twice() -> None:
    first, last = Channel(NotAnswering("hangs")), Channel(False)
    with pytest.raises(NotAnswering):
        await DesktopNotifier(first, last).send(NOTE)
    assert last.asked == 0


async def test_when_both_fail_the_first_says_why() -> None:
    both = DesktopNotifier(Channel(NotifyFailed("no daemon")), Channel(NotifyFailed("plyer: no")))
    with pytest.raises(NotifyFailed, match="no daemon"):
        await both.send(NOTE)


async def test_closing_closes_both() -> None:
    first, last = Channel(True), Channel(True)
    await DesktopNotifier(first, last).close()
    assert (first.closed, last.closed) == (True, True)


async def test_the_log_says_it_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="parcelwarden.alerts"):
        assert await LogNotifier().send(NOTE) is True
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "-50% OFF phone: --help")


async def test_nothing_heavy_is_imported_before_the_first_note() -> None:
    code = (
        "from parcelwarden.adapters.notifiers.desktop import desktop_notifier; desktop_notifier(); import sys;"
        "print(sorted({'plyer', 'dbus_fast', 'desktop_notifier'} & {*sys.modules}))"
    )
    made = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await made.communicate()
    assert out.strip() == b"[]"
