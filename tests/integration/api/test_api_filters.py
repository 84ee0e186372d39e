"""`GET /orders` by filter and cursor on the real store: every filter alone and with others, and pages that fit together.
All input is constructed."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from support.api import Api, running
from support.scripted import House

DATES = (
    {"paid_at": "2026-02-01", "shipped_at": "2026-02-03", "delivery_due_at": "2026-02-20"},
    {"paid_at": "2026-02-01", "shipped_at": "2026-02-03", "delivery_due_at": "2026-03-20"},
    {"paid_at": "2026-02-01", "shipped_at": "2026-02-03", "delivery_due_at": "2026-06-20"},
    {"paid_at": "2026-01-01", "shipped_at": "2026-01-03", "received_at": "2026-02-25"},
    {"paid_at": "2026-02-01", "cancelled_at": "2026-02-02", "refunded_at": "2026-02-05"},
    {},
)


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    house = await House(tmp_path / "data").open()
    async with running(tmp_path, house) as api:
        for n, (shop, dates) in enumerate(itertools.product(("aliexpress", "ebay"), DATES)):
            order = {"marketplace": shop, "order_id": str(n), "country": "ES", **dates}
            assert (await api.call("POST", "/v1/orders", json_body=order)).status == 201
        yield api
    await house.close()


async def pages(api: Api, limit: int = 200, **query: Any) -> list[dict[str, Any]]:
    """All orders that a query gives, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        got = await api.call("GET", f"/v1/orders?{urlencode({**query, 'limit': limit})}")
        assert got.status == 200, got.body
        found += got.json["orders"]
        assert len(got.json["orders"]) <= limit
        if got.json["next"] is None:
            return found
        query["cursor"] = got.json["next"]


def names(orders: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(o["marketplace"], o["order_id"]) for o in orders]


def fits(order: dict[str, Any], query: dict[str, Any]) -> bool:
    advice = order["advice"]
    act_by = advice["act_by"]
    return (
        query.get("urgency") in (None, advice["severity"])
        and query.get("state") in (None, advice["state"], advice["verdict"])
        and query.get("marketplace") in (None, order["marketplace"])
        and ("due_before" not in query or (act_by is not None and act_by < query["due_before"]))
    )


FILTERS: dict[str, list[str]] = {
    "urgency": ["info", "notice", "warning", "critical"],
    "state": ["open", "not_yet", "grace", "closed", "unknown", "stalled"],
    "marketplace": ["aliexpress", "ebay", "amazon"],
    "due_before": ["2026-01-01T00:00:00Z", "2026-03-15T00:00:00Z", "2027-01-01T00:00:00Z"],
}
QUERIES = [{}, *({name: value} for name, values in FILTERS.items() for value in values)]
QUERIES += [
    dict(zip(pair, values, strict=True))
    for pair in itertools.combinations(FILTERS, 2)
    for values in zip(FILTERS[pair[0]], itertools.cycle(FILTERS[pair[1]]), strict=False)
]


async def test_each_filter_gives_exactly_what_fits_in_pages_of_any_size(api: Api) -> None:
    everything = await pages(api)
    assert len(everything) == 12
    hits = set()
    for query in QUERIES:
        expected = names([order for order in everything if fits(order, query)])
        for limit in (1, 2, 5, 200):
            assert names(await pages(api, limit, **query)) == expected, query
        hits.update(query if expected else ())
    assert hits == set(FILTERS), "a filter never matched anything"


async def test_the_most_pressing_come_first(api: Api) -> None:
    instants = [o["advice"]["act_by"] for o in await pages(api)]
    dated = [i for i in instants if i]
    assert [bool(i) for i in instants] == sorted((bool(i) for i in instants), reverse=True)
    assert len(dated) > 2


async def test_due_before_takes_any_offset(api: Api) -> None:
    zulu = await pages(api, due_before="2026-03-15T00:00:00Z")
    assert names(zulu) == names(await pages(api, due_before="2026-03-15T05:30:00+05:30"))
    edge = min(o["advice"]["act_by"] for o in await pages(api, due_before="2027-01-01T00:00:00Z"))
    assert names(await pages(api, due_before=edge)) == []
    assert datetime.fromisoformat(edge).tzinfo is not None


async def test_a_page_stays_right_while_orders_come_and_go(api: Api) -> None:
    first = (await api.call("GET", "/v1/orders?limit=4")).json
    seen = names(first["orders"])
    gone = seen[-1]
    await api.call("DELETE", f"/v1/orders/{gone[0]}/{gone[1]}")
    rest = names(await pages(api, cursor=first["next"]))
    assert len(rest) == 8
    assert not set(rest) & set(seen)


@pytest.mark.parametrize(
    ("query", "field"),
    [("urgency=urgent", "urgency"), ("state=Open", "state"), ("marketplace=a/b", "marketplace"),
     ("due_before=2026-03-15", "due_before"), ("cursor=AAAA", "cursor"), ("limit=201", "limit")],
)  # fmt: skip
async def test_a_filter_that_cannot_be_is_named(api: Api, query: str, field: str) -> None:
    got = await api.call("GET", f"/v1/orders?{query}")
    assert (got.status, got.json["error"]["field"]) == (400, field)
