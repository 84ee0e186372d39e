"""The background worker in Chromium: killed, cut off, spoken to by strangers. All input is constructed."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from support.browser.chromium import until
from support.browser.pairing import add_order, admin
from support.browser.rig import Rig
from support.browser.shop import ORDERS
from support.browser.shop_data import dated, order_id
from support.browser.standin import standin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]

HEALTH = {"name": "parcelwarden", "api": 1}
ADMIT = """async ([message, sender]) => {
    const { admitted } = await import("/background/guard.js");
    return admitted(message, {id: chrome.runtime.id, ...sender});
}"""
SHOP = {"url": ORDERS, "frameId": 0, "tab": {"id": 1}}
ADVICE = {"type": "advice", "orders": ["aliexpress/8100000000000001"]}
CAPTURE = {
    "url": ORDERS,
    "kind": "order_list",
    "form": "json",
    "body": "{}",
    "seen_at": "2026-11-01T00:00:00Z",
    "zone": "UTC",
    "locale": "en",
}


@asynccontextmanager
async def at_port(rig: Rig, port: int) -> AsyncIterator[Any]:
    """The popup of an extension that looks for the daemon at this port; put right afterwards."""
    page = await rig.browser.own("repair/repair.html")
    await page.evaluate("port => chrome.storage.local.set({port})", port)
    popup = await rig.browser.own("popup/popup.html")
    try:
        await popup.wait_for_selector("#main[aria-busy=false]")
        yield popup
    finally:
        await page.evaluate("port => chrome.storage.local.set({port})", rig.daemon.runtime["port"])
        await popup.close()


async def test_a_worker_killed_between_capture_and_answer_loses_nothing(rig: Rig) -> None:
    rig.shop.data.count = 3
    rig.daemon.process.send_signal(signal.SIGSTOP)
    try:
        page = await rig.browser.open(ORDERS)
        own = await rig.browser.own()

        async def queued() -> Any:
            return (await own.evaluate("chrome.storage.session.get('waiting')")).get("waiting")

        await until(queued, what="the capture in the queue")
        await rig.browser.kill_worker()
    finally:
        rig.daemon.process.send_signal(signal.SIGCONT)
    await own.evaluate("chrome.runtime.sendMessage({type: 'look'})")
    assert not await queued()
    assert admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order_id(2)}")["title"] == "Thing 2"
    await rig.browser.lines(page, 3, "Why")


async def test_e03_a_killed_worker_comes_back_with_all_that_it_knew(rig: Rig) -> None:
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    own = await rig.browser.own()
    await own.evaluate("chrome.storage.session.set({opened: ['a page']})")
    await rig.browser.kill_worker()
    kept = await own.evaluate("chrome.storage.session.get(['opened', 'state'])")
    assert kept["opened"] == ["a page"]
    assert kept["state"]["failure"] is None
    again = await rig.browser.open(ORDERS)
    await rig.browser.lines(again, 10, "Why")
    assert (await own.evaluate("chrome.alarms.getAll()"))[0]["periodInMinutes"] == 1


async def test_e02_four_texts_and_no_page_is_held_up(rig: Rig) -> None:
    told: dict[str, str] = {}
    async with (
        standin(200, {**HEALTH, "api": 0}) as old,
        standin(421, {"error": {"code": "misdirected", "message": "x"}}) as wrong,
    ):
        for name, port in (("down", 9), ("old", old), ("refused", wrong)):
            async with at_port(rig, port) as popup:
                told[name] = await popup.inner_text("#main [role=alert] strong")
                page = await rig.browser.open(ORDERS)
                assert await page.locator(".order-item").count() == 10
                notice = await until(lambda page=page: _notice(rig, page), what=f"the notice of {name}")
                assert told[name] in notice
    own = await rig.browser.own()
    token = (await own.evaluate("chrome.storage.local.get('token')"))["token"]
    await own.evaluate("chrome.storage.local.set({token: 'x'.repeat(43)})")
    async with at_port(rig, rig.daemon.runtime["port"]) as popup:
        told["unpaired"] = await popup.inner_text("#main [role=alert] strong")
        assert await popup.locator("#code").count() == 1
    await own.evaluate("token => chrome.storage.local.set({token})", token)
    assert len(set(told.values())) == 4


async def test_a_daemon_that_cannot_write_is_not_said_to_be_away(rig: Rig) -> None:
    said = "the daemon cannot read or write its data now"
    async with standin(503, {"error": {"code": "unavailable", "message": said}}) as full, at_port(rig, full) as popup:
        alert = await popup.inner_text("#main [role=alert]")
        assert "is running" in alert
        assert said in alert
        assert "is running" in await popup.evaluate("chrome.action.getTitle({})")
        page = await rig.browser.open(ORDERS)
        assert said in await until(lambda: _notice(rig, page), what="the notice")


async def test_the_badge_counts_what_needs_action_and_says_when_the_daemon_is_away(rig: Rig) -> None:
    for number in (60, 61):
        add_order(rig.daemon, order_id(number), **dated(), total="12.30", currency="USD", title=f"Lamp {number}")
    popup = await rig.browser.own("popup/popup.html")
    await popup.wait_for_selector("#main[aria-busy=false]")
    assert await popup.evaluate("chrome.action.getBadgeText({})") == "2"
    text = await popup.inner_text("#main")
    assert text.index("To act on (2)") < text.index("Lamp 60")
    assert "12.30 USD" in text
    assert "orders still without dates" in text
    href = await popup.get_attribute("#main a.button", "href")
    assert href and href.startswith("https://www.aliexpress.com/p/order/detail.html?orderId=81")
    async with at_port(rig, 9) as away:
        assert await away.evaluate("chrome.action.getBadgeText({})") == "!"
        assert "not running since" in await away.evaluate("chrome.action.getTitle({})")
        assert "Lamp 60" in await away.inner_text("#main")


async def test_a_code_that_is_being_typed_survives_what_comes_meanwhile(rig: Rig) -> None:
    own = await rig.browser.own()
    token = (await own.evaluate("chrome.storage.local.get('token')"))["token"]
    await own.evaluate("chrome.storage.local.remove('token')")
    popup = await rig.browser.context.new_page()
    await popup.clock.install()
    await popup.goto(f"{rig.browser.base}/popup/popup.html")
    await popup.wait_for_selector("#main[aria-busy=false]")
    try:
        await popup.fill("#code", "1234")
        await own.evaluate("chrome.storage.session.set({unread: 'something new'})")
        await popup.evaluate("() => { document.getElementById('code').dataset.old = 'yes'; }")
        await popup.focus("#options")
        await popup.clock.fast_forward(15_000)
        await popup.wait_for_selector("#code:not([data-old])")
        assert await popup.input_value("#code") == "1234"
    finally:
        await own.evaluate("token => chrome.storage.local.set({token})", token)
        await own.evaluate("chrome.storage.session.remove('unread')")


RED, BROWN, GREY = [179, 38, 30, 255], [161, 92, 0, 255], [95, 99, 104, 255]


def line(number: int, severity: str, act_by: str | None = "2099-01-01T00:00:00Z") -> Any:
    advice = {"severity": severity, "act_by": act_by}
    return {"marketplace": "aliexpress", "order_id": str(number), "advice": advice}


def untold(number: int, severity: str) -> Any:
    return {"id": number, "order": f"aliexpress/{number}", "severity": severity, "title": "x", "text": "y"}


@pytest.mark.parametrize(
    ("lines", "alerts", "text", "colour"),
    [
        ([line(1, "notice"), line(2, "info"), line(3, "unknown")], [], "", None),
        ([line(1, "warning"), line(2, "notice")], [], "1", BROWN),
        ([line(1, "warning"), line(2, "critical", "2020-01-01T00:00:00Z")], [], "2", RED),
        ([line(1, "warning")], [untold(1, "warning")], "1", BROWN),
        ([line(1, "warning")], [untold(2, "notice"), untold(3, "critical")], "3", RED),
        ([line(1, "notice")], [untold(1, "notice")], "1", BROWN),
        ([line(number, "warning") for number in range(120)], [], "99+", BROWN),
    ],
)
async def test_the_badge_has_the_number_of_orders_and_the_worst_ones_colour(
    rig: Rig, lines: Any, alerts: Any, text: str, colour: Any
) -> None:
    own = await rig.browser.own()
    shown = await own.evaluate(
        """async (state) => {
        await (await import("/background/badge.js")).showBadge({failure: null, ...state});
        return [await chrome.action.getBadgeText({}), await chrome.action.getBadgeBackgroundColor({})];
    }""",
        {"lines": lines, "untold": alerts},
    )
    assert shown[0] == text
    assert colour is None or shown[1] == colour


async def test_the_alarm_finds_within_two_minutes_that_the_daemon_is_away(rig: Rig) -> None:
    """The browser's own alarm, brought forward; by itself it comes every minute."""
    own = await rig.browser.own()
    (alarm,) = await own.evaluate("chrome.alarms.getAll()")
    patience = await own.evaluate("import('/background/daemon.js').then(daemon => daemon.SECONDS)")
    assert alarm["periodInMinutes"] * 60 + patience < 120

    async def rings(badge: str, title: str) -> None:
        await own.evaluate("chrome.alarms.create('look', {when: Date.now() + 100, periodInMinutes: 1})")

        async def look() -> bool:
            told = await own.evaluate("Promise.all([chrome.action.getBadgeText({}), chrome.action.getTitle({})])")
            return bool((told[0] == "!") is (badge == "!") and title in told[1])

        await until(look, what=f"{badge!r} and {title!r}")

    await rings("", "parcelwarden: ")
    rig.daemon.process.send_signal(signal.SIGSTOP)
    try:
        await rings("!", "not running since")
        assert await own.evaluate("chrome.action.getBadgeBackgroundColor({})") == GREY
    finally:
        rig.daemon.process.send_signal(signal.SIGCONT)
    await rings("", "parcelwarden: ")


async def test_notifications_are_reported_after_the_browser_took_them(rig: Rig) -> None:
    own = await rig.browser.own()
    add_order(rig.daemon, order_id(62), **dated())
    query = f"order=aliexpress/{order_id(62)}"
    due = {each["id"] for each in admin(rig.daemon, "GET", f"/v1/alerts?state=due&channel=browser&{query}")["alerts"]}
    assert due

    async def told() -> Any:
        await own.evaluate("(async () => (await import('/background/notify.js')).notifyDue())()")
        return not admin(rig.daemon, "GET", f"/v1/alerts?state=due&channel=browser&{query}")["alerts"]

    await until(told, what="the word that it was shown")
    assert {f"alert/{number}" for number in due} & set(await own.evaluate("chrome.notifications.getAll()"))
    after = {each["id"] for each in admin(rig.daemon, "GET", f"/v1/alerts?{query}&state=delivered")["alerts"]}
    assert due <= after


@pytest.mark.parametrize(
    ("shop", "seen", "page"),
    [
        ("aliexpress", None, "https://www.aliexpress.com/p/order/detail.html?orderId=8100000000000001"),
        ("aliexpress", "https://es.aliexpress.com/p/order/index.html", "https://es.aliexpress.com/p/order/detail.html"),
        ("aliexpress", "https://trade.aliexpress.com/orderList.htm", "https://www.aliexpress.com/p/order/detail.html"),
        ("aliexpress", "https://aliexpress.com.evil.example/", "https://www.aliexpress.com/p/order/detail.html"),
        ("aliexpress", "https://aliexpress.ru/order-list", "https://aliexpress.ru/order-list/8100000000000001"),
        ("ebay", "https://www.ebay.de/mye/myebay/purchase", "https://order.ebay.com/ord/show?orderId=8100000000000001"),
        ("amazon", "https://www.amazon.de/your-orders/orders", "https://www.amazon.de/gp/your-account/order-details"),
        ("amazon", None, None),
        ("constructor", None, None),
    ],
)
async def test_the_page_of_an_order_is_on_the_host_that_knows_it(
    rig: Rig, shop: str, seen: str | None, page: str | None
) -> None:
    own = await rig.browser.own()
    script = "async (given) => (await import('/shared/orders.js')).orderPage(...given)"
    got = await own.evaluate(script, [shop, "8100000000000001", *([seen] if seen else [])])
    assert got is None if page is None else got.startswith(page)


@pytest.mark.parametrize(
    ("severity", "opens", "acts", "words"),
    [
        ("notice", 50, 90, "From Wed, Jan 3, 2046, 2:00 AM UTC (in 2 days 2 hours)"),
        ("critical", -50, 25, "Until Tue, Jan 2, 2046, 1:00 AM UTC (1 day 1 hour left)"),
        ("critical", -50, -25, "Late since Sat, Dec 30, 2045, 11:00 PM UTC"),
        ("warning", -50, -25, ""),
        ("info", None, None, ""),
    ],
)
async def test_the_words_of_a_date(rig: Rig, severity: str, opens: int, acts: int, words: str) -> None:
    own = await rig.browser.own()
    told = await own.evaluate(
        """async ([severity, opens, acts]) => {
        const { deadline } = await import("/shared/time.js");
        const now = Date.UTC(2046, 0, 1);
        const at = (hours) => hours === null ? null : new Date(now + hours * 3600e3).toISOString();
        return deadline({severity, opens_at: at(opens), act_by: at(acts)}, now);
    }""",
        [severity, opens, acts],
    )
    assert told == words


@pytest.mark.parametrize(
    ("message", "sender", "who"),
    [
        (ADVICE, SHOP, "page"),
        ({"type": "seen", "capture": CAPTURE}, SHOP, "page"),
        (ADVICE, {**SHOP, "id": "abcdefghijklmnopabcdefghijklmnop"}, None),
        (ADVICE, {**SHOP, "frameId": 3}, None),
        (ADVICE, {**SHOP, "url": "https://evil.example/p/order/index.html"}, None),
        (ADVICE, {**SHOP, "url": "https://www.aliexpress.com.evil.example/"}, None),
        (ADVICE, {**SHOP, "url": "http://www.aliexpress.com/p/order/index.html"}, None),
        (ADVICE, {"url": ORDERS, "frameId": 0}, None),
        ({"type": "pair", "code": "12345678"}, SHOP, None),
        ({"type": "unpair"}, SHOP, None),
        ({"type": "nonsense"}, SHOP, None),
        ({"type": "constructor"}, SHOP, None),
        ({**ADVICE, "more": 1}, SHOP, None),
        ({"type": "advice", "orders": ["../../settings"]}, SHOP, None),
        ({"type": "advice", "orders": "aliexpress/1"}, SHOP, None),
        ({"type": "said", "order": "aliexpress/1", "word": "refunded"}, SHOP, None),
        ({"type": "seen", "capture": {**CAPTURE, "token": "x"}}, SHOP, None),
        ({"type": "seen", "capture": {**CAPTURE, "kind": "text"}}, SHOP, None),
        ("advice", SHOP, None),
        (None, SHOP, None),
    ],
)
async def test_s36_only_our_own_messages_are_heard(rig: Rig, message: Any, sender: Any, who: str | None) -> None:
    own = await rig.browser.own()
    assert await own.evaluate(ADMIT, [message, sender]) == who


async def test_the_queue_is_bounded_and_holds_each_body_once(rig: Rig) -> None:
    async with at_port(rig, 9):
        own = await rig.browser.own()
        got = await own.evaluate(
            """async (capture) => {
            const { MOST, enqueue, queued } = await import("/background/queue.js");
            const fresh = [];
            for (let n = 0; n < MOST + 5; n += 1) {
                fresh.push(await enqueue({...capture, body: `{"n": ${n % (MOST + 3)}}`}, null));
            }
            const big = await enqueue({...capture, body: "x".repeat(4.2e6)}, null);
            const count = await queued();
            const all = Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith("capture/"));
            return [MOST, fresh.filter(Boolean).length, big, count, all.length];
        }""",
            CAPTURE,
        )
        most = got[0]
        assert got == [most, most + 5, False, most, most]
        again = await own.evaluate(
            "async (capture) => (await import('/background/queue.js')).enqueue(capture, null)",
            {**CAPTURE, "body": '{"n": 20}'},
        )
        assert again is False
        await own.evaluate("chrome.storage.session.clear()")


async def test_a_capture_at_which_the_daemon_fails_keeps_no_other_waiting(rig: Rig) -> None:
    own = await rig.browser.own()
    got = await own.evaluate(
        """async (capture) => {
        const { drain, enqueue, queued } = await import("/background/queue.js");
        const usual = fetch, told = [];
        window.fetch = (url, given) => given.body?.includes("poison")
            ? Promise.resolve(Response.json({error: {code: "internal", message: "inside"}}, {status: 500}))
            : usual(url, given);
        const tell = async (tab, outcome, seen) => told.push([seen.body, outcome.failure.kind]);
        for (const body of ['{"poison": 1}', '{"fine": 1}']) await enqueue({...capture, body}, null);
        const rounds = [];
        for (let round = 0; round < 3; round += 1) {
            await drain(tell);
            rounds.push([told.length, await queued()]);
        }
        return [rounds, told];
    }""",
        CAPTURE,
    )
    assert got == [[[1, 1], [1, 1], [2, 0]], [['{"fine": 1}', "invalid"], ['{"poison": 1}', "busy"]]]


async def test_an_order_whose_dates_are_old_asks_to_be_opened_again(rig: Rig) -> None:
    own = await rig.browser.own()
    got = await own.evaluate(
        """async (order) => {
        const { advice, dates } = await import("/background/advice.js");
        await chrome.storage.session.set({old: [order]});
        const before = (await advice([order])).orders[order].reopen;
        const counts = await dates();
        return [before, counts.total >= counts.without, (await advice([order])).orders[order].reopen];
    }""",
        ADVICE["orders"][0],
    )
    assert got == [True, True, False]


async def test_an_account_leaves_the_page_as_a_hash_only(rig: Rig) -> None:
    own = await rig.browser.own()
    names = set()
    for account in ("4711471147", "4711471147", "8158158158"):
        async with at_port(rig, 9):
            await rig.browser.context.add_cookies([
                {"name": "aep_usuc_f", "value": f"site=glo&x_alimid={account}",
                 "domain": ".aliexpress.com", "path": "/"}
            ])  # fmt: skip
            page = await rig.browser.open(ORDERS)

            async def waiting() -> Any:
                kept = await own.evaluate("chrome.storage.session.get(null)")
                return [value for key, value in kept.items() if key.startswith("capture/")]

            (capture,) = await until(waiting, what="the capture")
            await own.evaluate("chrome.storage.session.clear()")
            await page.close()
        assert account not in str(capture)
        names.add(capture["account"])
    await rig.browser.context.clear_cookies()
    assert len(names) == 2
    assert all(len(name) == 40 for name in names)


async def test_the_relay_is_not_said_to_be_on_where_the_daemon_did_not_take_it(rig: Rig) -> None:
    async with at_port(rig, 9):
        options = await rig.browser.own("options/options.html")
        await options.wait_for_selector("#sites li")
        await options.click("#relay")
        await options.wait_for_function("() => document.getElementById('relay-said').textContent")
        assert not await options.is_checked("#relay")
        assert "not running" in await options.inner_text("#relay-said")
        assert not (await options.evaluate("chrome.storage.local.get('relay')"))["relay"]
    assert admin(rig.daemon, "GET", "/v1/settings")["relay"] is False


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.aliexpress.com/p/order/index.html", "ups"),
        ("https://evil.example/", "ups"),
        ("http://www.ups.com/track", "ups"),
        ("https://www.ups.com:8443/track", "ups"),
        ("https://user@www.ups.com/track", "ups"),
        ("https://www.ups.com/track", "cainiao"),
        ("https://www.ups.com/track", "ups"),
        ("file:///etc/passwd", "ups"),
    ],
)
async def test_the_relay_fetches_nothing_that_is_not_listed_and_let_in(rig: Rig, url: str, source: str) -> None:
    own = await rig.browser.own()
    wanted = {
        "id": "1",
        "source": source,
        "url": url,
        "accept": "*/*",
        "max_bytes": 1000,
        "expires_at": "2099-01-01T00:00:00Z",
    }
    got = await own.evaluate("async (wanted) => (await import('/background/relay.js')).fetched(wanted)", wanted)
    assert got == {"failed": "permission"}
    assert not [seen for seen in rig.shop.seen if seen.startswith(("www.ups.com", "evil"))]


@pytest.mark.parametrize(
    ("severity", "helps", "due", "hour", "waits"),
    [
        ("warning", 72, 0, 23, True),
        ("warning", 72, 0, 12, False),
        ("critical", 72, 0, 23, True),
        ("critical", 20, 0, 23, False),
        ("notice", 3, 0, 23, False),
        ("notice", None, 0, 3, True),
        ("notice", 20, 0, 23, True),
        ("notice", 20, 3, 23, False),
        ("notice", 30, 3, 23, True),
    ],
)
async def test_quiet_hours(rig: Rig, severity: str, helps: int | None, due: int, hour: int, waits: bool) -> None:
    own = await rig.browser.own()
    got = await own.evaluate(
        """async ([severity, helps, due, hour]) => {
        const { quiet } = await import("/background/quiet.js");
        const now = new Date(2026, 10, 1, hour).getTime();
        const until = helps === null ? null : new Date(now + helps * 3600e3).toISOString();
        const due_at = new Date(now - due * 3600e3).toISOString();
        return quiet({severity, due_at, delivered_at: null, helps_until: until}, {from: "22:00", until: "07:00"}, now);
    }""",
        [severity, helps, due, hour],
    )
    assert got is waits


async def _notice(rig: Rig, page: Any) -> str:
    found = [each.text for each in await rig.browser.drawn(page) if each.name == "PARCELWARDEN-NOTICE"]
    return found[0] if found else ""
