"""Every layout, and the sites that a user lets in: a copy of the extension to which all of them were given.

The constructed cases of the readers are served at their own addresses; the replicas of the reference material, where it
is beside the checkout, are read in place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import pytest_asyncio

from parcelparsers import marketplaces, source_ids
from parcelparsers.carriers import __path__ as carriers
from support.browser.chromium import EXTENSION, chromium, until
from support.browser.pairing import add_order, admin, pair
from support.browser.rig import Rig
from support.browser.shop import ORDERS, WWW, open_shop
from support.browser.shop_data import DETAIL, LIST, TRACKING, order_id
from support.daemon import daemon
from support.shared import shared

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]

CASES = Path(marketplaces.__path__[0]) / "cases"
USPS = Path(carriers[0]) / "cases" / "usps"
NUMBER = "9400100000000000000017"


def granted(folder: Path) -> Path:
    """A copy of the extension whose optional sites were all let in."""
    copy = folder / "extension"
    shutil.copytree(EXTENSION, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["host_permissions"] += manifest.pop("optional_host_permissions")
    (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    """Chromium with everything let in, and a daemon that may have USPS relayed."""
    folder = tmp_path_factory.mktemp("sites")
    others = tuple(name for name in source_ids() if name != "usps")
    with patch("support.daemon.source_ids", lambda: others), daemon(folder) as house:
        async with open_shop(folder) as shop, chromium(folder, shop.port, granted(folder)) as browser:
            await pair(browser, house)
            yield Rig(browser, shop, house, folder)


CONSTRUCTED = [
    ("aliexpress/list-page-processed-2026.html", f"{WWW}/p/order/index.html"),
    ("aliexpress/list-page-processed-2023.html", f"{WWW}/p/order/index.html"),
    ("aliexpress/list-page-es.html", "https://es.aliexpress.com/p/order/index.html"),
    ("aliexpress/list-page-ko-2026.html", "https://ko.aliexpress.com/p/order/index.html"),
    ("aliexpress/legacy-list-unseen.html", "https://trade.aliexpress.com/orderList.htm"),
    ("aliexpress/ru-list.html", "https://aliexpress.ru/order-list"),
    ("ebay/list-de.html", "https://www.ebay.de/mye/myebay/purchase"),
    ("amazon/list-fr.html", "https://www.amazon.fr/your-orders/orders"),
]
REPLICAS = [
    ("aliexpress/list-2023.en", f"{WWW}/p/order/index.html"),
    ("aliexpress/list-2026.en", f"{WWW}/p/order/index.html"),
    ("aliexpress/legacy-orderlist.en", "https://trade.aliexpress.com/orderList.htm"),
    ("ebay/purchase-history", "https://www.ebay.com/mye/myebay/purchase"),
    ("amazon/your-orders-2026", "https://www.amazon.com/your-orders/orders"),
]


def serve(rig: Rig, url: str, body: str) -> None:
    """Put a page at an address."""
    host, _, path = url.removeprefix("https://").partition("/")
    rig.shop.served[f"{host}/{path.partition('?')[0]}"] = body


@pytest.mark.parametrize(("case", "url"), CONSTRUCTED, ids=[case for case, _ in CONSTRUCTED])
async def test_cards_of_every_layout_get_their_line(rig: Rig, case: str, url: str) -> None:
    expected = json.loads((CASES / case).with_suffix(".expected.json").read_text())["orders"]
    serve(rig, url, (CASES / case).read_text())
    page = await rig.browser.open(url)
    lines = await rig.browser.lines(page, len(expected), "Why", 25)
    assert len(lines) == len(expected)
    for order in expected:
        assert any(order["order_id"] in str(line.node["shadowRoots"]) for line in lines)


@pytest.mark.parametrize(("replica", "url"), REPLICAS, ids=[replica for replica, _ in REPLICAS])
async def test_cards_of_every_replica_get_their_line(rig: Rig, replica: str, url: str) -> None:
    file = shared(f"order_pages/{replica}.replica.html")
    serve(rig, url, file.read_text())
    meta = json.loads(file.with_name(file.name.replace(".html", ".meta.json")).read_text())
    page = await rig.browser.open(url)
    told = meta["expected"] if isinstance(meta["expected"], list) else [meta["expected"]]
    expected = [str(each["order_id"]) for each in told]
    lines = await rig.browser.lines(page, len(expected), "Why", 25)
    assert {each for each in expected if each in str([line.node for line in lines])} == set(expected)


async def test_the_markup_of_an_order_and_of_its_tracking_is_read(rig: Rig) -> None:
    for name, path in (
        ("detail-2024.en", "/p/order/detail.html?orderId="),
        ("tracking-v2.en", "/p/tracking/index.html?tradeOrderId="),
    ):
        serve(rig, f"{WWW}{path}", shared(f"order_pages/aliexpress/{name}.replica.html").read_text())
        await rig.browser.open(f"{WWW}{path}8000000000000011")
    parcel = await until(lambda: _there(rig, "/v1/parcels/LP00000000000000"), what="the parcel of the tracking page")
    assert [order["order_id"] for order in parcel["orders"]] == ["8000000000000011"]
    facts = (await _there(rig, "/v1/orders/aliexpress/8000000000000011"))["facts"]
    assert facts["shipped_at"]["value"]["printed"] == "2023-08-05"


async def test_the_shops_own_answers_are_read_as_they_come(rig: Rig) -> None:
    """JSONP for the first page, a POST for the tracking; the payloads are those of the reference material."""
    folder = shared("order_pages/aliexpress")
    body = (folder / "order-list-init.json").read_bytes()
    rig.shop.answers = {
        LIST: body,
        DETAIL: (folder / "order-detail.json").read_bytes(),
        TRACKING: (folder / "logistics-querydetail.repaired.json").read_bytes(),
    }
    for url in (
        ORDERS,
        f"{WWW}/p/order/detail.html?orderId=8200000000000103",
        f"{WWW}/p/tracking/index.html?tradeOrderId=8200000000000103",
    ):
        await rig.browser.open(url)
    order = await until(lambda: _dated(rig, "8200000000000103"), what="the dates of the order")
    assert order["facts"]["placed_at"]["value"]["printed"] == "2026-07-15"

    async def tracked() -> Any:
        parcels = admin(rig.daemon, "GET", "/v1/parcels")["parcels"]
        return [each for each in parcels if "8200000000000103" in str(each["orders"]) and each["events"]]

    await until(tracked, what="the scans of the tracking data")


async def test_a_tracking_page_that_the_user_opens_is_read(rig: Rig) -> None:
    add_order(rig.daemon, order_id(90), numbers=[NUMBER])
    url = f"https://tools.usps.com/go/TrackConfirmAction?tLabels={NUMBER}"
    serve(rig, url, _found())
    await rig.browser.open(url)
    parcel = await until(lambda: _with_events(rig, NUMBER), what="the scans")
    assert parcel["state"] == "delivered"


@pytest.mark.parametrize(
    ("page", "data", "heard"),
    [
        ("https://global.cainiao.com/newDetail.htm", "https://global.cainiao.com/global/detail.json", True),
        ("https://auspost.com.au/track", "https://digitalapi.auspost.com.au/shipments", True),
        ("https://auspost.com.au/track", "https://other.com.au/shipments", False),
        ("https://www.royalmail.com/track", "https://other.co.uk/mailpieces", False),
    ],
)
async def test_the_data_of_a_tracking_page_is_its_own_sites(rig: Rig, page: str, data: str, heard: bool) -> None:
    host, _, path = data.removeprefix("https://").partition("/")
    rig.shop.served[f"{host}/{path}"] = '{"tracked": true}'
    serve(rig, page, "<!doctype html><title>Tracking</title>")
    tab = await rig.browser.open(page)
    await tab.evaluate(
        "document.addEventListener('parcelwarden:seen', ({detail}) => { (window.told ??= []).push(detail); })"
    )
    await tab.evaluate("document.dispatchEvent(new CustomEvent('parcelwarden:ready'))")
    await tab.evaluate(f"fetch('{data}', {{mode: 'cors'}}).then(got => got.text())")
    own = "https://" + page.split("/")[2] + "/last"
    rig.shop.served[own.removeprefix("https://")] = '{"last": true}'
    await tab.evaluate(f"fetch('{own}').then(got => got.text())")
    await tab.wait_for_function("() => (window.told ?? []).some((each) => each.includes('last'))")
    told = await tab.evaluate("window.told.map((each) => JSON.parse(each).url)")
    assert (data in told) is heard


async def test_the_data_of_a_tracking_page_that_the_user_opens_is_read(rig: Rig) -> None:
    number = "LP00900000000017"
    add_order(rig.daemon, order_id(92), numbers=[number])
    answer = (Path(carriers[0]) / "cases" / "cainiao" / "advisory_newest.json").read_text()
    url = "https://global.cainiao.com/newDetail.htm"
    serve(rig, url, "<!doctype html><title>Tracking</title>")
    serve(rig, "https://global.cainiao.com/global/detail.json", answer)
    tab = await rig.browser.open(f"{url}?mailNoList={number}")
    await tab.evaluate(f"fetch('/global/detail.json?mailNos={number}').then(got => got.text())")
    parcel = await until(lambda: _with_events(rig, number), what="the scans")
    assert parcel["state"] == "in_transit"


async def test_the_relay_fetches_what_is_wanted_without_a_tab(rig: Rig) -> None:
    number = "9400100000000000000024"
    own = await rig.browser.own()
    tabs = len(rig.browser.context.pages)
    serve(rig, "https://tools.usps.com/go/TrackConfirmAction", _found().replace(NUMBER, number))
    assert (await own.evaluate("chrome.runtime.sendMessage({type: 'relay', on: true})"))["ok"]
    add_order(rig.daemon, order_id(91), numbers=[number])

    async def fetched() -> Any:
        await own.evaluate("chrome.runtime.sendMessage({type: 'relay', on: true})")
        return await _with_events(rig, number)

    assert (await until(fetched, 20, "the relayed scans"))["state"] == "delivered"
    assert len(rig.browser.context.pages) == tabs
    await own.evaluate("chrome.runtime.sendMessage({type: 'relay', on: false})")
    assert admin(rig.daemon, "GET", "/v1/settings")["relay"] is False


async def test_a_sample_keeps_the_structure_and_no_value(rig: Rig) -> None:
    rig.shop.data.titles = {order_id(0): "Secret present for Zdenka"}
    page = await rig.browser.open(ORDERS)
    await rig.browser.lines(page, 10, "Why")
    own = await rig.browser.own()
    sample = await own.evaluate("""async () => {
        for (const { id } of await chrome.tabs.query({})) {
            const { ok } = await chrome.runtime.sendMessage({type: "sample", tab: id});
            if (ok) return (await chrome.storage.session.get("sample")).sample;
        }
    }""")
    for text in (sample["markup"], *sample["data"]):
        assert "Zdenka" not in text
        assert order_id(0) not in text
    assert sample["markup"].count('class="order-item"') == 10
    shown = await rig.browser.own("sample/sample.html")
    assert await shown.locator("textarea").count() == 1 + len(sample["data"])
    await shown.locator("textarea").first.fill("<p>looked through</p>")
    async with shown.expect_download() as coming:
        await shown.click("text=Save order_list.sample.html")
    saved = rig.folder / "saved.html"
    await (await coming.value).save_as(saved)
    assert saved.read_text() == "<p>looked through</p>"
    for name, text in (("page.html", sample["markup"]), ("data.json", sample["data"][0])):
        file = rig.folder / name
        file.write_text(text)
        done = rig.daemon.cli("import", str(file), "--dry-run", "--json")
        assert done.returncode == 0, done.stderr + done.stdout
        assert done.stdout.count('"strategies"') == 10


SECRETS = """<!doctype html><html lang="es"><head><title>Pedidos de Zdenka</title></head><body id="u-4711471147">
<button>Hola, Zdenka</button><div role="button" title="Zdenka">Zdenka</div><!-- Zdenka -->
<template><p>Zdenka</p></template><input value="Zdenka"><textarea>Zdenka</textarea>
<a href="/store/Zdenka-shop?u=Zdenka">x</a><a href="https://zdenka.example/zdenka">x</a>
<div class="order-item" id="order-4711471147"><button>Confirm received</button>
<a data-pl="order_item_header_detail" href="//www.aliexpress.com/p/order/detail.html?orderId=4711471147">Zdenka</a>
<div class="contact-info">Zdenka<br>+34 600 471147</div></div></body></html>"""
"""Of a made-up Zdenka, whose account and telephone end in 471147."""


@pytest.mark.parametrize(
    ("language", "printed", "sampled"),
    [
        ("en", "Aug 3, 2023", "Aug 1, 2000"),
        ("es", "14 ene, 2025", "01 ene, 2000"),
        ("ru", "от 5 марта", "word 1 марта"),
        ("ko", "2026년 7월 10일", "2000년 1월 01일"),
        ("es", "Zdenka 14", "word 01"),
    ],
)
async def test_a_date_stays_one_in_a_sample(rig: Rig, language: str, printed: str, sampled: str) -> None:
    own = await rig.browser.own()
    got = await own.evaluate(
        """async ([language, text]) => {
        document.documentElement.lang = language;
        const { redactedMarkup } = await import("/content/redact.js");
        const page = new DOMParser().parseFromString("<p></p>", "text/html");
        page.querySelector("p").textContent = text;
        return redactedMarkup(page.documentElement);
    }""",
        [language, printed],
    )
    assert f"<p>{sampled}</p>" in got


async def test_a_sample_tells_of_nobody(rig: Rig) -> None:
    own = await rig.browser.own()
    data = {
        "ret": ["SUCCESS::ok"],
        "data": {
            "data": {"pc_order_4711471147": {"tag": "pc_order", "buttons": [{"type": "CONFIRM_GOODS"}]}},
            "structure": ["pc_order_4711471147"],
            "receiver": "ZDENKA",
            "user": "zdenka_zdenka",
            "status": "Zdenka",
            "phone": 34600471147,
        },
    }
    markup, answer = await own.evaluate(
        """async ([page, data]) => {
        const { redactedMarkup } = await import("/content/redact.js");
        const { redactedData } = await import("/content/redact-data.js");
        const parsed = new DOMParser().parseFromString(page, "text/html");
        return [redactedMarkup(parsed.documentElement), redactedData(data)];
    }""",
        [SECRETS, f" mtopjsonp1({json.dumps(data)})"],
    )
    for text in (markup, answer):
        assert "zdenka" not in text.lower()
        assert "471147" not in text
    assert "<button>Confirm received</button>" in markup
    kept = json.loads(answer)["data"]
    ((name, part),) = kept["data"].items()
    assert kept["structure"] == [name]
    assert part == {"tag": "pc_order", "buttons": [{"type": "CONFIRM_GOODS"}]}


def _found() -> str:
    return (USPS / "delivered.html").read_text()


async def _there(rig: Rig, path: str) -> Any:
    status, got = rig.daemon.request("GET", path, rig.daemon.runtime["admin_token"])
    return got if status == 200 else None


async def _with_events(rig: Rig, number: str) -> Any:
    got = await _there(rig, f"/v1/parcels/{number}")
    return got if got and got["events"] else None


async def _dated(rig: Rig, order: str) -> Any:
    got = await _there(rig, f"/v1/orders/aliexpress/{order}")
    return got if got and "shipped_at" in got["facts"] else None
