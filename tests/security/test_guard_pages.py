"""S07–S15: web pages, content types, tokens, Origins. All input is constructed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcelwarden.api.routes import TABLE
from parcelwarden.api.routing import Access, Route
from support.api import EXTENSION, OTHER, Api

ORDER = {"marketplace": "aliexpress", "order_id": "81"}
GUARDED = [r for r in TABLE.routes if r.access not in (Access.OPEN, Access.KEYED)]


def concrete(route: Route, value: str = "x1") -> str:
    path = route.path
    for name in route.names:
        path = path.replace(f"{{{name}}}", value)
    return path


@pytest.mark.parametrize("site", ["cross-site", "same-site", "CROSS-SITE", "", "nonsense"])
async def test_s07_a_foreign_site_is_refused(api: Api, site: str) -> None:
    got = await api.call("GET", "/v1/orders", headers={"Sec-Fetch-Site": site})
    assert got.status == 403


async def test_s07_one_friendly_value_does_not_cover_another(api: Api) -> None:
    got = await api.call("GET", "/v1/orders", headers=[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")])
    assert got.status == 403


@pytest.mark.parametrize("site", ["none", "same-origin", None])
async def test_s07_the_extension_and_scripts_are_answered(api: Api, site: str | None) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    assert (await api.call("GET", "/v1/orders", headers=headers)).status == 200


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json, text/plain", ""],
)
async def test_s08_only_json_is_read(api: Api, kind: str) -> None:
    body = b'{"marketplace":"aliexpress","order_id":"81"}'
    got = await api.call("POST", "/v1/orders", data=body, headers={"Content-Type": kind})
    assert (got.status, got.code) == (415, "unsupported_media_type")
    assert api.warden.writes == 0


async def test_s08_an_encoded_body_is_not_unpacked(api: Api) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert (await api.call("POST", "/v1/orders", data=b"\x1f\x8b", headers=headers)).status == 415


async def test_s08_a_charset_is_allowed(api: Api) -> None:
    headers = {"Content-Type": 'application/json; charset="UTF-8"'}
    got = await api.call("POST", "/v1/orders", data=b'{"marketplace":"aliexpress","order_id":"81"}', headers=headers)
    assert got.status == 201


async def test_s09_without_a_token_every_path_looks_the_same(api: Api) -> None:
    await api.call("POST", "/v1/orders", json_body=ORDER)
    seen = set()
    paths = [concrete(r) for r in GUARDED]
    paths += ["/v1/orders/aliexpress/81", "/v1/orders/aliexpress/82", "/v1/none", "/v1/health/"]
    for path in paths:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            got = await api.call(method, path, token=None)
            seen.add((got.status, got.header("www-authenticate"), got.body))
    assert len(seen) == 1
    status, challenge, _ = seen.pop()
    assert (status, challenge) == (401, "Bearer")


async def test_s09_a_wrong_method_on_an_open_path_is_no_way_in(api: Api) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert (await api.call(method, "/v1/health", token=None)).status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "token={token}"},
        {"Authorization": "Basic {token}"},
        {"Authorization": "{token}"},
        {"Authorization": "Bearer "},
        {"X-Api-Key": "{token}"},
    ],
)
async def test_s10_a_token_counts_in_its_header_only(api: Api, headers: dict[str, str]) -> None:
    filled = {name: value.format(token=api.admin) for name, value in headers.items()}
    assert (await api.call("GET", "/v1/orders", token=None, headers=filled)).status == 401
    assert (await api.call("GET", f"/v1/orders?token={api.admin}", token=None)).status == 401


async def test_s10_two_tokens_are_none(api: Api) -> None:
    headers = [("Authorization", f"Bearer {api.admin}"), ("Authorization", f"Bearer {api.token}")]
    assert (await api.call("GET", "/v1/orders", token=None, headers=headers)).status == 401


async def test_s11_a_page_that_reaches_us_changes_nothing(api: Api) -> None:
    """What a browser sends for a page's no-cors GET and POST, with local network access off (SECURITY.md §1.3)."""
    site = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    page = "https://www.aliexpress.com"
    assert (await api.call("GET", "/v1/orders", token=None, headers=site)).status == 403
    plain = {**site, "Content-Type": "text/plain"}
    got = await api.call("POST", "/v1/orders", token=None, headers=plain, origin=page, data=b"{}")
    assert got.status == 403
    assert api.warden.writes == 0


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ORIGINS = st.one_of(
    st.none(),
    st.sampled_from(["null", "https://aliexpress.com", EXTENSION, OTHER, "http://127.0.0.1:1", "file://"]),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(TABLE.routes), method=st.sampled_from(METHODS), origin=ORIGINS, known=st.booleans())
async def test_s12_no_answer_ever_speaks_of_cors(
    api: Api, route: Route, method: str, origin: str | None, known: bool
) -> None:
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    token = api.token if known else None
    got = await api.call(method, concrete(route), token=token, origin=origin, headers=preflight)
    assert not [name for name in got.headers if name.startswith("access-control")]
    assert got.header("x-content-type-options") == "nosniff"
    assert got.header("cross-origin-resource-policy") == "same-origin"
    assert got.header("cache-control") == "no-store"
    assert got.header("content-security-policy") == "default-src 'none'; frame-ancestors 'none'"
    if method == "OPTIONS":
        assert got.status == 403
    if origin is not None:
        assert got.status == 403


@pytest.mark.parametrize("route", TABLE.routes, ids=lambda r: f"{r.method} {r.path}")
async def test_s12_every_options_is_refused(api: Api, route: Route) -> None:
    assert (await api.call("OPTIONS", concrete(route))).status == 403


async def test_s12_options_star_is_refused(api: Api) -> None:
    assert (await api.call("OPTIONS", "*")).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        EXTENSION + ".evil",
        EXTENSION.upper(),
        EXTENSION + "/",
        "null",
        "https://aliexpress.com",
        "http://localhost:1",
        OTHER,
        f"{EXTENSION}, {OTHER}",
        "",
    ],
)
async def test_s13_only_the_paired_origin_writes(api: Api, origin: str) -> None:
    token = await api.pair()
    got = await api.call("POST", "/v1/orders", token=token, origin=origin, json_body=ORDER)
    assert got.status == 403
    assert api.warden.writes == 0


async def test_s13_the_paired_origin_and_none_are_answered(api: Api) -> None:
    token = await api.pair()
    assert (await api.call("POST", "/v1/orders", token=token, origin=EXTENSION, json_body=ORDER)).status == 201
    assert (await api.call("GET", "/v1/orders", token=token)).status == 200


async def test_s13_two_origins_are_refused(api: Api) -> None:
    token = await api.pair()
    got = await api.call("GET", "/v1/orders", token=token, headers=[("Origin", EXTENSION), ("Origin", EXTENSION)])
    assert got.status == 403


async def test_s14_another_extension_has_no_token(api: Api) -> None:
    await api.pair()
    assert (await api.call("GET", "/v1/orders", token=None)).status == 401
    assert (await api.call("POST", "/v1/orders", token=None, origin=OTHER, json_body=ORDER)).status == 403


@pytest.mark.parametrize("paired", [False, True])
async def test_s15_a_replayed_token_is_refused_and_flagged(api: Api, paired: bool) -> None:
    token = await api.pair(EXTENSION, "the first")
    if paired:
        await api.pair(OTHER, "the second")
    got = await api.call("POST", "/v1/orders", token=token, origin=OTHER, json_body=ORDER)
    assert got.status == 403
    clients = {c["name"]: c for c in (await api.call("GET", "/v1/clients")).json["clients"]}
    assert clients["the first"]["flagged_at"] == "2026-03-01T12:00:00Z"
    assert (await api.call("GET", "/v1/status")).json["flagged"] == [clients["the first"]["id"]]


async def test_s15_the_tokens_of_scripts_and_of_the_owner_take_no_origin(api: Api) -> None:
    own = f"http://127.0.0.1:{api.port}"
    for token in (api.token, api.admin):
        assert (await api.call("GET", "/v1/orders", token=token, origin=own)).status == 403
