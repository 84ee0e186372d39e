"""The relay and the ways over real sockets, against a stand-in for the verbs. All input is constructed."""

from __future__ import annotations

import pytest

from parcelwarden.services.records import Look
from parcelwarden.services.relay import Wanted
from support.api import START, Api
from support.sources import URL, a_source

NUMBER = "RR123456785CN"
PAGE = {"status": 200, "url": URL, "headers": {"content-type": "text/html", "retry-after": "60"}, "body": "<p>"}


def want(api: Api) -> None:
    look = Look(parcel_id=1, source="example", number=NUMBER)
    api.warden.wanted = Wanted("w1", a_source(), look, URL, START)


async def test_there_is_nothing_to_fetch(api: Api) -> None:
    assert (await api.call("GET", "/v1/relay/next", token=api.token)).status == 204


async def test_a_page_is_wanted_and_given(api: Api) -> None:
    want(api)
    got = (await api.call("GET", "/v1/relay/next", token=api.token)).json
    assert set(got) == {"id", "source", "url", "accept", "max_bytes", "expires_at"}
    assert (got["id"], got["url"], got["expires_at"]) == ("w1", URL, "2026-03-01T12:02:00Z")
    assert (await api.call("POST", "/v1/relay/w1", token=api.token, json_body=PAGE)).status == 204
    fetched = api.warden.fetched[0]
    assert (fetched.status, fetched.url, fetched.body) == (200, URL, "<p>")
    assert fetched.headers == {"content-type": "text/html", "retry-after": "60"}


async def test_a_failure_is_taken_too(api: Api) -> None:
    want(api)
    assert (await api.call("POST", "/v1/relay/w1", token=api.token, json_body={"failed": "network"})).status == 204
    assert api.warden.fetched[0].failed == "network"
    assert (await api.call("POST", "/v1/relay/gone", token=api.token, json_body={"failed": "network"})).status == 409


@pytest.mark.parametrize("body", [{}, {"failed": "boredom"}, {**PAGE, "status": 7}, {**PAGE, "cookies": "x"}])
async def test_anything_else_is_refused(api: Api, body: object) -> None:
    want(api)
    assert (await api.call("POST", "/v1/relay/w1", token=api.token, json_body=body)).status == 400
    assert not api.warden.fetched


async def test_only_the_scope_relay_may(api: Api) -> None:
    made = await api.call("POST", "/v1/clients", json_body={"name": "reader", "scopes": ["read", "write"]})
    for method, path in (("GET", "/v1/relay/next"), ("POST", "/v1/relay/w1")):
        got = await api.call(method, path, token=made.json["token"], json_body=PAGE if method == "POST" else None)
        assert got.status == 403


async def test_a_parcel_says_how_it_can_be_looked_at(api: Api) -> None:
    added = await api.call("POST", "/v1/parcels", json_body={"number": NUMBER})
    for got in (added.json, (await api.call("GET", f"/v1/parcels/{NUMBER}")).json):
        (way,) = got["ways"]
        assert (way["source"], way["asked_by"], way["next"]) == ("example", "daemon", "2026-03-01T12:00:00Z")
        assert way["page"].startswith("https://carrier.example/")
