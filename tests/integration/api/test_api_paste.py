"""The paste box (`kind: text`): order text, tracking text, a saved mail; what was not understood is shown. All texts are
constructed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.api import Api, running
from support.scripted import NUMBER, House

ORDER = f"""Order details
Order ID: 8190000000000077
Order placed on: Feb 1, 2026
Payment completed on: Feb 1, 2026
Tracking number: {NUMBER}
Receiver: Somebody, Some Street 1
Total: EUR 12.40
"""
TRACKING = """Where is my parcel
Tracking number: RR123456785CN
2026-02-20 10:00 Departed from facility
2026-02-19 09:00 Accepted by carrier
2026-02-18 09:00 Shipment information received
"""
MAIL = f"""From: A shop <shop@example.test>
To: somebody@example.test
Subject: Order 8190000000000078 was shipped
Date: Sun, 01 Mar 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Somebody,
Your order number: 8190000000000078
Tracking number: {NUMBER}
"""


@pytest.fixture
async def api(house: House, tmp_path: Path) -> AsyncIterator[Api]:
    async with running(tmp_path, house) as api:
        yield api


async def paste(api: Api, text: str, status: int = 200) -> Any:
    body = {"seen_at": "2026-03-01T11:00:00Z", "url": "", "kind": "text", "form": "text", "body": text}
    got = await api.call("POST", "/v1/captures", json_body=body, token=api.token)
    assert got.status == status, got.body
    return got.json


async def test_order_text_becomes_an_order(api: Api) -> None:
    taken = await paste(api, ORDER)
    assert taken["orders"] == [{"marketplace": "aliexpress", "order_id": "8190000000000077"}]
    assert taken["parcels"] == [NUMBER]
    assert "status" in {entry["field"] for entry in taken["unread"]}
    assert all(entry["why"] for entry in taken["unread"])
    order = (await api.call("GET", "/v1/orders/aliexpress/8190000000000077")).json
    assert {"placed_at", "paid_at"} <= set(order["facts"])
    assert (order["total"], order["currency"]) == ("12.40", "EUR")
    assert order["facts"]["placed_at"]["raw"]


async def test_tracking_text_is_watched_with_its_history_and_no_look_is_claimed(api: Api) -> None:
    taken = await paste(api, TRACKING)
    assert (taken["orders"], taken["parcels"]) == ([], ["RR123456785CN"])
    assert {entry["field"] for entry in taken["unread"]} == {"order_id"}
    parcel = (await api.call("GET", "/v1/parcels/RR123456785CN")).json
    assert [event["local_time"] for event in parcel["events"]] == [
        "2026-02-18T09:00",
        "2026-02-19T09:00",
        "2026-02-20T10:00",
    ]
    assert {event["uncertain_hours"] for event in parcel["events"]} == {14.0}
    assert (parcel["state"], parcel["flags"]) == ("in_transit", ["time_uncertain"])
    assert {look["last_ok_at"] for look in parcel["looks"]} == {None}


async def test_tracking_text_that_names_an_order_is_of_that_order(api: Api) -> None:
    taken = await paste(api, f"Order ID: 8190000000000077\n{TRACKING}")
    assert taken["orders"] == [{"marketplace": "aliexpress", "order_id": "8190000000000077"}]
    assert taken["parcels"] == ["RR123456785CN"]
    order = (await api.call("GET", "/v1/orders/aliexpress/8190000000000077")).json
    assert order["parcels"] == ["RR123456785CN"]
    assert len((await api.call("GET", "/v1/parcels/RR123456785CN")).json["events"]) == 3


async def test_tracking_text_of_a_known_parcel_is_told_to_its_order(api: Api) -> None:
    body = {"marketplace": "aliexpress", "order_id": "81", "numbers": ["RR123456785CN"], "shipped_at": "2026-02-17"}
    assert (await api.call("POST", "/v1/orders", json_body=body)).status == 201
    assert (await paste(api, TRACKING))["orders"] == [{"marketplace": "aliexpress", "order_id": "81"}]
    before = (await api.call("GET", "/v1/parcels/RR123456785CN")).json["events"]
    longer = TRACKING.replace("2026-02-20", "2026-02-21 11:00 Delivered\n2026-02-20")
    await paste(api, longer)
    parcel = (await api.call("GET", "/v1/parcels/RR123456785CN")).json
    assert (parcel["events"][:3], parcel["state"]) == (before, "delivered")


@pytest.mark.parametrize("text", ["RR123456785CN", "  RR123456785CN\n", "my parcel\nRR123456785CN\n"])
async def test_a_bare_number_is_enough_where_its_check_digit_holds(api: Api, text: str) -> None:
    assert (await paste(api, text))["parcels"] == ["RR123456785CN"]


@pytest.mark.parametrize("text", ["RR123456784CN", "8190000000000077", "hello", "a line\nanother line 12345678"])
async def test_what_is_not_understood_is_refused_with_what_to_do(api: Api, text: str) -> None:
    refused = await paste(api, text, 400)
    assert "paste it again" in refused["error"]["message"]
    assert (await api.call("GET", "/v1/orders")).json["orders"] == []
    assert (await api.call("GET", "/v1/parcels")).json["parcels"] == []


async def test_a_saved_mail_is_read(api: Api) -> None:
    taken = await paste(api, MAIL)
    assert taken["orders"] == [{"marketplace": "aliexpress", "order_id": "8190000000000078"}]
    assert taken["parcels"] == [NUMBER]
    assert taken["unread"]


async def test_the_same_text_twice_is_one_capture(api: Api) -> None:
    for text in (ORDER, TRACKING, MAIL):
        first = await paste(api, text)
        before = (await api.call("GET", "/v1/export?cursor=o")).json
        assert await paste(api, text) == first
        assert (await api.call("GET", "/v1/export?cursor=o")).json == before


async def test_people_are_not_kept(api: Api, house: House) -> None:
    for text in (ORDER, MAIL):
        await paste(api, text)
    await house.warden.settled()
    dump = b"".join(file.read_bytes() for file in house.path.parent.iterdir() if file.is_file())
    for person in (b"Somebody", b"Some Street", b"example.test"):
        assert person not in dump
