"""The way in: the shop by address or content, refusals in words, hostile input, personal data, limits."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parcelparsers.marketplaces
from parcelparsers.errors import BadPage
from parcelparsers.marketplaces.answer import as_json
from parcelparsers.marketplaces.pages import MOST, read_page
from parcelparsers.marketplaces.shops import all_shops
from parcelparsers.page import Capture, PageReading

LINK = "<a href='/p/order/detail.html?orderId=9000000000000001'>x</a>"
SEEN = datetime(2026, 10, 10, 12, tzinfo=UTC)
CASES = Path(parcelparsers.marketplaces.__file__).parent / "cases"
BODIES = [p.read_text("utf-8") for p in sorted(CASES.rglob("*")) if p.is_file() and ".expected." not in p.name]


def read(body: str, url: str = "", seen_at: datetime | None = SEEN) -> PageReading:
    """One capture, read."""
    return read_page(Capture(url=url, kind="", form="", body=body, seen_at=seen_at))


def quietly(body: str, url: str = "") -> None:
    """Reading ends in an answer that is JSON, or in the declared error with a sentence; nothing else."""
    try:
        json.dumps(as_json(read(body, url)))
    except BadPage as fault:
        assert len(str(fault)) > 20


def test_shops_are_found() -> None:
    """Every module with a `SHOP`, ids unique and equal to the module's name."""
    ids = [shop.id for shop in all_shops()]
    assert ids == sorted(set(ids))
    assert {"aliexpress", "amazon", "ebay"} <= set(ids)


@pytest.mark.parametrize(
    ("url", "shop"),
    [
        ("https://www.aliexpress.com/p/order/index.html", "aliexpress"),
        ("https://aliexpress.ru/order-list/1", "aliexpress"),
        ("https://acs.aliexpress.com/h5/x", "aliexpress"),
        ("https://www.amazon.co.uk/your-orders/orders", "amazon"),
        ("https://www.amazon.com.au/x", "amazon"),
        ("https://order.ebay.de/x", "ebay"),
        ("https://aliexpress.com.evil.example/", None),
        ("https://evilaliexpress.com/", None),
        ("https://amazon.evil.example/", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_hosts(url: str, shop: str | None) -> None:
    """Whole hosts only."""
    assert [s.id for s in all_shops() if s.owns(url)] == ([shop] if shop else [])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("hello", "order id"),
        ("<html><body><p>hello</p></body></html>", "no order page"),
        ('{"a": 1}', "no order page"),
        ('{"ret": ["FAIL_SYS_SESSION_EXPIRED::x"]}', "log in"),
        ('{"ret": ["FAIL_SYS_TOKEN_EXOIRED::x"]}', "log in"),
        ('{"ret": ["FAIL_SYS_USER_VALIDATE::x"]}', "human check"),
        ('{"ret": ["FAIL_SYS_TRAFFIC_LIMIT::x"]}', "wait"),
        ('{"api": "mtop.aliexpress.trade.buyer.order.detail", "data": {"data": {}}, "ret": ["SUCCESS::x"]}', "changed"),
        ('{"api": "mtop.aliexpress.trade.buyer.order.count", "data": {}, "ret": ["SUCCESS::x"]}', "changed"),
        ("x" * (MOST + 1), "larger"),
    ],
)
def test_refusals(body: str, words: str) -> None:
    """What was wrong and what to do."""
    with pytest.raises(BadPage, match=words):
        read(body)


def test_an_empty_list_is_an_answer() -> None:
    """The frame of a list without orders is read as no orders; its absence is not."""
    frame = {"data": {"data": {"b": {"tag": "pc_om_list_body", "fields": {}}}}, "ret": ["SUCCESS::x"]}
    assert read(json.dumps(frame)) == PageReading()


def test_without_time_of_seeing_nothing_counts() -> None:
    """No countdown, no button instant, no year: over all cases nothing is dated by the clock of the machine."""
    this_year = datetime.now(UTC).year
    for body in BODIES:
        if body.startswith("From:"):
            continue
        for order in as_json(read(body, seen_at=None))["orders"]:
            assert order["observed_dispute_button_at"] is None
            assert "T" not in str(order["delivery_due_at"])
            assert order["placed_at"] is None or int(order["placed_at"][:4]) <= max(2026, this_year)


def test_the_machine_clock_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers' modules neither ask for now nor for today."""
    folder = Path(parcelparsers.marketplaces.__file__).parent
    for source in folder.glob("*.py"):
        text = source.read_text("utf-8")
        assert not any(call in text for call in (".now(", ".today(", "utcnow", "time.time(")), source.name


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    """Any bytes."""
    quietly(data.decode("utf-8", "replace"))
    quietly(data.decode("latin-1"), "https://www.aliexpress.com/p/order/index.html")


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(BODIES), st.data())
def test_mutated_bodies(body: str, data: st.DataObject) -> None:
    """A piece of a known page cut out, doubled or replaced."""
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 400)))
    piece = data.draw(
        st.sampled_from(["", body[start:end] * 2, "null", "[]", "{}", '"', "<div>", "9" * 40, "\x00", "-1"])
    )
    quietly(body[:start] + piece + body[end:])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b for b in BODIES if b.lstrip()[:1] == "{"]), st.data())
def test_mutated_values(body: str, data: st.DataObject) -> None:
    """Any value in the page's data replaced by a value of another kind."""
    tree = json.loads(body)
    places: list[tuple[object, object]] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        places += [(node, key) for key in keys]
        waiting += [node[key] for key in keys if isinstance(node[key], dict | list)]
    odd = st.sampled_from([None, True, -1, 1.5, 10**30, "", "x", [], {}, [None], {"a": 1}, "9" * 50, "\ud83d\ude00"])
    for _ in range(3):
        node, key = data.draw(st.sampled_from(places))
        node[key] = data.draw(odd)  # type: ignore[index]
    quietly(json.dumps(tree))


@pytest.mark.parametrize(
    "body",
    [
        "<html>" + "<div class='order-item'>" * 30_000,
        "<html><div class='order-item-header'>" + f"<div class='order-item'>{LINK}</div>" * 9_000,
        "<html><main class='comet-tabs-nav'>" + f"<p>{LINK}</p>" * 9_000,
        "<html><div class='order-detail-info'>" + "a" * 1_000_000,
        "<html><div class='order-status order-detail-info'>" + "5 days 3 hours left. Refund " * 40_000 + "</div>",
        "<html><!-- saved from url=(" + "9" * 500_000,
        '{"ret":["SUCCESS"],"data":{"data":' + '{"pc_om_list_order":' * 5_000,
        "[" * 200_000,
        "Order ID: 9000000000000001\n" * 40_000,
        "Order number " + "9" * 500_000,
        "From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\n\n" * 60_000,
        "From: a\nSubject: " + "=?utf-8?q?a?= " * 40_000,
        ":" * 500_000,
        "\u0661" * 300_000,
    ],
    ids=lambda b: b[:30],
)  # fmt: skip
def test_bounded_time(body: str) -> None:
    """Large and repetitive input ends within seconds."""
    began = time.process_time()
    quietly(body)
    assert time.process_time() - began < 5


def test_cycles_in_the_tree() -> None:
    """A structure that names itself ends; each order comes once."""
    order = {"tag": "pc_om_list_order", "fields": {"orderId": "9000000000000001"}}
    tree = {"data": {"o": order}, "hierarchy": {"root": "a", "structure": {"a": ["b", "o"], "b": ["a", "o", "b"]}}}
    assert len(read(json.dumps({"ret": ["SUCCESS::x"], "data": tree})).orders) == 1
