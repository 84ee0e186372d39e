"""An export that was made to do harm: whatever of it is taken in, everything is still answered, and what becomes part of
a request is a number. All input is constructed."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.api import Api, running
from support.exports import AT, GOOD, at, leaves
from support.scripted import House

NUMBER = "LP00190000000017"
ODD: list[Any] = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31",
    "x\r\nX-Evil: y\x00",
    "\u202e<script>alert(1)</script>",
    "javascript:alert(1)",
    "../../etc/passwd",
    "",
    1e308,
    -1,
    10**17,
    True,
]
ANSWERED = (
    "/v1/orders",
    "/v1/orders/aliexpress/1",
    "/v1/orders/aliexpress/1/timeline.svg",
    "/v1/parcels",
    f"/v1/parcels/{NUMBER}",
    "/v1/alerts",
    "/v1/calendar",
    "/v1/advice?order=aliexpress/1",
    "/v1/export",
    "/v1/export?cursor=o",
    "/v1/dates",
    "/v1/sources",
    "/v1/metrics",
)


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[Api]:
    """A server with the real verbs."""
    house = await House(tmp_path / "data").open()
    async with running(tmp_path, house) as api:
        yield api
    await house.close()


@pytest.mark.parametrize("path", list(leaves(GOOD)), ids=lambda p: ".".join(map(str, p)))
async def test_an_odd_value_anywhere_is_refused_or_does_no_harm(full: Api, path: tuple[str | int, ...]) -> None:
    for odd in ODD:
        bad = copy.deepcopy(GOOD)
        at(bad, path[:-1])[path[-1]] = odd
        got = await full.call("POST", "/v1/import", json_body=bad)
        assert got.status in (200, 400), (odd, got.body)
        if got.status == 400:
            continue
        for page in ANSWERED:
            answer = await full.call("GET", page)
            assert answer.status < 500, (odd, page, answer.body)
            assert answer.header("x-evil") is None
        assert b"\nX-Evil" not in (await full.call("GET", "/v1/calendar")).body
        assert (await full.call("DELETE", "/v1/orders/aliexpress/1")).status in (204, 404)


@pytest.mark.parametrize("odd", ["../../status", "a b?x=1#y", "LP0019\r\nHost: x", "{key}", "x" * 60, "LP"])
@pytest.mark.parametrize("where", ["looks", "answers"])
async def test_s28_what_a_look_asks_for_is_a_number(full: Api, where: str, odd: str) -> None:
    bad = copy.deepcopy(GOOD)
    bad["parcels"][0][where][0]["number"] = odd
    got = await full.call("POST", "/v1/import", json_body=bad)
    assert (got.status, got.json["error"]["field"]) == (400, "number")
    assert (await full.call("GET", "/v1/parcels")).json["parcels"] == []


async def test_an_instant_out_of_reach_is_named_with_its_place(full: Api) -> None:
    bad = copy.deepcopy(GOOD)
    bad["parcels"][0]["events"][0]["at"] = "9999-12-31T23:59:59-14:00"
    got = await full.call("POST", "/v1/import", json_body=bad)
    assert (got.status, got.json["error"]["field"]) == (400, "at")
    assert got.json["error"]["message"].startswith(f"{NUMBER}: at: expected an instant between")


NO_NAMES = [".", "..", "a\\b", "a\u2028", "1\u202e2", "1\n"]


@pytest.mark.parametrize("name", NO_NAMES)
async def test_no_order_gets_a_name_that_no_address_can_have(full: Api, name: str) -> None:
    bad = copy.deepcopy(GOOD)
    bad["orders"][0]["order_id"] = name
    for path, body in (("/v1/import", bad), ("/v1/orders", {"marketplace": "aliexpress", "order_id": name})):
        got = await full.call("POST", path, json_body=body)
        assert (got.status, got.code) == (400, "invalid")
        assert str(got.json["error"]["field"]).endswith("order_id")
    assert (await full.call("POST", "/v1/orders", json_body={"marketplace": "..", "order_id": "1"})).status == 400
    assert (await full.call("GET", "/v1/orders")).json["orders"] == []


@pytest.mark.parametrize("prefix", ["", "missed:"])
async def test_no_order_takes_the_place_of_anothers_alerts(full: Api, prefix: str) -> None:
    """An alert's key is there once: whoever has another order's keys first keeps it from raising any alert."""
    bad = copy.deepcopy(GOOD)
    bad["orders"][0]["alerts"][0]["key"] = (
        f"{prefix}aliexpress/12:dispute_not_received:last_safe-24h:2026-04-20T00:00:00Z"
    )
    got = await full.call("POST", "/v1/import", json_body=bad)
    assert (got.status, got.json["error"]["field"]) == (400, "key")
    assert (await full.call("GET", "/v1/orders")).json["orders"] == []


async def test_no_source_is_paused_for_ever(full: Api) -> None:
    bad = copy.deepcopy(GOOD)
    bad["sources"] = [
        {"source": "cainiao", "state": "walled", "last_tried_at": AT, "resume_at": "9000-01-01T00:00:00Z"}
    ]
    assert (await full.call("POST", "/v1/import", json_body=bad)).status == 200
    sources = (await full.call("GET", "/v1/sources")).json["sources"]
    (resume,) = [each["resume_at"] for each in sources if each["id"] == "cainiao"]
    assert resume == "2026-03-07T12:00:00Z"
