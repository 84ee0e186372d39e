"""What a screen reader is told and what the keyboard reaches, closed roots too; narrow, dark and from right to left.
All orders are constructed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.browser.chromium import Drawn, Spoken, until, walk
from support.browser.pairing import add_order, admin
from support.browser.rig import Rig
from support.browser.shop import ORDERS, WWW
from support.browser.shop_data import dated, order_id

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]

OF_THE_ORDER = ["Remind me tomorrow", "I received it", "I opened a dispute", "Copy evidence text", "Open dashboard"]
LANGUAGES = {"en", "es"}


@pytest.fixture(scope="module", autouse=True)
def orders(rig: Rig) -> None:
    """Orders whose dates are known."""
    for number in range(1, 4):
        add_order(rig.daemon, order_id(number), **dated(), title=f"Thing {number}")


def having(tree: list[Spoken], role: str, name: str = "") -> list[Spoken]:
    return [each for each in tree if each.role == role and name in each.name]


async def test_every_part_of_the_line_has_its_role_and_name(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    tree = await rig.browser.tree(page)
    assert {f"parcelwarden on order {order_id(n)}" for n in range(10)} <= {each.name for each in having(tree, "group")}
    whys = having(tree, "button", "Why")
    assert len(whys) == 10
    assert {(each.more["hasPopup"], each.more["expanded"]) for each in whys} == {("dialog", False)}
    assert len(having(tree, "link", "Open this order")) == 7
    assert not having(tree, "dialog")
    assert not [each for each in tree if each.role in ("button", "link", "image", "dialog") and not each.name]


async def test_what_opens_is_a_dialog_with_headings_and_a_place_where_outcomes_are_said(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    drawn = await rig.browser.details(page, order_id(1))
    tree = await rig.browser.tree(page)
    (dialog,) = having(tree, "dialog")
    assert (dialog.name, dialog.more["focused"]) == ("Thing 1", True)
    assert [each.more["expanded"] for each in having(tree, "button", "Why")].count(True) == 1
    assert [(each.name, each.more["level"]) for each in having(tree, "heading")] == [
        ("Thing 1", 2),
        ("Scans", 3),
        ("Times to act", 3),
        ("The rule", 3),
    ]
    assert having(tree, "image", "The way of the parcel and the dates to act")
    assert [each.name for each in having(tree, "button") if each.name in OF_THE_ORDER] == OF_THE_ORDER
    (said,) = having(tree, "status")
    assert said.more["live"] == "polite"
    await rig.browser.press(page, drawn, "I received it")
    drawn = await rig.browser.line(page, order_id(1), "It changes nothing at the shop")
    assert await rig.browser.focused(page) == ("button", "No")


async def test_by_keyboard_alone(rig: Rig) -> None:
    """From the card's own link to ours, in, through, and with Escape back to where it began."""
    page = await rig.browser.open(ORDERS)
    await rig.browser.line(page, order_id(2))
    await page.locator(".order-item").nth(2).locator("a").focus()
    await page.keyboard.press("Tab")
    assert await rig.browser.focused(page) == ("button", "Why")
    await page.keyboard.press("Enter")
    await rig.browser.line(page, order_id(2), "Remind me tomorrow")
    reached = []
    for _ in range(6):
        await page.keyboard.press("Tab")
        reached.append((await rig.browser.focused(page))[1])
    assert reached == ["Close", *OF_THE_ORDER]
    for _ in range(3):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await rig.browser.line(page, order_id(2), "Yes, note it")
    assert await rig.browser.focused(page) == ("button", "No")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await rig.browser.line(page, order_id(2), "Noted.")
    assert await rig.browser.focused(page) == ("button", "I received it")
    facts = admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order_id(2)}")["facts"]
    assert facts["received_at"]["origin"] == "user"
    await page.keyboard.press("Escape")
    await until(lambda: _closed(rig, page), what="the closed details")
    assert await rig.browser.focused(page) == ("button", "Why")


async def test_the_panel_folds_and_opens_by_keyboard(rig: Rig) -> None:
    page = await rig.browser.open(f"{WWW}/p/order/detail.html?orderId={order_id(3)}")

    async def panel(text: str, *, there: bool = True) -> None:
        async def look() -> bool:
            found = await rig.browser.named(page, "PARCELWARDEN-PANEL")
            return bool(found) and (text in found[0].text) is there

        await until(look, what=f"the panel with {text!r}: {there}")

    await panel("This order's page was last read")
    assert having(await rig.browser.tree(page), "complementary", f"parcelwarden on order {order_id(3)}")
    await page.keyboard.press("Tab")
    assert await rig.browser.focused(page) == ("button", "Make the panel small")
    await page.keyboard.press("Enter")
    await panel("This order's page was last read", there=False)
    assert await rig.browser.focused(page) == ("button", "Show the panel")
    assert not having(await rig.browser.tree(page), "button", "I received it")
    await page.keyboard.press("Enter")
    await panel("This order's page was last read")
    assert await rig.browser.focused(page) == ("button", "Make the panel small")


async def test_in_a_narrow_window_the_panel_leaves_the_page_to_be_read(rig: Rig) -> None:
    page = await rig.browser.context.new_page()
    await page.set_viewport_size({"width": 360, "height": 700})
    await page.goto(f"{WWW}/p/order/detail.html?orderId={order_id(3)}")
    (panel,) = await until(lambda: rig.browser.named(page, "PARCELWARDEN-PANEL"), what="the panel")
    assert "This order's page was last read" not in panel.text
    place = await _at(rig, page, panel, "panel small")
    assert place["bottom"] - place["y"] < 60
    assert place["right"] <= 360
    await rig.browser.press(page, panel, "Why")

    async def opened() -> bool:
        found = await rig.browser.named(page, "PARCELWARDEN-PANEL")
        return "This order's page was last read" in found[0].text

    await until(opened, what="the open panel")


async def test_what_is_wrong_is_announced_and_can_be_closed(rig: Rig) -> None:
    rig.shop.served["/p/order/index.html"] = "<!doctype html><title>Orders</title><p>Nothing that we know.</p>"
    page = await rig.browser.open(ORDERS)
    await until(lambda: rig.browser.named(page, "PARCELWARDEN-NOTICE"), what="the notice")
    tree = await rig.browser.tree(page)
    assert having(tree, "alert")
    await page.keyboard.press("Tab")
    assert await rig.browser.focused(page) == ("button", "Close")
    await page.keyboard.press("Enter")
    assert not await rig.browser.named(page, "PARCELWARDEN-NOTICE")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_colours_and_direction_are_those_of_the_page(rig: Rig, direction: str) -> None:
    rig.shop.dark, rig.shop.direction = True, direction
    page = await rig.browser.open(ORDERS)
    for line in await rig.browser.lines(page, 10, "Why"):
        box = next(n for n in walk(line.node) if "box" in n.get("attributes", []))
        given = dict(zip(box["attributes"][::2], box["attributes"][1::2], strict=True))
        assert (given["data-theme"], given["dir"], given["role"]) == ("dark", direction, "group")
    line = await rig.browser.details(page, order_id(1))
    severity, button = await _at(rig, page, line, "severity"), await _at(rig, page, line, "more")
    assert (severity["x"] < button["x"]) is (direction == "ltr")
    details = await _at(rig, page, line, "details")
    assert details["x"] >= 0
    assert details["x"] + details["width"] <= 1000
    outer = "x" if direction == "rtl" else "right"
    assert abs(details[outer] - button[outer]) < 2


@pytest.mark.parametrize("dark", [False, True])
async def test_the_picture_is_as_dark_as_the_page_whatever_the_system_is(rig: Rig, dark: bool) -> None:
    rig.shop.dark = dark
    page = await rig.browser.open(ORDERS)
    await page.emulate_media(color_scheme="light" if dark else "dark")
    (line, *_) = await rig.browser.lines(page, 10, "Why")
    await rig.browser.press(page, line, "Why")
    session = await rig.browser.session(page)

    async def picture() -> int:
        found = [n for each in await rig.browser.drawn(page) for n in walk(each.node) if n["nodeName"] == "IMG"]
        return found[0]["nodeId"] if found else 0

    node = await until(picture, what="the picture")
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    styles = (await session.send("CSS.getComputedStyleForNode", {"nodeId": node}))["computedStyle"]
    assert {each["name"]: each["value"] for each in styles}["color-scheme"] == ("dark" if dark else "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["popup/popup.html", "options/options.html", "repair/repair.html", "sample/sample.html"]
)
async def test_our_own_pages_fit_320_pixels_and_name_everything(rig: Rig, path: str, scheme: Any) -> None:
    page = await rig.browser.context.new_page()
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": 320, "height": 600})
    await page.goto(f"{rig.browser.base}/{path}")
    await page.wait_for_function("() => document.querySelector('h1').textContent && document.documentElement.lang")
    if path.startswith("popup"):
        await page.wait_for_selector("article.order")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.locator("h1").count() == 1
    tree = await rig.browser.tree(page)
    controls = ("button", "link", "textbox", "checkbox", "spinbutton")
    assert not [each for each in tree if each.role in controls and not each.name]
    assert await page.evaluate("document.documentElement.lang.slice(0, 2)") in LANGUAGES
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(30, 31, 35)")


async def test_nothing_is_said_to_be_missing_that_is_there(rig: Rig) -> None:
    """Chromium knows the sites of content scripts by their own words only, and refuses to be asked for more."""
    page = await rig.browser.own("repair/repair.html")
    await page.wait_for_function("() => document.getElementById('said').textContent")
    assert await page.locator("#missing li").count() == 0
    assert await page.locator("#grant").is_hidden()
    await page.evaluate("() => { document.getElementById('grant').hidden = false; }")
    faults: list[Any] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    await page.click("#grant")
    await page.wait_for_selector("#grant", state="hidden")
    assert not faults


async def test_the_popup_is_as_wide_as_it_should_be(rig: Rig) -> None:
    """The browser makes a popup as wide as its content asks to be, which a page in a tab does not show."""
    page = await rig.browser.open(ORDERS)
    await rig.browser.background("chrome.action.openPopup()")
    session = await rig.browser.session(page)
    told: list[Any] = []
    session.on("Target.receivedMessageFromTarget", lambda event: told.append(json.loads(event["message"])))

    async def popup() -> Any:
        targets = (await session.send("Target.getTargets"))["targetInfos"]
        return [each["targetId"] for each in targets if each["url"].endswith("/popup/popup.html")]

    target = (await until(popup, what="the popup"))[0]
    attached = await session.send("Target.attachToTarget", {"targetId": target, "flatten": False})

    async def wide() -> bool:
        asked = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": "document.body.offsetWidth"}}
        message = {"sessionId": attached["sessionId"], "message": json.dumps(asked)}
        await session.send("Target.sendMessageToTarget", message)
        return any(400 <= each.get("result", {}).get("result", {}).get("value", 0) <= 430 for each in told)

    await until(wide, what=f"400 pixels, and some for a bar to scroll by: {told}")
    await session.send("Target.closeTarget", {"targetId": target})


async def test_the_popup_shows_an_orders_life_when_it_is_asked_to(rig: Rig) -> None:
    page = await rig.browser.own("popup/popup.html")
    await page.set_viewport_size({"width": 320, "height": 600})
    await page.wait_for_selector("article.order details")
    assert await page.locator("article.order img").count() == 0
    summary = page.locator("article.order summary").first
    await summary.focus()
    await page.keyboard.press("Enter")
    drawn = page.locator("article.order img").first
    await drawn.wait_for()
    await page.wait_for_function("() => document.querySelector('article.order img').naturalWidth > 0")
    assert await drawn.get_attribute("alt")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    assert await page.locator("article.order img").count() == 1


async def test_what_is_unfolded_in_the_popup_stays_so_when_it_is_drawn_anew(rig: Rig) -> None:
    page = await rig.browser.own("popup/popup.html")
    await page.clock.install()
    await page.reload()
    await page.wait_for_selector("#main[aria-busy=false] article.order details")
    await page.locator("article.order summary").first.press("Enter")
    await page.locator("article.order img").first.wait_for()
    await page.evaluate(
        """async () => {
            document.activeElement.blur();
            document.querySelector("article.order").dataset.old = "yes";
            const { state } = await chrome.storage.session.get("state");
            const [first, ...others] = state.lines;
            await chrome.storage.session.set({ state: { ...state, lines: [{ ...first, title: "Renamed" }, ...others] } });
        }"""
    )
    await page.clock.run_for(15_000)
    await page.wait_for_function("() => !document.querySelector('article.order[data-old]')")
    await page.locator("article.order img").first.wait_for()
    assert await page.locator("article.order details[open]").count() == 1


async def test_the_popup_by_keyboard(rig: Rig) -> None:
    page = await rig.browser.own("popup/popup.html")
    await page.wait_for_selector("article.order")
    reached = set()
    for _ in range(40):
        await page.keyboard.press("Tab")
        reached.add((await rig.browser.focused(page))[1])
    assert {"Thing 1", "Thing 3", "Open the next", "Open dashboard", "Options", "Save a sample"} <= reached


async def _at(rig: Rig, page: Any, drawn: Drawn, name: str) -> dict[str, float]:
    """Where an element of ours with this class is."""
    session = await rig.browser.session(page)
    (fresh,) = [d for d in await rig.browser.drawn(page) if d.node["backendNodeId"] == drawn.node["backendNodeId"]]
    node = next(n for n in walk(fresh.node) if name in n.get("attributes", []))
    quad = (await session.send("DOM.getBoxModel", {"backendNodeId": node["backendNodeId"]}))["model"]["border"]
    left, right = min(quad[0::2]), max(quad[0::2])
    return {"x": left, "right": right, "width": right - left, "y": min(quad[1::2]), "bottom": max(quad[1::2])}


async def _closed(rig: Rig, page: Any) -> bool:
    return not having(await rig.browser.tree(page), "dialog")
