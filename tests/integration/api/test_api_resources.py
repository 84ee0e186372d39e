"""Every resource over real sockets, against a stand-in for the verbs. All input is constructed."""

from __future__ import annotations

import pytest

from parcelwarden.services.errors import TooSoon, Unavailable
from support.api import EXTENSION, START, Api

ORDER = {"marketplace": "aliexpress", "order_id": "81"}
NOW = "2026-03-01T12:00:00Z"


async def test_health_is_name_and_version_for_everybody(api: Api) -> None:
    got = await api.call("GET", "/v1/health", token=None)
    assert (got.status, got.json) == (200, {"name": "parcelwarden", "api": 1})
    assert got.header("content-type") == "application/json"
    assert got.header("server") == "parcelwarden"


async def test_head_has_the_headers_and_no_body(api: Api) -> None:
    full, head = await api.call("GET", "/v1/health"), await api.call("HEAD", "/v1/health")
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-length") == full.header("content-length")
    assert (await api.call("HEAD", "/v1/orders", token=None)).status == 401


async def test_status_is_for_the_owner(api: Api) -> None:
    got = (await api.call("GET", "/v1/status")).json
    assert got == {"now": NOW, "health": {"orders": 0, "last_tick_at": NOW}, "clients": 1, "flagged": []}
    assert (await api.call("GET", "/v1/status", token=api.token)).status == 403


async def test_pairing_gives_a_named_client_bound_to_its_origin(api: Api) -> None:
    opened = (await api.call("POST", "/v1/pairing")).json
    assert opened["expires_at"] == "2026-03-01T12:02:00Z"
    assert (opened["open"], opened["tries_left"], len(opened["code"])) == (True, 5, 8)
    shown = (await api.call("GET", "/v1/pairing")).json
    assert "code" not in shown
    assert shown["open"] is True
    body = {"code": opened["code"], "name": "Firefox at home"}
    got = await api.call("POST", "/v1/pair", token=None, origin=EXTENSION, json_body=body)
    assert got.status == 201
    assert got.json["scopes"] == ["read", "write", "relay"]
    assert got.json["api"] == 1
    listed = (await api.call("GET", "/v1/clients")).json["clients"]
    (client,) = [c for c in listed if c["id"] == got.json["client"]]
    assert (client["name"], client["origin"], client["last_used_at"]) == ("Firefox at home", EXTENSION, None)
    assert "token" not in str(listed)


async def test_a_window_can_be_closed_and_narrowed(api: Api) -> None:
    code = (await api.call("POST", "/v1/pairing", json_body={"scopes": ["read"]})).json["code"]
    assert (await api.call("DELETE", "/v1/pairing")).status == 204
    body = {"code": code, "name": "x"}
    assert (await api.call("POST", "/v1/pair", token=None, json_body=body)).status == 403
    code = (await api.call("POST", "/v1/pairing", json_body={"scopes": ["read"]})).json["code"]
    got = await api.call("POST", "/v1/pair", token=None, json_body={"code": code, "name": "x"})
    assert got.json["scopes"] == ["read"]
    assert (await api.call("POST", "/v1/orders", token=got.json["token"], json_body=ORDER)).status == 403


async def test_tokens_for_scripts(api: Api) -> None:
    got = await api.call("POST", "/v1/clients", json_body={"name": "cron", "scopes": ["read"]})
    assert got.status == 201
    token = got.json["token"]
    assert (await api.call("GET", "/v1/orders", token=token)).status == 200
    assert (await api.call("POST", "/v1/orders", token=token, json_body=ORDER)).status == 403
    for scopes in ([], ["admin"], ["read", "admin"]):
        assert (await api.call("POST", "/v1/clients", json_body={"name": "x", "scopes": scopes})).status == 400
    assert (await api.call("POST", "/v1/clients", json_body={"name": "\u001b[2J", "scopes": ["read"]})).status == 400


async def test_last_use_is_noted_once_a_minute(api: Api) -> None:
    async def used() -> object:
        (client,) = (await api.call("GET", "/v1/clients")).json["clients"]
        return client["last_used_at"]

    await api.call("GET", "/v1/orders", token=api.token)
    assert await used() == NOW
    api.clock.advance(seconds=59)
    await api.call("GET", "/v1/orders", token=api.token)
    assert await used() == NOW
    api.clock.advance(seconds=1)
    await api.call("GET", "/v1/orders", token=api.token)
    assert await used() == "2026-03-01T12:01:00Z"


async def test_the_dashboard_logs_in_with_a_code_once(api: Api) -> None:
    own = f"http://127.0.0.1:{api.port}"
    code = (await api.call("POST", "/v1/codes")).json["code"]
    got = await api.call("POST", "/v1/session", token=None, origin=own, json_body={"code": code})
    assert got.status == 201
    assert (got.json["expires_at"], got.json["scopes"]) == ("2026-03-02T00:00:00Z", ["read", "write", "admin"])
    token = got.json["token"]
    assert (await api.call("POST", "/v1/orders", token=token, origin=own, json_body=ORDER)).status == 201
    assert (await api.call("GET", "/v1/clients", token=token)).status == 200
    other = f"http://localhost:{api.port}"
    assert (await api.call("GET", "/v1/orders", token=token, origin=other)).status == 403
    assert (await api.call("POST", "/v1/session", token=None, origin=own, json_body={"code": code})).status == 403
    api.clock.advance(hours=12)
    assert (await api.call("GET", "/v1/orders", token=token)).status == 401


@pytest.mark.parametrize(("seconds", "status"), [(29, 201), (30, 403)])
async def test_a_code_for_the_dashboard_lasts_thirty_seconds(api: Api, seconds: int, status: int) -> None:
    code = (await api.call("POST", "/v1/codes")).json["code"]
    api.clock.advance(seconds=seconds)
    got = await api.call("POST", "/v1/session", token=None, json_body={"code": code})
    assert got.status == status


async def test_a_session_without_origin_is_bound_to_the_opened_page(api: Api) -> None:
    code = (await api.call("POST", "/v1/codes")).json["code"]
    token = (await api.call("POST", "/v1/session", token=None, json_body={"code": code})).json["token"]
    assert (await api.call("GET", "/v1/orders", token=token, origin=f"http://localhost:{api.port}")).status == 403
    assert (await api.call("GET", "/v1/orders", token=token, origin=f"http://127.0.0.1:{api.port}")).status == 200


async def test_an_extension_starts_no_session(api: Api) -> None:
    await api.pair(EXTENSION)
    code = (await api.call("POST", "/v1/codes")).json["code"]
    got = await api.call("POST", "/v1/session", token=None, origin=EXTENSION, json_body={"code": code})
    assert got.status == 403


async def test_wrong_codes_for_the_dashboard_are_limited(api: Api) -> None:
    statuses = [
        (await api.call("POST", "/v1/session", token=None, json_body={"code": f"pw_{n}"})).status for n in range(6)
    ]
    assert statuses == [403] * 5 + [429]


async def test_orders_are_added_shown_changed_and_forgotten(api: Api) -> None:
    given = {
        **ORDER,
        "title": "A kettle",
        "paid_at": "2020-05-01",
        "dispute": {"opened_at": "2020-06-01"},
        "country": None,
    }
    got = await api.call("POST", "/v1/orders", json_body=given)
    assert got.status == 201
    assert set(got.json["facts"]) == {"paid_at", "dispute.opened_at"}
    assert got.json["facts"]["paid_at"]["origin"] == "user"
    assert (await api.call("POST", "/v1/orders", json_body=ORDER)).status == 409

    shown = (await api.call("GET", "/v1/orders/aliexpress/81?lang=de")).json
    assert shown["advice"]["text"] == "de: open_dispute"
    assert shown["advice"]["params"] == {"act_by": NOW}
    assert shown["windows"]["dispute_not_received"]["act_by"] == "2026-03-03T12:00:00Z"
    assert shown["windows"]["dispute_not_received"]["rule"]["quote"] == "A made-up rule."
    assert shown["clocks"]["ship_by"]["due_at"] == NOW
    assert shown["verdicts"]["RR000000005CN"]["reasons"][0]["text"] == "Nothing moved."
    assert shown["alerts"][0]["code"] == "act_soon"
    assert shown["changes"][0]["field"] == "paid_at"
    assert shown["rules"][0]["days"] == 7

    patch = {"received_at": "2020-06-02", "paid_at": None, "dispute": {"closed_by": "seller"}}
    changed = await api.call("PATCH", "/v1/orders/aliexpress/81", json_body=patch)
    facts = {name: fact["value"] for name, fact in changed.json["facts"].items()}
    assert facts == {
        "received_at": "2020-06-02",
        "paid_at": None,
        "dispute.opened_at": "2020-06-01",
        "dispute.closed_by": "seller",
    }
    assert (await api.call("PATCH", "/v1/orders/aliexpress/81", json_body={"order_id": "82"})).status == 400
    assert (await api.call("DELETE", "/v1/orders/aliexpress/81")).status == 204
    assert (await api.call("GET", "/v1/orders/aliexpress/81")).code == "not_found"
    assert (await api.call("DELETE", "/v1/orders/aliexpress/81")).status == 404


async def test_orders_are_listed_by_page(api: Api) -> None:
    for n in range(3):
        await api.call("POST", "/v1/orders", json_body={**ORDER, "order_id": str(n)})
    got = (await api.call("GET", "/v1/orders?limit=2&lang=en")).json
    assert [o["order_id"] for o in got["orders"]] == ["0", "1"]
    assert (got["next"], got["now"]) == ("more", NOW)
    assert got["orders"][0]["parcels"] == ["RR000000005CN"]
    none = (await api.call("GET", "/v1/orders?marketplace=ebay&due_before=2026-04-01T00:00:00%2B02:00")).json
    assert none["orders"] == []


async def test_the_language_of_the_settings_is_used(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    await api.call("PATCH", "/v1/settings", json_body={"language": "fr"})
    assert (await api.call("GET", "/v1/orders")).json["orders"][0]["advice"]["text"] == "fr: open_dispute"


async def test_names_are_resolved(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    assert (await api.call("GET", "/v1/resolve?name=81")).json == ORDER
    assert (await api.call("GET", "/v1/resolve?name=aliexpress/81")).json == ORDER
    assert (await api.call("GET", "/v1/resolve?name=82")).status == 404
    await api.call("POST", "/v1/orders", json_body={**ORDER, "marketplace": "ebay"})
    assert (await api.call("GET", "/v1/resolve?name=81")).code == "ambiguous"


async def test_captures_are_taken_in(api: Api) -> None:
    capture = {
        "seen_at": "2026-03-01T12:00:00+02:00",
        "url": "https://www.aliexpress.com/p/order/index.html",
        "kind": "order_list",
        "form": "json",
        "zone": "Europe/Berlin",
        "locale": "de-DE",
        "account": "a" * 64,
        "body": "{}",
    }
    got = await api.call("POST", "/v1/captures", json_body=capture)
    assert got.status == 200
    assert got.json == {
        "capture": "c1",
        "orders": [{"marketplace": "aliexpress", "order_id": "1"}],
        "parcels": [],
        "unread": [],
    }
    assert str(api.warden.taken[0].seen_at) == "2026-03-01 10:00:00+00:00"
    for wrong in ({"seen_at": "2026-03-01T12:00:00"}, {"kind": "selfie"}, {"form": "xml"}, {"body": None}):
        assert (await api.call("POST", "/v1/captures", json_body={**capture, **wrong})).status == 400


async def test_advice_is_given_for_every_order_that_was_asked(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    got = await api.call("GET", "/v1/advice?order=aliexpress/81&order=aliexpress%2F82&lang=de", token=api.token)
    orders = got.json["orders"]
    assert set(orders) == {"aliexpress/81", "aliexpress/82"}
    known = orders["aliexpress/81"]
    assert (known["severity"], known["code"], known["verdict"]) == ("warning", "open_dispute", "slow")
    assert (known["text"], known["checked_at"], known["rule"]["id"]) == ("de: open_dispute", NOW, "made-up")
    assert orders["aliexpress/82"]["severity"] == "unknown"
    assert orders["aliexpress/82"]["text"] is None


async def test_advice_has_its_limits(api: Api) -> None:
    many = "&".join(f"order=aliexpress/{n}" for n in range(101))
    assert (await api.call("GET", f"/v1/advice?{many}")).json["error"]["field"] == "order"
    assert len((await api.call("GET", f"/v1/advice?{many.rpartition('&')[0]}")).json["orders"]) == 100
    assert (await api.call("GET", "/v1/advice?order=81")).status == 400
    assert (await api.call("GET", "/v1/advice")).json["orders"] == {}


async def test_parcels_are_watched_and_refreshed(api: Api) -> None:
    body = {"number": "RR000000005CN", "orders": ["aliexpress/81"]}
    got = await api.call("POST", "/v1/parcels", json_body=body)
    assert got.status == 201
    assert got.json["orders"] == [ORDER]
    assert got.json["events"][0]["state"] == "in_transit"
    assert got.json["looks"][0]["source"] == "cainiao"
    assert (got.json["leg"], got.json["flags"]) == (3, ["time_uncertain"])
    assert (await api.call("GET", "/v1/parcels/RR000000005CN")).json == got.json
    assert (await api.call("GET", "/v1/parcels")).json["parcels"] == [got.json]
    refreshed = await api.call("POST", "/v1/parcels/RR000000005CN/refresh")
    assert (refreshed.status, refreshed.json) == (202, {"next_look_at": "2026-03-01T18:00:00Z"})
    assert (await api.call("POST", "/v1/parcels/RR000000006CN/refresh")).status == 404
    assert (await api.call("POST", "/v1/parcels", json_body={"number": "a/b"})).json["error"]["field"] == "number"


async def test_alerts_are_listed_delivered_acknowledged_and_snoozed(api: Api) -> None:
    got = (await api.call("GET", "/v1/alerts?channel=browser&state=due&order=aliexpress/1&lang=de")).json
    (alert,) = got["alerts"]
    assert (alert["text"], alert["severity"], alert["order"]["order_id"]) == ("de: act_soon", "critical", "1")
    shown = await api.call("POST", "/v1/alerts/1/delivered", json_body={"channel": "browser"})
    assert (shown.json["state"], shown.json["delivered_at"]) == ("delivered", NOW)
    snoozed = await api.call("POST", "/v1/alerts/1/snooze", json_body={"until": "2026-03-02T00:00:00+01:00"})
    assert snoozed.json["snoozed_until"] == "2026-03-01T23:00:00Z"
    acked = await api.call("POST", "/v1/alerts/1/ack")
    assert acked.json["state"] == "acknowledged"
    for path in ("/v1/alerts/2/ack", "/v1/alerts/x/ack", f"/v1/alerts/{'9' * 40}/ack", "/v1/alerts/-1/ack"):
        assert (await api.call("POST", path)).status == 404
    assert (await api.call("POST", "/v1/alerts/1/snooze", json_body={"until": "tomorrow"})).status == 400
    assert (await api.call("POST", "/v1/alerts/1/ack", json_body={"why": "x"})).status == 400


async def test_sources_that_were_never_asked_say_so(api: Api) -> None:
    assert {s["state"] for s in (await api.call("GET", "/v1/sources")).json["sources"]} <= {"never_tried"}


async def test_refusals_carry_their_status_and_retry_after(api: Api) -> None:
    api.warden.fault = TooSoon("too early", retry_at=START.replace(minute=1))
    got = await api.call("GET", "/v1/orders/aliexpress/1")
    assert (got.status, got.code, got.header("retry-after")) == (429, "too_soon", "60")
    api.warden.fault = Unavailable("/some/where/parcelwarden.db: the disk is full")
    got = await api.call("GET", "/v1/orders/aliexpress/1")
    assert (got.status, got.code) == (503, "unavailable")
    assert b"/some/where" not in got.body


async def test_a_connection_answers_one_call_after_the_other(api: Api) -> None:
    one = f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\n"
    got = await api.raw(f"{one}\r\n{one}Connection: close\r\n\r\n".encode())
    assert got.body.count(b'{"name":"parcelwarden","api":1}') == 2
