"""Notifications of the browser, on a message bus of the tests' own: Chromium shows them there, and what is pressed there
comes back to the extension. Orders are constructed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from support.browser.chromium import chromium, until
from support.browser.pairing import add_order, admin, pair
from support.browser.rig import Rig
from support.browser.shop import open_shop
from support.browser.shop_data import dated, order_id
from support.daemon import daemon
from support.notification_stub import Behaviour, NotificationStub, Shown, serve_notifications
from support.private_bus import private_bus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]

LOOK = "chrome.runtime.sendMessage({type: 'look'})"
NOTIFY = "import('/background/notify.js').then(notify => notify.notifyDue())"


@dataclass
class Desk:
    """A browser whose notes are shown by `stub`."""

    rig: Rig
    stub: NotificationStub

    async def shown(self, title: str) -> Shown:
        """The note with this title, once the browser had it shown."""
        own = await self.rig.browser.own()

        async def look() -> list[Shown]:
            await own.evaluate(LOOK)
            return [each for each in self.stub.behaviour.shown if each.summary == title]

        return (await until(look, what=f"the note {title!r} among {self.stub.behaviour.shown}"))[0]

    def add(self, number: int, title: str) -> None:
        """An order for which alerts are due."""
        add_order(self.rig.daemon, order_id(number), **dated(), title=title)

    def due(self, number: int) -> list[Any]:
        """The alerts of an order that nobody was told of."""
        query = f"order=aliexpress/{order_id(number)}&state=due&channel=browser"
        found: list[Any] = admin(self.rig.daemon, "GET", f"/v1/alerts?{query}")["alerts"]
        return found

    def alerts(self, number: int, **having: Any) -> list[Any]:
        """The alerts of an order with these fields."""
        found = admin(self.rig.daemon, "GET", f"/v1/alerts?order=aliexpress/{order_id(number)}")["alerts"]
        return [each for each in found if having.items() <= each.items()]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with private_bus(folder) as address, daemon(folder) as house:
        bus, stub = await serve_notifications(address, Behaviour())
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        async with open_shop(folder) as shop, chromium(folder, shop.port, env=environment) as browser:
            await pair(browser, house)
            await browser.background("chrome.alarms.clearAll()")
            yield Desk(Rig(browser, shop, house, folder), stub)
        bus.disconnect()


@pytest.mark.parametrize(("number", "button", "word"), [(1, "0", "Seen"), (2, "1", "Later")])
async def test_a_buttons_press_reaches_the_daemon(desk: Desk, number: int, button: str, word: str) -> None:
    desk.add(number, f"Lamp {number}")
    note = await desk.shown(f"Lamp {number}")
    assert note.actions[note.actions.index(button) + 1] == word
    assert "open a dispute now" in note.body
    desk.stub.ActionInvoked(note.id, button)
    now = datetime.now(UTC)

    async def told() -> Any:
        if word == "Seen":
            return desk.alerts(number, state="acknowledged")
        until_when = [each["snoozed_until"] for each in desk.alerts(number) if each["snoozed_until"]]
        return [each for each in until_when if datetime.fromisoformat(each) - now > timedelta(hours=23)]

    await until(told, what=f"what follows from {word}")


async def test_a_press_on_the_note_itself_opens_the_dashboard(desk: Desk) -> None:
    desk.add(3, "Lamp 3")
    note = await desk.shown("Lamp 3")
    async with desk.rig.browser.context.expect_page() as coming:
        desk.stub.ActionInvoked(note.id, "default")
    assert (await coming.value).url.startswith(f"http://127.0.0.1:{desk.rig.daemon.runtime['port']}/")

    async def told() -> Any:
        return desk.alerts(3, state="acknowledged")

    await until(told, what="the word that it was seen")


async def test_it_is_delivered_when_the_browser_took_it_and_not_before(desk: Desk) -> None:
    desk.add(4, "Lamp 4")
    assert desk.due(4)
    own = await desk.rig.browser.own()
    await own.evaluate("""() => {
        const create = chrome.notifications.create.bind(chrome.notifications);
        chrome.notifications.create = (...note) => new Promise((taken) => {
            window.take = () => create(...note).then(taken);
        });
    }""")
    looking = asyncio.create_task(own.evaluate(NOTIFY))
    await own.wait_for_function("() => window.take")
    assert desk.due(4)
    await own.evaluate("take()")
    assert not await looking
    assert not desk.due(4)
    assert desk.alerts(4, state="delivered")


async def test_what_the_browser_refuses_is_not_delivered(desk: Desk) -> None:
    desk.add(5, "Lamp 5")
    own = await desk.rig.browser.own()
    await own.evaluate("() => { chrome.notifications.create = () => Promise.reject(new Error('no')); }")
    untold = await own.evaluate(NOTIFY)
    assert {(each["order"], each["title"]) for each in untold} == {(f"aliexpress/{order_id(5)}", "Lamp 5")}
    assert desk.due(5)
    await desk.shown("Lamp 5")


async def test_an_alert_that_nothing_can_show_stands_in_the_badge_until_it_was_seen(desk: Desk) -> None:
    """Its order needs no action, so that the badge would say nothing of it."""
    popup = await desk.rig.browser.own("popup/popup.html")
    before = (await popup.evaluate(LOOK))["lines"]
    for line in before:
        admin(desk.rig.daemon, "DELETE", f"/v1/orders/{line['marketplace']}/{line['order_id']}")
    await popup.evaluate("chrome.storage.local.set({notify: false})")
    add_order(desk.rig.daemon, order_id(6), **dated(5), title="Lamp 6")
    assert desk.due(6)
    state = await popup.evaluate(LOOK)
    assert [line["advice"]["severity"] for line in state["lines"]] == ["notice"]
    assert await popup.evaluate("chrome.action.getBadgeText({})") == "1"
    assert "Alerts that no notification could show: 1" in await popup.evaluate("chrome.action.getTitle({})")
    await popup.reload()
    await popup.click("text=Seen")
    await popup.wait_for_function("() => !document.body.innerText.includes('No notification could show this')")
    assert await popup.evaluate("chrome.action.getBadgeText({})") == ""
    assert desk.alerts(6, state="acknowledged")
