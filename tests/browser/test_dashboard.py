"""The dashboard in Chromium: login, every page, what the buyer says on it, live changes, keyboard, a phone's width. The
server and the store are real; the orders are the demo's, constructed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from parcelwarden.api.resources.page import POLICY
from support.browser.dashboard import Board, dashboard

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("dashboard"),
]

PAGES = ("", "days", "undated", "alone", "paste", "sources", "pairing", "settings", "order/aliexpress/8190000000000003")
DRONE = "/v1/orders/aliexpress/8190000000000003"
UNREAD = "Dear customer,\nyour goods come soonish.\n"
GROUND_AND_INK = """place => {
  const element = document.querySelector(place);
  const own = each => getComputedStyle(each).backgroundColor;
  let ground = element;
  while (ground !== document.body && own(ground) === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  return [own(ground), getComputedStyle(element).color];
}"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202e"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def board(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Board]:
    async with dashboard(tmp_path_factory.mktemp("board")) as board:
        yield board


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def clean(board: Board) -> AsyncIterator[None]:
    """No fault in any page, nothing asked of anybody else, no window left open. More than four windows at once get no
    stream of their own (429), and look every minute."""
    board.faults.clear()
    board.asked.clear()
    yield
    for context in board.browser.contexts:
        await context.close()
    assert [fault for fault in board.faults if "429" not in fault] == []
    assert {place for place in board.asked if not place.startswith("blob:")} <= {board.base}


async def shown(page: Page) -> str:
    return await page.locator("main").inner_text()


async def test_the_code_is_traded_once_and_leaves_the_address(board: Board) -> None:
    code = await board.code()
    page = await board.open(log_in=False)
    assert "parcelwarden open" in await shown(page)
    await page.goto(f"{board.base}/#code={code}")
    await page.wait_for_selector("text=watch strap")
    assert page.url == f"{board.base}/"
    assert await page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 1]
    await page.reload()
    await page.wait_for_selector("text=watch strap")
    other = await board.open(log_in=False)
    await other.goto(f"{board.base}/#code={code}")
    await other.wait_for_selector("role=alert")
    assert "wrong, used or too old" in await shown(other)
    board.faults[:] = [fault for fault in board.faults if "403" not in fault]


async def test_the_document_has_its_policy_and_the_files_are_fixed(board: Board) -> None:
    document = await board.api.call("GET", "/", token=None)
    assert document.header("Content-Security-Policy") == POLICY
    assert document.header("Content-Type") == "text/html; charset=utf-8"
    script = await board.api.call("GET", "/dashboard/app.js", token=None)
    assert script.header("Content-Type") == "text/javascript; charset=utf-8"
    assert script.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'"
    for path in ("/dashboard/", "/dashboard/__init__.py", "/dashboard/../app.js", "/dashboard/%2e%2e/app.js"):
        assert (await board.api.call("GET", path, token=None)).status in (401, 404)
    assert (await board.api.call("GET", "/", token=None, host=f"evil.test:{board.api.port}")).status == 421


@pytest.mark.parametrize(("across", "scheme"), [(360, "light"), (360, "dark"), (1000, "dark")])
async def test_every_page_fits(board: Board, across: int, scheme: str) -> None:
    page = await board.open(viewport={"width": across, "height": 740}, color_scheme=scheme)
    for place in PAGES:
        await board.go(page, place)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
        assert await page.locator("h1").count() == 1
        assert await page.evaluate("document.activeElement.tagName") == "H1"
        assert await page.locator("[style], [onclick]").count() == 0
        unnamed = await page.evaluate(
            "[...document.querySelectorAll('input, select, textarea')].filter((e) => !e.labels?.length).length"
        )
        assert unnamed == 0, place


async def test_orders_stand_by_urgency_with_the_money_at_risk(board: Board) -> None:
    page = await board.open()
    titles = await page.locator(".card .title").all_inner_texts()
    assert titles[0] == "watch strap"
    assert set(titles) == {"watch strap", "headphones", "garden lights", "phone case", "drone battery", "LED strip"}
    words = await shown(page)
    assert "1 order of 6 needs you: 5.60 EUR at risk" in words
    assert "1 of 6 orders still without dates" in words
    severities = [text.split()[-1] for text in await page.locator(".card .severity").all_inner_texts()]
    ranks = [["critical", "warning", "notice", "right"].index(word) for word in severities]
    assert ranks == sorted(ranks)


async def test_the_next_days_of_all_orders(board: Board) -> None:
    page = await board.open("days")
    words = await shown(page)
    assert words.index("Past already") < words.index("Tue, 14 Apr 2026")
    assert re.search(r"drone battery · act by", words)
    assert await page.locator("svg.lane .mark").count() >= 3


async def test_what_was_due_this_morning_is_past(board: Board) -> None:
    kettle = {"title": "kettle", "country": "ES", "shipped_at": "2026-03-02", "delivery_due_at": "2026-03-29"}
    order = {"marketplace": "aliexpress", "order_id": "667", **kettle}
    assert (await board.api.call("POST", "/v1/orders", json_body=order)).json["advice"][
        "act_by"
    ] == "2026-04-01T08:00:00Z"
    words = await shown(await board.open("days"))
    assert words.index("Past already") < words.index("kettle · act by") < words.index("Wed, 1 Apr 2026")
    assert words.count("kettle · act by") == 1
    assert (await board.api.call("DELETE", "/v1/orders/aliexpress/667")).status == 204


async def test_one_order_with_all_that_is_known(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000003")
    size = await page.locator("img.timeline").evaluate("async (i) => { await i.decode(); return i.naturalWidth; }")
    assert size > 500
    assert (await page.locator("img.timeline").get_attribute("src") or "").startswith("blob:")
    words = await shown(page)
    for said in (
        "drone battery",
        "41.90 EUR",
        "Dispute: not received",
        "not yet open",
        "Left from sorting center",
        "slow",
    ):
        assert said in words
    for summary in await page.locator("summary:not(.button)").all():
        if not await summary.evaluate("(each) => each.parentElement.open"):
            await summary.click()
    words = await shown(page)
    for said in ("AliExpress buyer help text, L12", "Who was asked", "cainiao", "delivery due at", "To come"):
        assert said in words
    shop = page.locator("a", has_text="Open at the shop")
    assert (await shop.get_attribute("href") or "").startswith("https://www.aliexpress.com/")
    assert await shop.get_attribute("rel") == "noopener noreferrer"


async def test_the_evidence_is_saved(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000003")
    async with page.expect_download() as coming:
        await page.click("text=Evidence for a dispute")
    saved = await coming.value
    assert saved.suggested_filename == "evidence-aliexpress-8190000000000003.zip"


async def test_what_the_buyer_says_is_taken(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000004")
    await page.click("text=I opened a dispute")
    await page.locator("details[open].asked button").click()
    await page.wait_for_selector("text=Seller's reply by")
    facts = (await board.api.call("GET", "/v1/orders/aliexpress/8190000000000004")).json["facts"]
    assert facts["dispute.opened_at"]["origin"] == "user"
    assert await page.locator("text=I opened a dispute").count() == 0


async def test_an_alert_is_put_off_and_acknowledged(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000005")
    cards = page.locator("li.card", has_text="due since")
    before = await cards.count()
    assert before > 0
    await cards.first.locator("text=Again in 1 hour").click()
    await page.wait_for_selector("text=Comes again")
    await cards.first.locator("text=Acknowledge").click()
    await page.wait_for_function("n => document.querySelectorAll('li.card').length === n", arg=before - 1)
    states = [alert["state"] for alert in (await board.api.call("GET", "/v1/alerts?limit=200")).json["alerts"]]
    assert "acknowledged" in states


async def test_foreign_text_is_only_text(board: Board) -> None:
    order = {"marketplace": "aliexpress", "order_id": "666", "title": HOSTILE.rstrip("\u202e"), "seller": HOSTILE[:-1]}
    assert (await board.api.call("POST", "/v1/orders", json_body=order)).status == 201
    page = await board.open("order/aliexpress/666")
    assert HOSTILE.rstrip("\u202e") in await shown(page)
    assert await page.locator("main script, main img:not(.timeline)").count() == 0
    await board.go(page, "")
    assert HOSTILE.rstrip("\u202e") in await shown(page)
    assert (await board.api.call("DELETE", "/v1/orders/aliexpress/666")).status == 204


async def test_a_change_is_seen_at_once_and_the_focus_stays(board: Board) -> None:
    page = await board.open()
    await page.wait_for_function("() => document.getElementById('live').textContent === 'live'")
    await page.locator("a.title", has_text="drone battery").focus()
    answer = await board.api.call("PATCH", DRONE, json_body={"title": "drone battery, 5 Ah"})
    assert answer.status == 200
    await page.wait_for_selector("text=drone battery, 5 Ah")
    await page.locator("nav a", has_text="Sources").focus()
    await board.api.call("PATCH", DRONE, json_body={"title": "drone battery"})
    await page.wait_for_function("() => !document.body.innerText.includes('5 Ah')")
    assert await page.evaluate("document.activeElement.textContent") == "Sources"


async def test_by_keyboard_alone(board: Board) -> None:
    page = await board.open()
    await page.locator(".skip").focus()
    reached, unseen = [], []
    for _ in range(11):
        name, outline = await page.evaluate(
            "() => { const a = document.activeElement; return [a.textContent, getComputedStyle(a).outlineStyle]; }"
        )
        reached.append(name)
        unseen += [name] if outline == "none" else []
        await page.keyboard.press("Tab")
    pages = ["Orders", "30 days", "Without dates", "Add", "Sources", "Pairing", "Settings"]
    titles = await page.locator(".card .title").all_inner_texts()
    assert reached == ["To the content", *pages, "open each once at its shop", *titles[:2]]
    assert unseen == [], "the focus is always seen"
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('watch strap')")
    assert await page.evaluate("document.activeElement.tagName") == "H1"


async def test_a_fact_is_said_by_keyboard_alone(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000002")
    await page.locator("summary", has_text="I received it").focus()
    await page.keyboard.press("Enter")
    for _ in range(9):  # over the parts of the date
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent") == "Say so":
            break
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#said.shown")
    facts = (await board.api.call("GET", "/v1/orders/aliexpress/8190000000000002")).json["facts"]
    assert facts["received_at"]["origin"] == "user"
    undo = await board.api.call("PATCH", "/v1/orders/aliexpress/8190000000000002", json_body={"received_at": None})
    assert undo.status == 200


async def test_on_paper_it_is_dark_on_light_whatever_the_screen_is(board: Board) -> None:
    page = await board.open("order/aliexpress/8190000000000003", color_scheme="dark")
    await page.emulate_media(media="print", color_scheme="dark")
    for place in (".box", "p.soft", "td", "h1"):
        back, ink = await page.evaluate(GROUND_AND_INK, place)
        assert min(map(int, re.findall(r"\d+", back))) > 240, (place, back)
        assert max(map(int, re.findall(r"\d+", ink))) < 110, (place, ink)
    assert await page.locator("button:visible, a.button:visible, nav:visible").count() == 0


async def test_an_extension_is_paired_by_the_code_on_the_page(board: Board) -> None:
    page = await board.open("pairing")
    await page.click("text=Open a pairing window")
    digits = (await page.locator(".code").inner_text()).replace(" ", "")
    assert re.fullmatch(r"[0-9]{8}", digits)
    origin = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
    body = {"code": digits, "name": "my browser"}
    assert (await board.api.call("POST", "/v1/pair", token=None, json_body=body, origin=origin)).status == 201
    await page.clock.run_for(3000)
    row = page.locator("tr", has_text="my browser")
    await row.wait_for()
    await row.locator("text=Revoke").click()
    await row.wait_for(state="detached")


async def test_orders_and_texts_are_added_without_the_extension(board: Board) -> None:
    page = await board.open("paste")
    by_hand = page.locator("section", has_text="An order by hand")
    await by_hand.locator("[name=order_id]").fill("8170000000000001")
    await by_hand.locator("[name=title]").fill("teapot")
    await by_hand.locator("[name=shipped_at]").fill("2026-03-20")
    await by_hand.locator("text=Watch it").click()
    await page.wait_for_selector("h1:has-text('teapot')")
    await board.go(page, "paste")
    await page.locator("[name=text]").fill("Order ID: 8170000000000001\nTracking number: LP00190000000062")
    await page.click("text=Read it")
    await page.wait_for_selector("[role=status] li:has-text('aliexpress/8170000000000001')")
    assert (await board.api.call("DELETE", "/v1/orders/aliexpress/8170000000000001")).status == 204
    board.faults[:] = [fault for fault in board.faults if "400" not in fault]


async def test_what_was_not_understood_is_shown(board: Board) -> None:
    page = await board.open("paste")
    await page.locator("[name=text]").fill(UNREAD)
    await page.click("text=Read it")
    await page.wait_for_selector(".told:has-text('no order id and no labelled tracking number')")
    assert await page.locator("[name=text]").input_value() == UNREAD, "the text is there to be mended"
    await page.locator("[name=text]").fill(f"Order ID: 8170000000000002\n{UNREAD}")
    await page.click("text=Read it")
    await page.wait_for_selector("[role=status] li:has-text('placed_at not read: the text has no labelled date')")
    assert (await board.api.call("DELETE", "/v1/orders/aliexpress/8170000000000002")).status == 204
    board.faults[:] = [fault for fault in board.faults if "400" not in fault]


async def test_what_is_written_and_answered_stays_when_something_changes(board: Board) -> None:
    page = await board.open("paste")
    await page.locator("[name=text]").fill(UNREAD)
    await page.click("text=Read it")
    await page.wait_for_selector(".told:not(:empty)")
    other = await board.open("pairing")
    await other.click("text=Open a pairing window")
    await other.wait_for_selector(".code")
    third = await board.open("order/aliexpress/8190000000000003")
    await third.locator("summary", has_text="Facts, and where").click()
    await third.locator("[name=value]").fill("being written")
    await third.locator("h1").focus()
    for each in (page, other, third):
        await each.wait_for_function("() => document.getElementById('live').textContent === 'live'")
    assert (await board.api.call("PATCH", DRONE, json_body={"title": "drone battery, 6 Ah"})).status == 200
    await third.wait_for_function("() => document.getElementById('live').textContent === 'waits while you write'")
    assert await page.locator("[name=text]").input_value() == UNREAD
    assert await page.locator(".told:not(:empty)").count() == 1
    assert await other.locator(".code").count() == 1
    assert await third.locator("[name=value]").input_value() == "being written"
    await board.api.call("PATCH", DRONE, json_body={"title": "drone battery"})
    board.faults[:] = [fault for fault in board.faults if "400" not in fault]


async def test_a_parcel_alone_is_found_again(board: Board) -> None:
    page = await board.open("paste")
    alone = page.locator("section", has_text="A tracking number alone")
    await alone.locator("[name=number]").fill("RC301390345DE")
    await alone.locator("text=Watch it").click()
    await alone.locator("a", has_text="Parcels of no order").click()
    await page.wait_for_selector("h2:has-text('RC301390345DE')")
    assert "LP00190000000031" not in await shown(page)


async def test_an_empty_house_says_how_to_begin(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with dashboard(tmp_path_factory.mktemp("empty"), empty=True) as empty:
        page = await empty.open()
        told = {}
        for place in ("", "days", "undated", "alone", "sources", "pairing"):
            if place:
                await empty.go(page, place)
            told[place] = await shown(page)
        assert "Nothing is watched yet." in told[""]
        assert await page.locator("nav a").count() == 7
        assert "No order has a date within 30 days." in told["days"]
        assert "No order is watched yet." in told["undated"]
        assert "Every parcel that is watched belongs to an order." in told["alone"]
        assert "None was asked on this machine yet" in told["sources"]
        assert empty.faults == []


async def test_a_daemon_that_ends_is_told_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with dashboard(tmp_path_factory.mktemp("ended"), empty=True) as ended:
        page = await ended.open()
        await page.wait_for_function("() => document.getElementById('live').textContent === 'live'")
        await ended.api.server.stop()
        await page.wait_for_selector("text=The daemon does not answer")
        assert "Nothing is watched yet." not in await shown(page)


async def test_settings_are_saved_and_a_refusal_is_told(board: Board) -> None:
    page = await board.open("settings")
    await page.locator("[name=country]").fill("E1")
    await page.click("text=Save")
    await page.wait_for_selector(".told:not(:empty)")
    board.faults[:] = [fault for fault in board.faults if "400" not in fault]
    await page.locator("[name=country]").fill("ES")
    await page.locator("[name=lead_hours]").fill("72, 24")
    await page.click("text=Save")
    await page.wait_for_selector("#said.shown")
    saved = (await board.api.call("GET", "/v1/settings")).json
    assert (saved["country"], saved["lead_hours"], saved["relay"]) == ("ES", [72, 24], False)


async def test_an_ended_session_says_so(board: Board) -> None:
    page = await board.open()
    await page.evaluate("sessionStorage.setItem('token', 'pw_wrong')")
    await page.evaluate("location.hash = '#/sources'")
    await page.wait_for_selector("text=The session has ended.")
    assert await page.evaluate("sessionStorage.length") == 0
    board.faults[:] = [fault for fault in board.faults if "401" not in fault]
