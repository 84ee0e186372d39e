"""The API on the real services and a real database; only the carrier and the desktop are stand-ins. All input is
constructed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.api import START, Api, running
from support.scripted import NUMBER, House, event

ORDER = {
    "marketplace": "AliExpress",
    "order_id": "8190000000000001",
    "title": "A kettle",
    "total": "12.40",
    "currency": "EUR",
    "country": "ES",
    "placed_at": "2026-02-01",
    "paid_at": "2026-02-01T10:00:00+01:00",
    "shipped_at": "2026-02-03",
    "delivery_due_at": "2026-03-20",
    "payment_method": "PayPal",
    "numbers": [NUMBER],
}
PATH = "/v1/orders/aliexpress/8190000000000001"


@pytest.fixture
async def api(house: House, tmp_path: Path) -> AsyncIterator[Api]:
    async with running(tmp_path, house) as api:
        yield api


async def test_an_order_is_added_judged_and_told(api: Api) -> None:
    got = await api.call("POST", "/v1/orders", json_body=ORDER)
    assert got.status == 201, got.body
    order = got.json
    assert (order["marketplace"], order["title"], order["parcels"]) == ("aliexpress", "A kettle", [NUMBER])
    assert {"dispute_not_received", "paypal_dispute"} <= set(order["windows"])
    assert order["windows"]["paypal_dispute"]["rule"]["quote"]
    assert order["verdicts"][NUMBER]["verdict"] == "unverified"
    assert order["alerts"]
    assert order["advice"]["text"]
    assert order["facts"]["paid_at"]["origin"] == "user"
    assert (await api.call("POST", "/v1/orders", json_body=ORDER)).code == "conflict"
    assert (await api.call("GET", PATH)).json["windows"] == order["windows"]

    ref = "aliexpress/8190000000000001"
    english, spanish = [
        (await api.call("GET", f"/v1/advice?order={ref}&order=aliexpress/2&lang={lang}")).json["orders"]
        for lang in ("en", "es")
    ]
    assert english[ref]["code"] == spanish[ref]["code"] == order["advice"]["code"]
    assert english[ref]["text"] != spanish[ref]["text"]
    assert english["aliexpress/2"]["severity"] == "unknown"


async def test_a_fact_by_the_users_word_moves_the_windows(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    got = await api.call("PATCH", PATH, json_body={"received_at": "2026-02-20"})
    assert got.status == 200, got.body
    assert "dispute_not_received" not in got.json["windows"]
    assert "dispute_not_as_described" in got.json["windows"]
    got = await api.call("PATCH", PATH, json_body={"received_at": "2026-02-21"})
    (change,) = got.json["changes"]
    assert (change["field"], change["before"], change["after"]) == ("received_at", "2026-02-20", "2026-02-21")
    got = await api.call("PATCH", PATH, json_body={"received_at": None})
    assert "dispute_not_received" in got.json["windows"]


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"received_at": "2026-02-30"}, "received_at"),
        ({"received_at": "2026-02-20T10:00:00"}, "received_at"),
        ({"dispute": {"opened_at": "soon"}}, "dispute.opened_at"),
        ({"total": "a lot"}, "total"),
        ({"country": "Spain"}, "country"),
    ],
)
async def test_an_impossible_fact_names_its_field_and_changes_nothing(api: Api, patch: object, field: str) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    before = (await api.call("GET", PATH)).json
    got = await api.call("PATCH", PATH, json_body=patch)
    assert (got.status, got.code, got.json["error"]["field"]) == (400, "invalid", field)
    assert (await api.call("GET", PATH)).json == before


async def test_shipped_before_paid_is_kept(api: Api) -> None:
    got = await api.call("POST", "/v1/orders", json_body={**ORDER, "shipped_at": "2026-01-01"})
    assert got.status == 201
    assert got.json["facts"]["shipped_at"]["value"] == "2026-01-01"


async def test_orders_come_by_cursor_and_filter(api: Api) -> None:
    for n in range(5):
        await api.call("POST", "/v1/orders", json_body={**ORDER, "order_id": str(n), "numbers": []})
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await api.call("GET", f"/v1/orders?limit=2{cursor}")).json
        seen += [o["order_id"] for o in page["orders"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(seen) == ["0", "1", "2", "3", "4"]
    for query in ("cursor=%20", "cursor=nonsense", "cursor=AAAA"):
        assert (await api.call("GET", f"/v1/orders?{query}")).json["error"]["field"] == "cursor"
    assert (await api.call("GET", "/v1/orders?marketplace=ebay")).json["orders"] == []
    assert len((await api.call("GET", "/v1/orders?marketplace=ALIEXPRESS")).json["orders"]) == 5
    assert (await api.call("GET", "/v1/orders?due_before=2026-01-01T00:00:00Z")).json["orders"] == []
    severities = {o["advice"]["severity"] for o in (await api.call("GET", "/v1/orders")).json["orders"]}
    for severity in ("info", "notice", "warning", "critical"):
        found = (await api.call("GET", f"/v1/orders?urgency={severity}")).json["orders"]
        assert bool(found) == (severity in severities)


async def test_names_and_forgetting(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    assert (await api.call("GET", "/v1/resolve?name=8190000000000001")).json["marketplace"] == "aliexpress"
    assert (await api.call("GET", "/v1/resolve")).status == 404
    assert (await api.call("DELETE", PATH)).status == 204
    assert (await api.call("GET", PATH)).status == 404
    assert (await api.call("GET", f"/v1/parcels/{NUMBER}")).status == 404


async def test_a_parcel_is_forgotten_and_its_order_is_assessed_without_it(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    await api.call("POST", "/v1/parcels", json_body={"number": "LP00190000000024"})
    for number in (NUMBER, "LP00190000000024"):
        assert (await api.call("DELETE", f"/v1/parcels/{number}")).status == 204
        assert (await api.call("DELETE", f"/v1/parcels/{number}")).status == 404
    assert (await api.call("GET", PATH)).json["verdicts"] == {}
    assert (await api.call("GET", "/v1/parcels")).json["parcels"] == []


async def test_a_parcel_is_looked_at_and_never_too_soon(api: Api, house: House) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    house.fetcher.tell(event(-3, "GTMS_ACCEPTED"), event(-1, "LH_DEPART"))
    await house.tick(START + timedelta(minutes=30))
    parcel = (await api.call("GET", f"/v1/parcels/{NUMBER}")).json
    assert [e["code"] for e in parcel["events"]] == ["GTMS_ACCEPTED", "LH_DEPART"]
    assert parcel["looks"][0]["last_outcome"] == "found"
    refreshed = await api.call("POST", f"/v1/parcels/{NUMBER}/refresh")
    assert refreshed.status == 202
    looked = parcel["looks"][0]["last_tried_at"]
    assert refreshed.json["next_look_at"] > looked
    (source,) = [s for s in (await api.call("GET", "/v1/sources")).json["sources"] if s["id"] == "cainiao"]
    assert (source["state"], source["last_ok_at"]) == ("ok", looked)
    assert (await api.call("GET", "/v1/status")).json["health"]["orders"] == 1


@pytest.mark.parametrize("number", ["..", "a", "x" * 60, "RR%2F1", "RR1;ls", "<script>"])
async def test_what_is_no_tracking_number_is_refused(api: Api, number: str) -> None:
    got = await api.call("POST", "/v1/parcels", json_body={"number": number})
    assert (got.status, got.code) == (400, "invalid")
    assert (await api.call("GET", "/v1/parcels")).json["parcels"] == []


async def test_alerts_are_told_acknowledged_and_snoozed(api: Api, house: House) -> None:
    await api.call("POST", "/v1/orders", json_body={**ORDER, "delivery_due_at": "2026-02-20"})
    pending = (await api.call("GET", "/v1/alerts?state=pending")).json["alerts"]
    assert pending
    due = (await api.call("GET", "/v1/alerts?state=due&channel=browser")).json["alerts"]
    assert due
    assert due[0]["text"]
    alert = due[0]["id"]
    shown = await api.call("POST", f"/v1/alerts/{alert}/delivered", json_body={"channel": "browser"})
    assert shown.status == 200
    still = (await api.call("GET", "/v1/alerts?state=due&channel=browser")).json["alerts"]
    assert alert not in [a["id"] for a in still]
    past = await api.call("POST", f"/v1/alerts/{alert}/snooze", json_body={"until": "2020-01-01T00:00:00Z"})
    assert past.status == 400
    later = await api.call("POST", f"/v1/alerts/{alert}/snooze", json_body={"until": "2026-03-02T12:00:00Z"})
    assert (later.status, later.json["snoozed_until"]) == (200, "2026-03-02T12:00:00Z")
    acked = await api.call("POST", f"/v1/alerts/{alert}/ack")
    assert (acked.json["state"], acked.json["next_at"]) == ("acknowledged", None)
    assert (await api.call("POST", "/v1/alerts/999999/ack")).code == "not_found"


async def test_a_capture_that_cannot_be_read_is_refused_and_leaves_nothing(api: Api) -> None:
    capture = {"url": "https://www.aliexpress.com/", "kind": "order_list", "form": "html", "body": "<p>nothing</p>"}
    got = await api.call("POST", "/v1/captures", json_body=capture)
    assert got.status == 400
    assert (await api.call("GET", "/v1/orders")).json["orders"] == []


async def test_a_capture_of_long_ago_is_refused(api: Api) -> None:
    """What is reckoned from such an instant is none that an order can have."""
    text = "Order ID: 8190000000000079\nStatus: Awaiting delivery\nBuyer Protection ends in 5 days"
    capture = {"seen_at": "0001-01-02T00:00:00Z", "url": "", "kind": "text", "form": "text", "body": text}
    got = await api.call("POST", "/v1/captures", json_body=capture)
    assert (got.status, got.json["error"]["field"]) == (400, "seen_at")
    assert (await api.call("GET", "/v1/orders")).json["orders"] == []


async def test_a_source_is_not_put_off_for_ever(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    told = {"outcome": "blocked", "retry_at": "9999-12-31T23:59:59Z"}
    got = await api.call("POST", "/v1/sources/cainiao/checked", json_body=told)
    assert (got.status, got.json["resume_at"]) == (200, "2026-03-07T12:00:00Z")
    assert (await api.call("GET", f"/v1/parcels/{NUMBER}")).status == 200
    assert (await api.call("GET", "/v1/export")).status == 200


async def test_a_pasted_text_makes_the_same_capture_twice(api: Api) -> None:
    text = "Order ID: 8190000000000077\nOrder placed on: Feb 1, 2026\nTracking number: " + NUMBER
    capture = {"seen_at": "2026-03-01T11:00:00Z", "url": "", "kind": "text", "form": "text", "body": text}
    first = await api.call("POST", "/v1/captures", json_body=capture)
    if first.status == 400:
        pytest.skip(f"pasted texts of this form are not read: {first.json['error']['message']}")
    second = await api.call("POST", "/v1/captures", json_body=capture)
    assert first.json["capture"] == second.json["capture"]


async def test_settings_are_kept(api: Api) -> None:
    got = await api.call(
        "PATCH", "/v1/settings", json_body={"language": "es", "country": "es", "lead_hours": [24, 168]}
    )
    assert got.status == 200, got.body
    shown = (await api.call("GET", "/v1/settings")).json
    assert (shown["language"], shown["country"], shown["lead_hours"]) == ("es", "ES", [168, 24])
    assert shown["digest"] == "off"
    await api.call("POST", "/v1/orders", json_body=ORDER)
    text = (await api.call("GET", "/v1/orders")).json["orders"][0]["advice"]["text"]
    assert text == (await api.call("GET", "/v1/orders?lang=es")).json["orders"][0]["advice"]["text"]
    assert text != (await api.call("GET", "/v1/orders?lang=en")).json["orders"][0]["advice"]["text"]


async def test_policies_quote_their_rules(api: Api) -> None:
    policies = {f"{p['id']}/{p['edition']}": p for p in (await api.call("GET", "/v1/policies")).json["policies"]}
    shops = {"aliexpress/2020-21", "aliexpress/2026", "amazon/2026", "ebay/2026", "etsy/2026", "temu/2026"}
    assert set(policies) == {*shops, "card-chargeback/2026", "paypal/2026"}
    assert policies["aliexpress/2026"]["countries"] == ["BR"]
    for policy in policies.values():
        assert all(rule["quote"] and rule["source"] and rule["date"] and rule["trust"] for rule in policy["rules"])
    contacts = next(rule for rule in policies["aliexpress/2020-21"]["rules"] if rule["id"] == "AE-N1")
    assert contacts["values"]["CL"] == ["600 950 2020", "562956 0303"]


async def test_an_end_that_moved_is_history_and_a_difference_is_explained(api: Api) -> None:
    facts = {"placed_at": "2026-03-01", "shipped_at": "2026-03-03", "delivery_due_at": "2026-05-01"}
    end = "2026-05-20T00:00:00Z"
    given = {"marketplace": "aliexpress", "order_id": "8100000000000077", **facts, "observed_protection_ends_at": end}
    shown = (await api.call("POST", "/v1/orders", json_body=given)).json
    assert shown["history"] == [] and shown["advisories"] == []
    difference = shown["differences"][0]
    assert (difference["subject"], difference["seen"]) == ("dispute_not_received", end)
    assert difference["text"].startswith("The order page ends it on")
    assert shown["advice"]["zone"] == "PST" and shown["advice"]["rule"]["trust"]


async def test_a_copy_of_the_database_is_made_without_a_path(api: Api) -> None:
    got = await api.call("POST", "/v1/backups")
    assert got.status == 201
    assert "/" not in got.json["name"]
    assert (await api.call("POST", "/v1/backups", json_body={"path": "/tmp/x"})).status == 400
    assert (await api.call("POST", "/v1/backups", token=api.token)).status == 403
