"""The calendar on real services: RFC 5545, identifiers that stay, alarms. All input is constructed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from support.api import START, Api, running
from support.scripted import House

NASTY = "A kettle; with, commas \\ and a very long name " + "\N{KATAKANA LETTER A}" * 60
ORDER = {
    "marketplace": "aliexpress",
    "order_id": "8190000000000001",
    "title": NASTY,
    "country": "ES",
    "paid_at": "2026-02-01",
    "shipped_at": "2026-02-03",
    "delivery_due_at": "2026-03-20",
    "payment_method": "paypal",
}
PATH = "/v1/orders/aliexpress/8190000000000001"


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    house = await House(tmp_path / "data").open()
    async with running(tmp_path, house) as api:
        yield api
    await house.close()


async def events(api: Api, query: str = "") -> dict[str, Any]:
    got = await api.call("GET", f"/v1/calendar{query}")
    assert got.status == 200
    found = list(Calendar.from_ical(got.body).walk("VEVENT"))
    assert len({str(each["uid"]) for each in found}) == len(found)
    return {str(each["uid"]): each for each in found}


async def test_it_is_a_calendar_as_rfc_5545_has_it(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    body = (await api.call("GET", "/v1/calendar")).body
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    made = Calendar.from_ical(body)
    assert (made["version"], bool(made["prodid"])) == ("2.0", True)
    for event in made.walk("VEVENT"):
        for name in ("uid", "dtstamp", "dtstart", "summary"):
            assert name in event
        assert NASTY.split(" \\")[0] in str(event["summary"])
        assert event.decoded("dtstart").tzinfo is not None
        alarms = event.walk("VALARM")
        assert alarms
        for alarm in alarms:
            assert (alarm["action"], bool(alarm["description"])) == ("DISPLAY", True)
            assert alarm.decoded("trigger") <= timedelta()


async def test_the_dates_are_those_of_the_windows(api: Api) -> None:
    windows = (await api.call("POST", "/v1/orders", json_body=ORDER)).json["windows"]
    starts = {f"{e.decoded('dtstart'):%Y-%m-%dT%H:%M:%SZ}" for e in (await events(api)).values()}
    assert {windows["dispute_not_received"]["act_by"], windows["paypal_dispute"]["last_safe_at"]} <= starts


async def test_what_does_not_change_gives_the_same_bytes(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    first = await api.call("GET", "/v1/calendar")
    api.clock.advance(minutes=5)
    assert (await api.call("GET", "/v1/calendar")).body == first.body


async def test_a_date_that_moves_moves_its_event(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    before = await events(api)
    assert (await api.call("PATCH", PATH, json_body={"delivery_due_at": "2026-03-25"})).status == 200
    after = await events(api)
    assert set(after) == set(before)
    assert {u: e.decoded("dtstart") for u, e in after.items()} != {u: e.decoded("dtstart") for u, e in before.items()}


async def test_what_is_over_or_forgotten_leaves(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    assert await events(api)
    await api.call("DELETE", PATH)
    assert await events(api) == {}


async def test_sentences_are_in_the_language_asked_for(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    english, spanish = await events(api, "?lang=en"), await events(api, "?lang=es")
    assert english.keys() == spanish.keys()
    assert all(english[uid]["summary"] != spanish[uid]["summary"] for uid in english)


async def test_an_acknowledged_alert_rings_no_more(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body={**ORDER, "payment_method": None})

    async def alarms() -> int:
        return sum(len(event.walk("VALARM")) for event in (await events(api)).values())

    before = await alarms()
    alerts = (await api.call("GET", "/v1/alerts?state=pending")).json["alerts"]
    first = next(a for a in alerts if a["code"] == "dispute_open_now")
    await api.call("POST", f"/v1/alerts/{first['id']}/ack")
    assert await alarms() == before - 1


async def test_it_is_empty_where_nothing_is_watched(api: Api) -> None:
    assert await events(api) == {}
    assert START == datetime(2026, 3, 1, 12, tzinfo=UTC)
