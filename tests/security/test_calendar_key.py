"""The keyed class: a calendar's key opens one thing, is kept as a hash, is counted when wrong, and can be taken back. All
input is constructed."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from parcelwarden.adapters.logs import mask
from parcelwarden.services.tokens import digest
from support.api import EXTENSION, Api


async def key_of(api: Api, name: str = "a calendar") -> tuple[str, str]:
    got = await api.call("POST", "/v1/clients", json_body={"name": name, "scopes": ["calendar"]})
    assert (got.status, got.json["scopes"]) == (201, ["calendar"])
    return got.json["token"], got.json["client"]


def path(key: str) -> str:
    return f"/v1/calendar/{key}.ics"


async def test_the_key_opens_the_calendar_and_nothing_else(api: Api) -> None:
    key, _ = await key_of(api)
    got = await api.call("GET", path(key), token=None)
    assert (got.status, got.header("content-type")) == (200, "text/calendar; charset=utf-8")
    assert got.body.startswith(b"BEGIN:VCALENDAR\r\n")
    for route in ("/v1/orders", "/v1/calendar", "/v1/clients", "/v1/stream"):
        assert (await api.call("GET", route, token=key)).status == 401


async def test_no_token_is_a_key(api: Api) -> None:
    for token in (api.admin, api.token):
        assert (await api.call("GET", path(token))).status == 404


@pytest.mark.parametrize(
    "wrong",
    ["pw_x", "x" * 4000, "%00", "%ff", "..", "%2e%2e", "a%2fb", "a%5cb", "a%0d%0ab", "pw_" + "A" * 43, "%20", "*"],
)
async def test_whatever_is_wrong_has_one_answer(api: Api, wrong: str) -> None:
    body = b'{"error":{"code":"not_found","message":"no such path"}}'
    for token in (None, api.admin):
        got = await api.call("GET", path(wrong), token=token)
        assert (got.status, got.body) == (404, body)


async def test_the_guard_stands_before_it_too(api: Api) -> None:
    key, _ = await key_of(api)
    assert (await api.call("GET", path(key), token=None, host=f"evil.test:{api.port}")).status == 421
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert (await api.call("GET", path(key), token=None, headers=cross)).status == 403
    assert (await api.call("GET", path(key), token=None, origin="https://aliexpress.com")).status == 403
    assert (await api.call("GET", path(key), token=None, origin=EXTENSION)).status == 403
    assert (await api.call("OPTIONS", path(key), token=None)).status == 403
    assert (await api.call("POST", path(key), token=None)).status == 401


async def test_wrong_keys_are_counted_with_wrong_tokens(api: Api) -> None:
    key, _ = await key_of(api)
    assert [(await api.call("GET", path(f"pw_{n}"), token=None)).status for n in range(3)] == [404] * 3
    assert [(await api.call("GET", "/v1/orders", token=f"pw_{n}")).status for n in range(3)] == [401, 401, 429]
    got = await api.call("GET", path("pw_wrong"), token=None)
    assert (got.status, got.header("retry-after")) == (429, "60")
    assert (await api.call("GET", path(key), token=None)).status == 200


async def test_a_key_is_listed_with_its_last_use_and_can_be_revoked(api: Api) -> None:
    key, client = await key_of(api)
    await api.call("GET", path(key), token=None)
    (shown,) = [c for c in (await api.call("GET", "/v1/clients")).json["clients"] if c["id"] == client]
    assert shown["last_used_at"] == "2026-03-01T12:00:00Z"
    assert (await api.call("DELETE", f"/v1/clients/{client}")).status == 204
    assert (await api.call("GET", path(key), token=None)).status == 404
    await api.access.load()
    assert (await api.call("GET", path(key), token=None)).status == 404


async def test_two_keys_are_two(api: Api) -> None:
    (one, first), (two, _) = await key_of(api, "one"), await key_of(api, "two")
    await api.call("DELETE", f"/v1/clients/{first}")
    assert (await api.call("GET", path(one), token=None)).status == 404
    assert (await api.call("GET", path(two), token=None)).status == 200


async def test_a_key_has_no_other_scope(api: Api) -> None:
    for scopes in (["calendar", "read"], ["write", "calendar"], ["calendar", "calendar"]):
        got = await api.call("POST", "/v1/clients", json_body={"name": "x", "scopes": scopes})
        assert (got.status, got.json["error"]["field"]) == (400, "scopes")
    got = await api.call("POST", "/v1/pairing", json_body={"scopes": ["calendar"]})
    assert got.status == 400


async def test_it_is_kept_as_a_hash_and_masked_in_logs(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    key, _ = await key_of(api)
    assert len(key.removeprefix("pw_")) == 43  # 256 bits
    with caplog.at_level(logging.DEBUG):
        await api.call("GET", path(key), token=None)
        await api.call("GET", path(key + "x"), token=None)
    assert key not in caplog.text
    dump = b"".join(file.read_bytes() for file in Path(api.store.path).parent.iterdir() if file.is_file())
    assert key.encode() not in dump
    assert digest(key).encode() in dump
    for line in (f"GET {path(key)} HTTP/1.1", f"GET {path('short')}", f"http://127.0.0.1:8377{path(key)}"):
        assert key not in mask(line)
        assert "short" not in mask(line)
