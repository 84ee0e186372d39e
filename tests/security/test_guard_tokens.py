"""S17–S22: tokens at rest and under attack, the pairing window. All input is constructed; time is virtual."""

from __future__ import annotations

import ast
import asyncio
import re
from pathlib import Path

import pytest

import parcelwarden.services.tokens as tokens
from parcelwarden.services.tokens import digest, same
from support.api import EXTENSION, OTHER, Api


async def test_s17_the_database_holds_no_token(api: Api) -> None:
    token = await api.pair()
    dump = b"".join(path.read_bytes() for path in Path(api.store.path).parent.iterdir() if path.is_file())
    for secret in (token, api.token, api.admin):
        assert secret.encode() not in dump
        assert secret.removeprefix("pw_").encode() not in dump
    assert digest(token).encode() in dump
    assert digest(api.admin).encode() not in dump


def test_s18_secrets_are_compared_in_constant_time() -> None:
    """The one place that compares uses `hmac.compare_digest`, and nothing else compares digests."""
    root = Path(tokens.__file__).parents[1]
    tree = ast.parse(Path(tokens.__file__).read_text("utf-8"))
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "same")
    calls = [ast.unparse(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)]
    assert "hmac.compare_digest" in calls
    for path in [*root.joinpath("services").glob("*.py"), *root.joinpath("api").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Compare) or not any(isinstance(o, ast.Eq | ast.NotEq) for o in node.ops):
                continue
            text = ast.unparse(node)
            if text == "len(one) == len(other) == 64":
                continue
            assert not re.search(r"token|digest\b(?!\.[A-Z])|secret|code ==|== code", text), (path, text)


def test_s18_only_whole_digests_are_equal() -> None:
    assert same(digest("a"), digest("a"))
    assert not same(digest("a"), digest("b"))
    assert not same("", "")
    assert not same(digest("a")[:10], digest("a")[:10])


async def test_s19_the_sixth_wrong_token_in_a_minute_is_told_to_wait(api: Api) -> None:
    statuses = []
    for n in range(7):
        got = await api.call("GET", "/v1/orders", token=f"pw_wrong{n}")
        statuses.append(got.status)
        api.clock.advance(seconds=1)
    assert statuses == [401] * 5 + [429] * 2
    assert got.header("retry-after") == "54"
    assert got.code == "too_soon"
    assert (await api.call("GET", "/v1/health", token=None)).status == 200
    api.clock.advance(seconds=54)
    assert (await api.call("GET", "/v1/orders", token="pw_wrong")).status == 401
    assert (await api.call("GET", "/v1/orders", token=api.token)).status == 200


async def test_s19_the_owner_is_never_locked_out_by_others(api: Api) -> None:
    for _ in range(20):
        await api.call("GET", "/v1/orders", token="pw_revoked")
    assert (await api.call("GET", "/v1/orders", token=api.token)).status == 200


async def test_s19_no_token_at_all_is_not_counted(api: Api) -> None:
    for _ in range(20):
        assert (await api.call("GET", "/v1/orders", token=None)).status == 401


@pytest.mark.parametrize("origin", [EXTENSION, None])
@pytest.mark.parametrize("body", [{"code": "12345678", "name": "x"}, {}, {"code": 1}])
async def test_s20_no_pairing_outside_a_window(api: Api, origin: str | None, body: object) -> None:
    got = await api.call("POST", "/v1/pair", token=None, origin=origin, json_body=body)
    assert (got.status, got.code) == (403, "forbidden")


@pytest.mark.parametrize("origin", ["https://aliexpress.com", "null", "http://localhost:3000", EXTENSION + ".evil"])
async def test_s20_a_window_is_never_open_to_web_pages(api: Api, origin: str) -> None:
    code = (await api.call("POST", "/v1/pairing")).json["code"]
    body = {"code": code, "name": "x"}
    assert (await api.call("POST", "/v1/pair", token=None, origin=origin, json_body=body)).status == 403
    assert (await api.call("POST", "/v1/pair", token=None, origin=EXTENSION, json_body=body)).status == 201


async def test_s20_only_the_owner_opens_a_window(api: Api) -> None:
    paired = await api.pair()
    assert (await api.call("POST", "/v1/pairing", token=paired)).status == 403
    assert (await api.call("POST", "/v1/pairing", token=None)).status == 401


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


async def test_s21_five_wrong_codes_close_the_window(api: Api) -> None:
    code = (await api.call("POST", "/v1/pairing")).json["code"]
    wrong = {"code": other(code), "name": "x"}
    for _ in range(5):
        assert (await api.call("POST", "/v1/pair", token=None, json_body=wrong)).status == 403
    right = {"code": code, "name": "x"}
    assert (await api.call("POST", "/v1/pair", token=None, json_body=right)).status == 403
    assert (await api.call("GET", "/v1/pairing")).json["open"] is False


async def test_s21_four_wrong_codes_do_not(api: Api) -> None:
    code = (await api.call("POST", "/v1/pairing")).json["code"]
    for _ in range(4):
        await api.call("POST", "/v1/pair", token=None, json_body={"code": other(code), "name": "x"})
    assert (await api.call("GET", "/v1/pairing")).json["tries_left"] == 1
    got = await api.call("POST", "/v1/pair", token=None, json_body={"code": code, "name": "x"})
    assert got.status == 201


@pytest.mark.parametrize(("seconds", "status"), [(119, 201), (120, 403), (121, 403), (-1, 403)])
async def test_s21_the_window_lasts_two_minutes(api: Api, seconds: int, status: int) -> None:
    code = (await api.call("POST", "/v1/pairing")).json["code"]
    api.clock.advance(seconds=seconds)
    got = await api.call("POST", "/v1/pair", token=None, json_body={"code": code, "name": "x"})
    assert got.status == status


async def test_s21_a_code_is_good_once_and_for_its_window_only(api: Api) -> None:
    first = (await api.call("POST", "/v1/pairing")).json["code"]
    second = (await api.call("POST", "/v1/pairing")).json["code"]
    if first != second:
        got = await api.call("POST", "/v1/pair", token=None, json_body={"code": first, "name": "x"})
        assert got.status == 403
    body = {"code": second, "name": "x"}
    assert (await api.call("POST", "/v1/pair", token=None, json_body=body)).status == 201
    assert (await api.call("POST", "/v1/pair", token=None, json_body=body)).status == 409
    api.clock.advance(minutes=2)
    assert (await api.call("POST", "/v1/pair", token=None, json_body=body)).status == 403


async def test_s22_of_two_at_once_one_is_paired(api: Api) -> None:
    code = (await api.call("POST", "/v1/pairing")).json["code"]
    body = {"code": code, "name": "x"}
    answers = await asyncio.gather(
        api.call("POST", "/v1/pair", token=None, json_body=body, origin=EXTENSION),
        api.call("POST", "/v1/pair", token=None, json_body=body, origin=OTHER),
    )
    assert sorted(got.status for got in answers) == [201, 409]
    shown = (await api.call("GET", "/v1/pairing")).json
    winner = next(got for got in answers if got.status == 201)
    assert (shown["open"], shown["client"]) == (False, winner.json["client"])


async def test_s22_a_revoked_client_is_a_stranger(api: Api) -> None:
    token = await api.pair()
    (client,) = [c for c in (await api.call("GET", "/v1/clients")).json["clients"] if c["origin"] == EXTENSION]
    assert (await api.call("DELETE", f"/v1/clients/{client['id']}")).status == 204
    assert (await api.call("GET", "/v1/orders", token=token)).status == 401
    await api.access.load()
    assert (await api.call("GET", "/v1/orders", token=token)).status == 401
    assert (await api.call("DELETE", f"/v1/clients/{client['id']}")).status == 404
