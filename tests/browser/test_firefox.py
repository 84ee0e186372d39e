"""The same extension in Firefox, with local network access on where the shop can stand at port 443. All constructed."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from parcelparsers import marketplaces
from support.browser.chromium import until
from support.browser.firefox import ID, PUBLIC, Firefox, firefox
from support.browser.pairing import add_order, admin
from support.browser.shop import ORDERS, WWW, Shop, open_shop
from support.browser.shop_data import HOSTILE, dated, order_id
from support.daemon import RunningDaemon, daemon
from support.notification_stub import Behaviour, NotificationStub, Shown, serve_notifications
from support.private_bus import private_bus
from support.system import required

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]

SLEEPY = {"extensions.background.idle.timeout": 1500, "extensions.webextOptionalPermissionPrompts": False}
"""The event page ends after 1.5 s without work; a press on "Grant access" is not asked about once more."""


TAKE_BACK = """(async () => {
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    const { extension } = WebExtensionPolicy.getByID("NAME");
    await ExtensionPermissions.remove("NAME", { origins: ["ORIGIN"], permissions: [] }, extension);
})()"""
"""What the page of add-ons does when the user takes a site back."""


@dataclass
class House:
    """What a test has at hand."""

    browser: Firefox
    shop: Shop
    daemon: RunningDaemon
    base: str
    stub: NotificationStub


def privileged() -> bool:
    """Whether port 443 can be had: names can be mapped in Firefox, ports cannot."""
    try:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(("127.0.0.1", 443))
            return True
    except OSError:
        return False


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Firefox, paired by the popup."""
    if not privileged():
        lacking = "port 443 is not to be had: Firefox's page would not count as the internet's"
        (pytest.fail if required() else pytest.skip)(lacking)
    folder = tmp_path_factory.mktemp("firefox")
    with daemon(folder) as running, private_bus(folder) as bus:
        served, stub = await serve_notifications(bus, Behaviour())
        start = firefox(folder, {**PUBLIC, **SLEEPY}, DBUS_SESSION_BUS_ADDRESS=bus)
        async with open_shop(folder, 443) as shop, start as browser:
            base = await browser.base()
            house = House(browser, shop, running, base, stub)
            popup = await browser.open(f"{base}/popup/popup.html")
            await browser.run(popup, f"browser.storage.local.set({{port: {running.runtime['port']}}})")
            await browser.call("browsingContext.reload", context=popup, wait="complete")
            code = admin(running, "POST", "/v1/pairing", {})["code"]
            await until(
                lambda: browser.run(popup, "Boolean(document.getElementById('code'))"), what="the field for the code"
            )
            await browser.run(popup, _typed(code))
            await until(
                lambda: browser.run(popup, "browser.storage.local.get('token').then(t => t.token)"), what="the token"
            )
            yield house
        served.disconnect()


def _typed(code: str) -> str:
    return f"(document.getElementById('code').value = '{code}', document.querySelector('form').requestSubmit(), true)"


async def test_e04_every_card_gets_its_line_though_the_page_reaches_nothing(house: House) -> None:
    add_order(house.daemon, order_id(1), **dated())
    page = await house.browser.open(ORDERS)
    lines = await house.browser.lines(page, 10, "Why")
    assert sum("open a dispute now" in line for line in lines) == 1
    assert sum("Open this order once so that its dates can be read." in line for line in lines) == 9
    url = f"http://127.0.0.1:{house.daemon.runtime['port']}/v1/health"
    asked = f"fetch('{url}').then(a => a.status, e => e.name)"
    tried = f"Promise.race([{asked}, new Promise(y => setTimeout(y, 1500, 'hung'))])"
    assert await house.browser.run(page, tried) in ("hung", "TypeError")
    assert admin(house.daemon, "GET", f"/v1/orders/aliexpress/{order_id(3)}")["title"] == "Thing 3"


async def test_more_orders_and_a_page_drawn_anew(house: House) -> None:
    page = await house.browser.open(ORDERS)
    await house.browser.lines(page, 10, "Why")
    await house.browser.run(page, "(document.getElementById('more').click(), true)")
    await house.browser.lines(page, 12, "Why")
    await house.browser.run(page, "(again(), true)")
    await house.browser.lines(page, 12, "Why")


async def test_a_page_that_lets_nothing_be_loaded_gets_its_lines_all_the_same(house: House) -> None:
    case = Path(marketplaces.__path__[0]) / "cases/aliexpress/list-page-processed-2026.html"
    house.shop.served["/p/order/index.html"] = case.read_text()
    heights = []
    for policy in ("", "default-src 'none'; base-uri 'none'; connect-src 'none'"):
        house.shop.policy = policy
        page = await house.browser.open(ORDERS)
        await house.browser.lines(page, 1, "Why")
        heights.append(await house.browser.run(page, "document.querySelector('parcelwarden-line').offsetHeight"))
    house.shop.served.clear()
    house.shop.policy = ""
    assert heights[0] == heights[1]


async def test_the_line_is_there_after_the_event_page_ended(house: House) -> None:
    own = await house.browser.open(f"{house.base}/repair/repair.html")
    state = "browser.storage.session.get('state').then(found => found.state.at)"
    before = await house.browser.run(own, state)

    async def asleep() -> Any:
        return await house.browser.run(own, "browser.extension.getBackgroundPage() === null")

    await until(asleep, 15, "the end of the event page")
    assert await house.browser.run(own, state) >= before
    page = await house.browser.open(ORDERS)
    await house.browser.lines(page, 10, "Why")


async def test_s34_hostile_text_is_text(house: House) -> None:
    house.shop.data.titles = {order_id(2): HOSTILE}
    page = await house.browser.open(f"{WWW}/p/order/detail.html?orderId={order_id(2)}")

    async def panel() -> str:
        return " ".join(await house.browser.drawn(page, "parcelwarden-panel"))

    await until(panel, what="the panel")
    assert await house.browser.run(page, "document.documentElement.dataset.hurt") is None
    assert not [seen for seen in house.shop.seen if seen.endswith("/x")]


async def test_s37_the_page_sees_nothing_of_ours(house: House) -> None:
    page = await house.browser.open(ORDERS)
    await house.browser.lines(page, 10, "Why")
    told = "[document.querySelector('parcelwarden-line').shadowRoot, typeof browser, typeof window.chrome?.storage]"
    assert await house.browser.run(page, told) == [None, "undefined", "undefined"]


async def test_a_press_on_a_note_reaches_the_daemon(house: House) -> None:
    """Firefox's notes have no buttons: the note itself is pressed, which opens the dashboard too."""
    add_order(house.daemon, order_id(50), **dated(), title="Lamp 50")
    own = await house.browser.open(f"{house.base}/repair/repair.html")

    async def shown() -> list[Shown]:
        await house.browser.run(own, "browser.runtime.sendMessage({type: 'look'}).then(() => 1)")
        return [each for each in house.stub.behaviour.shown if each.summary == "Lamp 50"]

    note = (await until(shown, what="the note"))[0]
    assert note.actions[0] == "default"
    alerts = f"/v1/alerts?order=aliexpress/{order_id(50)}&state="
    assert await until(lambda: _alerts(house, f"{alerts}delivered"), what="the word that it was shown")
    house.stub.ActionInvoked(note.id, "default")
    await until(lambda: _alerts(house, f"{alerts}acknowledged"), what="the word that it was seen")

    async def boards() -> list[str]:
        tree = await house.browser.call("browsingContext.getTree")
        return [each["url"] for each in tree["contexts"] if each["url"].startswith("http://127.0.0.1:")]

    await until(boards, what="the dashboard")


async def test_the_buyers_word_by_the_buttons_of_the_overlay(house: House) -> None:
    add_order(house.daemon, order_id(51), **dated(), title="Lamp 51")
    page = await house.browser.open(f"{WWW}/p/order/detail.html?orderId={order_id(51)}")
    panel = "parcelwarden-panel"

    async def told(having: str) -> Any:
        return [text for text in await house.browser.drawn(page, panel) if having in text]

    await until(lambda: told("This order's page was last read"), what="the panel")
    for button, after in (
        ("Remind me tomorrow", "You will be reminded tomorrow"),
        ("I received it", "Yes, note it"),
        ("Yes, note it", "Noted."),
    ):
        await house.browser.press(page, button, panel)
        await until(lambda after=after: told(after), what=after)
    facts = admin(house.daemon, "GET", f"/v1/orders/aliexpress/{order_id(51)}")["facts"]
    assert facts["received_at"]["origin"] == "user"


async def test_a_guard_stands_on_the_question_whether_it_came(house: House) -> None:
    page = await house.browser.open(ORDERS)
    await house.browser.lines(page, 10, "Why")
    await house.browser.click(page, ".order-item-btn")
    await house.browser.lines(page, 1, "releases the money")


async def test_the_popup_is_as_wide_as_it_should_be(house: House) -> None:
    own = await house.browser.open(f"{house.base}/repair/repair.html")
    opened = {"expression": "browser.action.openPopup()", "target": {"context": own}}
    await house.browser.call("script.evaluate", **opened, awaitPromise=True, userActivation=True)
    size = "document.querySelector('.webextension-popup-browser')?.clientWidth ?? 0"

    async def wide() -> bool:
        return bool(await house.browser.system(size) == 400)

    await until(wide, what="400 pixels")
    await house.browser.system("document.querySelector('.webextension-popup-browser').closest('panel').hidePopup()")


async def test_a_site_is_let_in_by_one_press_and_taken_back_by_another(house: House) -> None:
    page = await house.browser.open(f"{house.base}/options/options.html")
    registered = "browser.scripting.getRegisteredContentScripts().then(all => all.map(each => each.id).sort())"
    told = "document.getElementById('site-usps')?.innerText ?? ''"
    for word, scripts in (("Allow", ["usps-content", "usps-observe"]), ("Take back", [])):
        await until(lambda word=word: _is(house, page, told, word), what=f"the button {word!r}")
        await house.browser.click(page, "#site-usps")
        await until(lambda scripts=scripts: _is(house, page, registered, scripts), what=f"the scripts {scripts}")
    await until(lambda: _is(house, page, told, "Allow"), what="the button as it was")


async def test_a_site_that_was_taken_back_is_told_and_given_again(house: House) -> None:
    await house.browser.system(_taken_back("https://*.aliexpress.com/*"))
    popup = await house.browser.open(f"{house.base}/popup/popup.html")
    said = "[...document.querySelectorAll('[role=alert]')].map(each => each.innerText).join()"

    async def told() -> bool:
        return "read your orders at *.aliexpress.com" in str(await house.browser.run(popup, said))

    await until(told, what="the popup's word")
    own = await house.browser.open(f"{house.base}/repair/repair.html")
    missing = "document.getElementById('missing').innerText"
    assert await until(lambda: house.browser.run(own, missing), what="what is missing") == "*.aliexpress.com"
    await house.browser.click(own, "#grant")
    await until(
        lambda: house.browser.run(own, "document.getElementById('grant').hidden"), what="that nothing is missing"
    )
    page = await house.browser.open(ORDERS)
    await house.browser.lines(page, 10, "Why")


async def test_e01_without_the_permission_the_button_repairs_it(house: House) -> None:
    own = await house.browser.open(f"{house.base}/repair/repair.html")
    await until(
        lambda: house.browser.run(own, "document.getElementById('grant').hidden"), what="that nothing is missing"
    )
    await house.browser.system(_taken_back("http://127.0.0.1/*"))
    popup = "browser.action.getPopup({})"
    await until(lambda: _ends(house, own, popup, "repair/repair.html"), what="the repair page as popup")
    await house.browser.call("browsingContext.reload", context=own, wait="complete")
    shown = await until(
        lambda: house.browser.run(own, "document.getElementById('missing').innerText"), what="what is missing"
    )
    assert "127.0.0.1" in shown
    assert await house.browser.run(own, "document.getElementById('grant').hidden") is False
    page = await house.browser.open(f"{house.base}/popup/popup.html")
    said = "document.querySelector('[role=alert]')?.innerText ?? ''"

    async def told() -> bool:
        return "Grant access" in str(await house.browser.run(page, said))

    await until(told, what="the popup's word")
    badge = await house.browser.run(own, "browser.action.getBadgeText({})")
    assert badge == "!"


def _taken_back(origin: str) -> str:
    return TAKE_BACK.replace("NAME", ID).replace("ORIGIN", origin)


async def _alerts(house: House, path: str) -> Any:
    return admin(house.daemon, "GET", path)["alerts"]


async def _is(house: House, tab: str, script: str, wanted: Any) -> bool:
    return bool(await house.browser.run(tab, script) == wanted)


async def _ends(house: House, tab: str, script: str, end: str) -> bool:
    return str(json.loads(json.dumps(await house.browser.run(tab, script)))).endswith(end)
