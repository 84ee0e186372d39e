"""Export and import round-trip exactly, on real stores; what is watched already stays; bad input changes nothing. All
input is constructed."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parcelparsers import Outcome
from parcelparsers.model import Eta, Event
from parcelwarden.api import shapes
from parcelwarden.services import records, transfer
from parcelwarden.services.answers import AnswerRecord
from support.api import START, Api, running
from support.scripted import NUMBER, House, event

Home = Callable[[str], Awaitable[tuple[Api, House]]]
OTHER_NUMBER = "RR123456785CN"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    """Makes homes, each with services and a server of its own."""
    async with AsyncExitStack() as stack:

        async def make(name: str) -> tuple[Api, House]:
            house = await House(tmp_path / name).open()
            stack.push_async_callback(house.close)
            return await stack.enter_async_context(running(tmp_path / name, house)), house

        yield make


async def exported(api: Api, limit: int = 200) -> dict[str, Any]:
    """All pages as one."""
    found: dict[str, Any] = {"sources": [], "parcels": [], "orders": []}
    cursor = ""
    while True:
        got = await api.call("GET", f"/v1/export?limit={limit}{cursor}", token=api.token)
        assert got.status == 200, got.body
        page = got.json
        found["format"], found["settings"] = page["format"], found.get("settings") or page["settings"]
        for name in ("sources", "parcels", "orders"):
            found[name] += page[name]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    found["parcels"].sort(key=lambda parcel: parcel["numbers"])
    found["orders"].sort(key=lambda order: order["order_id"])
    return found


async def lived(api: Api, house: House) -> None:
    """A home with one of everything: orders from page and hand, a parcel of two orders, looks good and bad, alerts told,
    put off and acknowledged, settings."""
    await house.add(
        numbers=[NUMBER, OTHER_NUMBER], title="Lamp", total="12.40", currency="EUR", payment_method="paypal"
    )
    await house.add("8190000000000002", numbers=[NUMBER], delivery_due_at="2026-02-20")
    await house.add("8190000000000003", shipped_at=None, delivery_due_at=None)
    await house.warden.change_order(
        (await house.warden.resolve("8190000000000003")), {"received_at": "2026-02-20", "dispute.opened_at": "2026-02-21"}, START
    )  # fmt: skip
    text = (
        "Order ID: 8190000000000077\nOrder placed on: Feb 1, 2026\nTotal: EUR 3.10\nTracking number: LP00190000000018"
    )
    body = {"seen_at": "2026-03-01T11:00:00Z", "url": "", "kind": "text", "form": "text", "body": text}
    assert (await api.call("POST", "/v1/captures", json_body=body)).status == 200
    assert (await api.call("PATCH", "/v1/settings", json_body={"language": "es", "lead_hours": [48, 12]})).status == 200
    house.fetcher.tell(event(-3, "GTMS_ACCEPTED"), event(-1, "LH_DEPART"))
    await house.tick(START + timedelta(minutes=30))
    await house.tick(START + timedelta(days=1))
    due = (await api.call("GET", "/v1/alerts?state=delivered")).json["alerts"]
    assert due
    await api.call("POST", f"/v1/alerts/{due[0]['id']}/ack")


async def taken(api: Api, body: dict[str, Any], query: str = "", status: int = 200) -> Any:
    got = await api.call("POST", f"/v1/import{query}", json_body=body)
    assert got.status == status, got.body
    return got.json


@pytest.mark.parametrize("limit", [1, 3, 200])
async def test_an_empty_home_gives_the_same_export(home: Home, limit: int) -> None:
    (old, house), (new, other) = await home("old"), await home("new")
    await lived(old, house)
    before = await exported(old, limit)
    assert len(before["orders"]) == 4
    assert before["sources"]
    assert any(answer["reading"] for parcel in before["parcels"] for answer in parcel["answers"])
    states = {alert["state"] for order in before["orders"] for alert in order["alerts"]}
    assert {"acknowledged", "delivered", "pending"} <= states
    new.clock.now = old.clock.now = house.now
    answer = await taken(new, before)
    assert (answer["orders"], answer["parcels"], answer["kept"]) == (4, len(before["parcels"]), [])
    assert await exported(new, limit) == before


LONG = "W" * 3000
OVERLONG: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"code": LONG, "description": LONG, "location": LONG, "zone": LONG}, {}),
    ({}, {"service_line": LONG, "origin": LONG, "destination": LONG, "last_mile": LONG}),
    ({}, {"aliases": tuple(f"LP001900{n:06d}" for n in range(80))}),
]


@pytest.mark.parametrize(("line", "parcel"), OVERLONG, ids=["line", "parcel", "numbers"])
async def test_no_answer_of_a_source_keeps_an_export_from_being_made(
    home: Home, line: dict[str, Any], parcel: dict[str, Any]
) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(msgspec.structs.replace(event(-1, "GTMS_ACCEPTED"), **line), **parcel)
    await house.tick(START + timedelta(days=1))
    before = await exported(old)
    assert before["parcels"][0]["events"]
    await taken(new, before)
    assert await exported(new) == before


async def test_what_follows_is_the_same_too(home: Home) -> None:
    (old, house), (new, other) = await home("old"), await home("new")
    await lived(old, house)
    new.clock.now = old.clock.now = house.now
    await taken(new, await exported(old))
    for path in ("8190000000000001", "8190000000000002", "8190000000000003", "8190000000000077"):
        one, two = [(await api.call("GET", f"/v1/orders/aliexpress/{path}")).json for api in (old, new)]
        for name in ("windows", "clocks", "advice", "facts", "changes"):
            assert one[name] == two[name], name
        for verdicts in (one["verdicts"], two["verdicts"]):
            for verdict in verdicts.values():
                del verdict["reasons"]  # they quote the look that was the last one when it was judged
        assert one["verdicts"] == two["verdicts"]
    sent = len(other.desktop.sent)
    await other.tick(house.now)
    assert len(other.desktop.sent) == sent, "what was told in the old home is not told again"
    for asked in (house.fetcher.asked, other.fetcher.asked):
        asked.clear()
    await other.tick(house.now + timedelta(minutes=1))
    assert other.fetcher.asked == [], "no source is asked sooner than it would have been"


async def test_the_evidence_comes_along(home: Home) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await lived(old, house)
    new.clock.now = old.clock.now = house.now
    await taken(new, await exported(old))
    path = "/v1/orders/aliexpress/8190000000000001/evidence"
    packs = [zipfile.ZipFile(io.BytesIO((await api.call("GET", path)).body)) for api in (old, new)]
    names = [name for name in packs[0].namelist() if name.startswith("answer")]
    assert len(names) > 1
    assert packs[1].namelist() == packs[0].namelist()
    assert [packs[1].read(name) for name in names] == [packs[0].read(name) for name in names]


async def test_a_page_is_bounded_by_its_answers(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    api, house = await home("one")
    await lived(api, house)
    whole = await exported(api)
    monkeypatch.setattr(transfer, "PAGE", 1)
    first = (await api.call("GET", "/v1/export")).json
    assert len(first["parcels"]) < len(whole["parcels"]), "at least one, and no more than have room"
    assert await exported(api) == whole


@pytest.mark.parametrize(
    "packed",
    [b"not deflated", zlib.compress(b"[1]"), zlib.compress(b" " * (5 * 1024 * 1024)), zlib.compress(b"{}") + b"more"],
    ids=["not deflated", "no reading", "a bomb", "something behind it"],
)
async def test_what_is_no_reading_is_refused(home: Home, packed: bytes) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await lived(old, house)
    body = await exported(old)
    kept = next(a for parcel in body["parcels"] for a in parcel["answers"] if a["reading"])
    kept["reading"] = base64.b64encode(packed).decode()
    empty = await exported(new)
    assert (await taken(new, body, status=400))["error"]["field"] == "reading"
    assert await exported(new) == empty


async def test_twice_is_once(home: Home) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await lived(old, house)
    new.clock.now = house.now
    before = await exported(old)
    await taken(new, before)
    again = await taken(new, before)
    assert (again["orders"], again["parcels"]) == (0, 0)
    assert len(again["kept"]) == 4 + len(before["parcels"])
    assert await exported(new) == before


async def test_what_is_watched_here_stays(home: Home) -> None:
    (old, house), (new, other) = await home("old"), await home("new")
    await lived(old, house)
    await other.add(title="Mine", numbers=[OTHER_NUMBER])
    await new.call("PATCH", "/v1/settings", json_body={"language": "de"})
    await taken(new, await exported(old))
    assert (await new.call("GET", "/v1/orders/aliexpress/8190000000000001")).json["title"] == "Mine"
    settings = (await new.call("GET", "/v1/settings")).json
    assert (settings["language"], settings["lead_hours"]) == ("de", [48, 12])


async def test_a_dry_run_changes_nothing(home: Home) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await lived(old, house)
    empty = await exported(new)
    answer = await taken(new, await exported(old), "?dry_run=true")
    assert (answer["orders"], answer["dry_run"]) == (4, True)
    assert await exported(new) == empty


async def test_a_link_to_a_parcel_that_is_not_in_it_is_kept(home: Home) -> None:
    (old, house), (new, _) = await home("old"), await home("new")
    await house.add(numbers=[NUMBER])
    page = await exported(old)
    await taken(new, {**page, "parcels": []})
    assert [p["numbers"] for p in (await new.call("GET", "/v1/parcels")).json["parcels"]] == [[NUMBER]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"format": "other"}, "format"),
        ({"orders": [{}]}, "orders[0].marketplace"),
        ({"orders": [{"facts": {"paid_at": {"value": "soon"}}}]}, "paid_at"),
        ({"orders": [{"facts": {"colour": {"value": "red"}}}]}, "colour"),
        ({"orders": [{"created_at": "2026-03-01T00:00:00"}]}, "orders[0].created_at"),
        ({"parcels": [{"numbers": ["../x"], "created_at": "2026-03-01T00:00:00Z"}]}, "number"),
        ({"settings": {"digest": "hourly"}}, "settings.digest"),
    ],
)
async def test_bad_input_is_named_and_nothing_is_taken(home: Home, change: dict[str, Any], field: str) -> None:
    new, house = await home("new")
    good = {"marketplace": "aliexpress", "order_id": "1", "created_at": "2026-03-01T00:00:00Z",
            "updated_at": "2026-03-01T00:00:00Z"}  # fmt: skip
    body: dict[str, Any] = {"format": "parcelwarden-export", "orders": [good], **change}
    for order in body["orders"]:
        for name, fact in order.get("facts", {}).items():
            order["facts"][name] = {"origin": "page", "seen_at": "2026-03-01T00:00:00Z", **fact}
    if change.get("orders") and field != "orders[0].marketplace":
        body["orders"] = [good, {**good, "order_id": "2", **body["orders"][0]}]
        field = field.replace("[0]", "[1]")
    empty = await exported(new)
    refused = await taken(new, body, status=400)
    assert refused["error"].get("field") == field, refused
    assert await exported(new) == empty


async def test_a_write_that_fails_takes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from parcelwarden.adapters.store.alerts import Alerts

    (old, house), (new, _) = await home("old"), await home("new")
    await lived(old, house)
    before, empty = await exported(old), await exported(new)

    def fails(*_: Any) -> int:
        raise RuntimeError("constructed")

    monkeypatch.setattr(Alerts, "put_delivery", fails)
    await taken(new, before, status=500)
    assert await exported(new) == empty


async def test_a_bad_cursor_is_named(home: Home) -> None:
    api, _ = await home("one")
    for cursor in ("x", "o.x", "o.99999999999999999999", "p.x", "p.AAAA", "q.1"):
        got = await api.call("GET", f"/v1/export?cursor={cursor}")
        assert (got.status, got.json["error"]["field"]) == (400, "cursor")


def fields(kind: type[msgspec.Struct]) -> set[str]:
    return set(kind.__struct_fields__)


def test_no_field_of_a_record_is_forgotten() -> None:
    """A record that gets a field shows up here until the export has it."""
    following = {"ref", "parcel_ids", "assessment", "assessed_at", "next_change_at"}
    beside = {"marketplace", "order_id", "parcels", "changes", "alerts"}
    assert fields(shapes.ExportedOrder) == fields(records.OrderRecord) - following | beside
    assert fields(shapes.ExportedFact) == fields(records.FactEntry)
    assert fields(shapes.ExportedRule) == fields(records.PageRuleEntry)
    assert fields(shapes.ExportedChange) == fields(records.FactChange) - {"ref"}
    assert fields(shapes.ExportedAlert) == fields(records.AlertRecord) - {"id", "ref"} | {"deliveries"}
    assert fields(shapes.ExportedDelivery) == fields(records.Delivery) - {"alert_id"}
    assert fields(shapes.ExportedParcel) == fields(records.ParcelRecord) - {"id", "orders"} | {"answers"}
    assert fields(shapes.ExportedAnswer) == fields(AnswerRecord) - {"parcel_id"}
    assert fields(shapes.ExportedLook) == fields(records.Look) - {"parcel_id"}
    assert fields(shapes.ExportedEvent) == fields(Event)
    assert fields(shapes.ExportedEta) == fields(Eta)
    assert fields(shapes.ExportedSource) == fields(records.SourceHealth)
    assert Outcome.FOUND == "found"


async def test_no_token_and_no_key_is_in_it(home: Home) -> None:
    api, house = await home("one")
    await lived(api, house)
    await api.pair()
    text = json.dumps(await exported(api))
    for client in api.access.clients:
        assert client.token_sha256 not in text
        assert client.id not in text
