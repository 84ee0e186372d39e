"""The line on every card, in Chromium: there, true, and in nobody's way. The shop and its orders are constructed."""

from __future__ import annotations

import json
import statistics
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Error

from parcelparsers import marketplaces
from support.browser.chromium import chromium, until, walk
from support.browser.pairing import add_order, admin, pair
from support.browser.rig import Rig
from support.browser.shop import ORDERS, WWW, open_shop
from support.browser.shop_data import HOSTILE, TRACKING, dated, order_id
from support.daemon import daemon

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]

CASES = Path(marketplaces.__path__[0]) / "cases"
STRICT = "default-src 'none'; base-uri 'none'; connect-src 'none'"
"""A page that lets nothing be loaded, neither styles nor pictures."""
OPEN_ONCE = "Open this order once so that its dates can be read."
FIRST_SEEN = """
const seen = window.lineSeen = {};
new MutationObserver(() => {
    for (const line of document.querySelectorAll("parcelwarden-line:not([hidden])")) {
        const id = line.closest(".order-item")?.querySelector("a")?.href.match(/orderId=(\\d+)/)?.[1];
        if (id) seen[id] ??= performance.now();
    }
}).observe(document, {childList: true, subtree: true, attributes: true});
"""


async def test_e04_every_card_gets_its_line_from_a_page_that_counts_as_public(rig: Rig) -> None:
    add_order(rig.daemon, order_id(1), **dated())
    page = await rig.browser.open(ORDERS)
    lines = await rig.browser.lines(page, 10, "Why")
    assert sum(OPEN_ONCE in line.text for line in lines) == 9
    assert sum("open a dispute now" in line.text for line in lines) == 1
    told = await page.evaluate(
        "url => fetch(url).then(a => a.status, String)", f"http://127.0.0.1:{_port(rig)}/v1/health"
    )
    assert told == "TypeError: Failed to fetch"
    assert admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order_id(3)}")["title"] == "Thing 3"
    link = await page.evaluate("document.querySelectorAll('parcelwarden-line')[0].shadowRoot")
    assert link is None


async def test_more_orders_of_the_same_page_get_theirs(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    await page.click("#more")
    await rig.browser.lines(page, 12, "Why")


async def test_a_list_that_grows_as_one_scrolls(rig: Rig) -> None:
    rig.shop.data.count = 30
    page = await rig.browser.open(ORDERS)
    await page.evaluate("""() => new IntersectionObserver((seen) => {
        if (seen.some((each) => each.isIntersecting)) document.getElementById("more").click();
    }).observe(document.querySelector(".order-more"))""")
    for count in (20, 30):
        await rig.browser.lines(page, count - 10, "Why")
        await page.mouse.wheel(0, 20_000)
        await rig.browser.lines(page, count, "Why")


async def test_the_line_survives_a_page_that_draws_itself_anew(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    before = await rig.browser.lines(page, 10, "Why")
    for _ in range(3):
        await page.evaluate("again()")
        again = await rig.browser.lines(page, 10, "Why")
        assert [line.text for line in again] == [line.text for line in before]
    await page.evaluate("document.querySelectorAll('parcelwarden-line').forEach(line => line.remove())")
    await rig.browser.lines(page, 10, "Why")


async def test_a_card_that_becomes_another_order_gets_the_other_orders_line(rig: Rig) -> None:
    """React keeps an element and changes what it shows."""
    add_order(rig.daemon, order_id(77), **dated())
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    href = f"{WWW}/p/order/detail.html?orderId={order_id(77)}"
    await page.evaluate("href => document.querySelector('.order-item a').href = href", href)
    (first,) = [line for line in await _in_order(rig, page, 10) if line.startswith("Act now")][:1]
    assert "open a dispute" in first


async def test_navigation_within_the_page(rig: Rig) -> None:
    add_order(rig.daemon, order_id(78), **dated())
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    await page.evaluate(f"history.pushState(null, '', '/p/order/detail.html?orderId={order_id(78)}')")
    panel = await until(lambda: rig.browser.named(page, "PARCELWARDEN-PANEL"), what="the panel")
    assert "open a dispute now" in panel[0].text
    assert not await rig.browser.named(page, "PARCELWARDEN-LINE")
    await page.go_back()
    await rig.browser.lines(page, 10, "Why")
    assert not await rig.browser.named(page, "PARCELWARDEN-PANEL")


@pytest.mark.parametrize(
    ("kind", "order", "told"),
    [
        ("order_list", None, True),
        ("order_detail", order_id(1), True),
        ("order_detail", order_id(2), False),
        ("tracking", order_id(2), True),
        ("tracking", order_id(1), False),
        ("refund_list", None, False),
    ],
)
async def test_data_of_one_page_stands_for_no_other(rig: Rig, kind: str, order: str | None, told: bool) -> None:
    """Where a page goes on to another within itself, what was seen before says nothing of the new one."""
    own = await rig.browser.own()
    answers = [
        {"kind": "tracking", "url": f"{WWW}/h5/x/?tradeOrderId={order_id(2)}", "body": "{}"},
        {"kind": "order_detail", "url": f"{WWW}/h5/x/", "body": f'{{"tradeOrderId": {order_id(1)}}}'},
        *({"kind": "order_list", "url": f"{WWW}/h5/x/", "body": f'"{order_id(n)}"'} for n in range(1, 4)),
    ]
    got = await own.evaluate(
        """async ([answers, page]) => {
        const { seen } = await import("/content/capture.js");
        for (const answer of answers) seen.take(answer);
        return seen.tells(page);
    }""",
        [answers, {"kind": kind, "order": order, "marketplace": "aliexpress"}],
    )
    assert got is told


async def test_no_order_of_a_long_list_is_forgotten(rig: Rig) -> None:
    own = await rig.browser.own()
    got = await own.evaluate("""async () => {
        const { seen } = await import("/content/capture.js");
        for (let n = 0; n < 60; n += 1) seen.take({kind: "order_list", url: "", body: `"id_${8100000000000000 + n}"`});
        return [seen.data.length, seen.listed.size];
    }""")
    assert got == [5, 60]


async def test_an_order_to_which_the_page_goes_on_within_itself_is_read(rig: Rig) -> None:
    """The list came as data, the order after it as markup alone."""
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    name = "aliexpress/detail-page-es"
    markup = (CASES / f"{name}.html").read_text()
    (order,) = json.loads((CASES / f"{name}.expected.json").read_text())["orders"]
    await page.evaluate(
        "([url, text]) => { history.pushState(null, '', url);"
        "document.body = new DOMParser().parseFromString(text, 'text/html').body; }",
        [f"/p/order/detail.html?orderId={order['order_id']}", markup],
    )

    async def read() -> Any:
        path = f"/v1/orders/aliexpress/{order['order_id']}"
        return rig.daemon.request("GET", path, rig.daemon.runtime["admin_token"])[0] == 200

    await until(read, what="the order")


async def test_data_that_the_page_is_handed_by_the_fixed_name_is_seen(rig: Rig) -> None:
    """And the page gets it all the same."""
    rig.shop.data.count = 202
    answer = json.dumps(rig.shop.data.list_page(21))
    rig.shop.served["/p/order/index.html"] = (
        "<!doctype html><title>Orders</title><script>window.__INIT_DATA_CALLBACK__ = (given) => { window.given = given; };"
        f"window.__INIT_DATA_CALLBACK__({answer});</script>"
    )
    page = await rig.browser.open(ORDERS)
    assert await page.evaluate("window.given.ret[0]") == "SUCCESS::ok"

    async def read() -> Any:
        path = f"/v1/orders/aliexpress/{order_id(201)}"
        return rig.daemon.request("GET", path, rig.daemon.runtime["admin_token"])[0] == 200

    await until(read, what="the order")


async def test_a_page_that_lets_nothing_be_loaded_gets_its_lines_all_the_same(rig: Rig) -> None:
    rig.shop.policy = STRICT
    name = "aliexpress/list-page-processed-2026"
    rig.shop.served["/p/order/index.html"] = (CASES / f"{name}.html").read_text()
    (order, *_) = json.loads((CASES / f"{name}.expected.json").read_text())["orders"]
    page = await rig.browser.open(ORDERS)
    line = await rig.browser.line(page, order["order_id"])
    (box,) = [n for n in walk(line.node) if "line" in n.get("attributes", [])]
    style = await _computed(rig, page, box)
    assert (style["display"], style["border-left-width"]) == ("flex", "4px")


async def test_two_tabs(rig: Rig) -> None:
    one, two = await rig.browser.open(ORDERS), await rig.browser.open(ORDERS)
    assert len(await rig.browser.lines(one, 10, "Why")) == len(await rig.browser.lines(two, 10, "Why")) == 10


async def test_sixty_cards_within_a_second(rig: Rig, record_property: Any) -> None:
    rig.shop.data.count = 60
    page = await rig.browser.context.new_page()
    await page.add_init_script(FIRST_SEEN)
    await page.goto(ORDERS)
    for count in range(10, 61, 10):
        await rig.browser.lines(page, count)
        if count < 60:
            await page.click("#more")
    took = sorted(await page.evaluate("Object.entries(lineSeen).map(([id, at]) => at - drawn[id])"))
    assert len(took) == 60
    record_property("card_to_overlay_ms", f"median {statistics.median(took):.0f}, worst {took[-1]:.0f}")
    print(f"card to overlay: median {statistics.median(took):.0f} ms, worst of 60 {took[-1]:.0f} ms")
    assert statistics.median(took) < 1000


async def test_it_takes_its_own_line_and_no_more(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    with_line, line = await page.evaluate(
        "() => { const c = document.querySelector('.order-item'), l = c.querySelector('parcelwarden-line');"
        "return [c.offsetHeight, l.offsetHeight]; }"
    )
    without = await page.evaluate("document.querySelector('parcelwarden-line').style.display = 'none', 0") or (
        await page.evaluate("document.querySelector('.order-item').offsetHeight")
    )
    assert line <= 56
    assert with_line - without == line
    drawn = (await rig.browser.lines(page, 10, "Why"))[1]
    await rig.browser.press(page, drawn, "Why")
    await until(lambda: _details(rig, page), what="the details")
    assert await page.evaluate("document.querySelectorAll('.order-item')[1].offsetHeight") < 200


async def test_s34_hostile_text_is_text(rig: Rig) -> None:
    order = order_id(2)
    rig.shop.data.titles = {order: HOSTILE, "event": HOSTILE}
    tracked = await rig.browser.open(f"{WWW}/p/tracking/index.html?tradeOrderId={order}")
    await until(lambda: rig.browser.named(tracked, "PARCELWARDEN-PANEL"), what="the panel")
    page = await rig.browser.open(ORDERS)

    async def taken() -> Any:
        return "onerror" in admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order}")["title"]

    await until(taken, what="the hostile title in the database")
    drawn = (await rig.browser.lines(page, 10, "Why"))[2]
    await rig.browser.press(page, drawn, "Why")
    (found,) = await until(lambda: _details(rig, page, "onerror"), what="the hostile title")
    assert "<img src=x onerror=" in found.text
    assert "\u202e" not in found.text
    for each in (page, tracked):
        assert await each.evaluate("document.documentElement.dataset.hurt") is None
    assert not [seen for seen in rig.shop.seen if seen.endswith("/x")]


async def test_s37_a_page_cannot_press_nor_look_inside(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    before = admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order_id(1)}")["changes"]
    told = await page.evaluate("""() => {
        const line = document.querySelector("parcelwarden-line");
        const at = line.getBoundingClientRect();
        for (let x = at.left; x < at.right; x += 8) for (let y = at.top; y < at.bottom; y += 8) {
            const hit = document.elementFromPoint(x, y);
            hit?.dispatchEvent(new MouseEvent("click", {bubbles: true, composed: true, clientX: x, clientY: y}));
            hit?.click?.();
        }
        const chrome = window.chrome;
        return [line.shadowRoot, line.innerText ?? "", typeof chrome?.storage, typeof chrome?.runtime?.sendMessage];
    }""")
    assert told == [None, "", "undefined", "undefined"]
    assert not await _details(rig, page)
    assert admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order_id(1)}")["changes"] == before


async def test_a_guard_stands_on_the_question_whether_it_came(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    await page.click(".order-item >> nth=1 >> text=Confirm received")
    guard = await rig.browser.lines(page, 1, "releases the money")
    assert "No delivery was seen" in guard[0].text
    assert (
        await page.evaluate("document.querySelector('.comet-modal').firstElementChild.localName") == "parcelwarden-line"
    )


ASK = "async (order) => (await import('/background/advice.js')).advice([order])"
KEEPS_ITS_DIALOG = """() => {
    const asked = document.createElement("div");
    asked.className = "comet-modal";
    asked.style.display = "none";
    asked.innerHTML = "<p>By clicking 'Confirm', the shop will release your payment to the seller.</p>"
        + "<button>Not now</button>";
    asked.querySelector("button").onclick = () => { asked.style.display = "none"; };
    document.body.append(asked);
    for (const each of document.querySelectorAll(".order-item-btn")) each.onclick = () => { asked.style.display = ""; };
}"""


async def test_a_dialog_that_is_kept_is_looked_at_anew_for_every_order(rig: Rig) -> None:
    """A shop's library hides its dialog and shows the same one again, for another order."""
    for number, code in ((6, "AE_GTMS_SIGNED"), (7, "AE_GTMS_STA_SIGNED"), (8, "AE_LH_DEPART")):
        await _told(rig, order_id(number), code)
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    await page.evaluate(KEEPS_ITS_DIALOG)
    own = await rig.browser.own()
    await page.bring_to_front()
    for number, said in ((8, 1), (6, 0), (8, 1), (7, 1), (6, 0), (9, 1)):
        await page.click(f".order-item >> nth={number} >> text=Confirm received")
        await until(lambda said=said: _guards(rig, page, said), what=f"{said} word of warning for order {number}")
        for _ in range(3):
            await own.evaluate(ASK, f"aliexpress/{order_id(number)}")
        assert await _guards(rig, page, said), number
        await page.click("text=Not now")
        await until(lambda: _guards(rig, page, 0), what="nothing left on the hidden dialog")


async def test_a_page_without_data_and_cards_says_that_it_cannot_be_read(rig: Rig) -> None:
    rig.shop.served["/p/order/index.html"] = "<!doctype html><title>Orders</title><p>Nothing that we know.</p>"
    page = await rig.browser.open(ORDERS)
    (notice,) = await until(lambda: rig.browser.named(page, "PARCELWARDEN-NOTICE"), 15, "the notice")
    assert "This page could not be read." in notice.text


async def test_a_page_of_which_nothing_was_read_says_so(rig: Rig) -> None:
    """The data is understood, only not whose it is."""
    rig.shop.answers[TRACKING] = (CASES / "aliexpress/tracking-data-no-order.json").read_bytes()
    page = await rig.browser.open(f"{WWW}/p/tracking/index.html")
    (notice,) = await until(lambda: rig.browser.named(page, "PARCELWARDEN-NOTICE"), what="the notice")
    assert "This page could not be read." in notice.text


async def test_the_panel_says_what_it_could_not_read_and_what_may_be_old(rig: Rig) -> None:
    name = "aliexpress/detail-page-unseen"
    (order,) = json.loads((CASES / f"{name}.expected.json").read_text())["orders"]
    rig.shop.served["/p/order/detail.html"] = (CASES / f"{name}.html").read_text().replace("Aug 3", "Foo 33")
    page = await rig.browser.open(f"{WWW}/p/order/detail.html?orderId={order['order_id']}")

    async def panel(text: str) -> bool:
        return any(text in each.text for each in await rig.browser.named(page, "PARCELWARDEN-PANEL"))

    await until(lambda: panel("Could not be read here: Ordered"), what="the field that could not be read")
    own = await rig.browser.own()
    look_again = "import('/background/tabs.js').then(tabs => tabs.tellAll())"
    for port, old in ((9, True), (_port(rig), False)):
        await own.evaluate("port => chrome.storage.local.set({port})", port)
        await own.evaluate(look_again)
        await until(lambda old=old: _is(panel("may have changed since"), old), what=f"old: {old}")
        assert await panel("Could not be read here: Ordered")


async def test_dates_are_known_once_the_order_was_opened(rig: Rig) -> None:
    order = order_id(5)
    page = await rig.browser.open(f"{WWW}/p/order/detail.html?orderId={order}")
    await until(lambda: rig.browser.named(page, "PARCELWARDEN-PANEL"), what="the panel")

    async def dated() -> Any:
        return "shipped_at" in admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order}")["facts"]

    await until(dated, what="the date of shipping")
    assert "Persona Inventata" not in str(admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order}"))


async def _computed(rig: Rig, page: Any, node: dict[str, Any]) -> dict[str, str]:
    session = await rig.browser.session(page)
    await session.send("CSS.enable")
    found = (await session.send("CSS.getComputedStyleForNode", {"nodeId": node["nodeId"]}))["computedStyle"]
    return {each["name"]: each["value"] for each in found}


async def _is(told: Any, wanted: bool) -> bool:
    return (await told) is wanted


async def _guards(rig: Rig, page: Any, count: int) -> bool:
    lines = await rig.browser.named(page, "PARCELWARDEN-LINE")
    return sum("releases the money" in line.text for line in lines) == count


async def _told(rig: Rig, order: str, code: str) -> None:
    """Let the shop's tracking of an order end with this code."""
    answer = rig.shop.data.tracking(order)
    parcel = answer["data"]["module"]["trackingDetailLineList"][0]
    parcel["mailNo"] = f"LX0000000{order[-2:]}XX"
    parcel["detailList"][0]["trackingPrimaryCode"] = code
    rig.shop.answers[TRACKING] = json.dumps(answer).encode()
    page = await rig.browser.open(f"{WWW}/p/tracking/index.html?tradeOrderId={order}")

    async def taken() -> Any:
        parcels = admin(rig.daemon, "GET", "/v1/parcels")["parcels"]
        return [each for each in parcels if order in str(each["orders"]) and each["events"]]

    await until(taken, what="the scans")
    await page.close()


async def test_nothing_stays_of_an_extension_that_is_gone(tmp_path: Path) -> None:
    """It was updated or switched off: what it drew may be old by now, and nobody is there to ask."""
    with daemon(tmp_path) as house:
        async with open_shop(tmp_path) as shop, chromium(tmp_path, shop.port) as browser:
            await pair(browser, house)
            page = await browser.open(ORDERS)
            await browser.lines(page, 10, "Why")
            own = await browser.own()
            with suppress(Error):
                await own.evaluate("chrome.runtime.reload()")
            await page.click("#more")

            async def gone() -> bool:
                return not await browser.drawn(page)

            await until(gone, what="the end of what was drawn")
            assert await page.locator("parcelwarden-line").count() == 0


def _port(rig: Rig) -> int:
    return int(rig.daemon.runtime["port"])


async def _in_order(rig: Rig, page: Any, count: int) -> list[str]:
    async def look() -> list[str]:
        found = [line.text for line in await rig.browser.lines(page, count, "Why")]
        return found if found[0].startswith("Act now") else []

    return await until(look, what="the other order's line")


async def _details(rig: Rig, page: Any, having: str = "The rule") -> list[Any]:
    return [
        line
        for line in await rig.browser.named(page, "PARCELWARDEN-LINE")
        if "aria-expanded" in str(line.node) and having in line.text
    ]
