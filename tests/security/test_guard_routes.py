"""S23–S27: every route is guarded, odd paths lead nowhere, odd bodies are refused, faults tell nothing. All input is
constructed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket

import pytest

from parcelwarden.api import connection
from parcelwarden.api.http import bind
from parcelwarden.api.routes import TABLE
from parcelwarden.api.routing import LARGE, SMALL, Access, Route
from parcelwarden.dashboard import FILES
from support.api import Api

PAGE = {("GET", "/" if name == "index.html" else f"/dashboard/{name}") for name in FILES}
OPEN = {("GET", "/v1/health"), ("POST", "/v1/pair"), ("POST", "/v1/session"), *PAGE}
JSON = {"Content-Type": "application/json"}
ORDER = {"marketplace": "aliexpress", "order_id": "81"}


def test_s23_the_classes_of_all_routes_are_these() -> None:
    """A new route shows up here with its class, or the test fails."""
    classes: dict[str, set[str]] = {}
    for route in TABLE.routes:
        assert isinstance(route.access, Access)
        classes.setdefault(route.access, set()).add(f"{route.method} {route.path}")
    assert {tuple(text.split(" ")) for text in classes.pop("open")} == OPEN
    assert classes.pop("admin") == {
        "GET /v1/status",
        "GET /v1/pairing",
        "POST /v1/pairing",
        "DELETE /v1/pairing",
        "POST /v1/backups",
        "POST /v1/import",
        "POST /v1/alerts/test",
        "POST /v1/codes",
        "GET /v1/clients",
        "POST /v1/clients",
        "DELETE /v1/clients/{id}",
        "POST /v1/sources/{id}/checked",
    }
    assert classes.pop("keyed") == {"GET /v1/calendar/{key}.ics"}
    assert {text.split(" ")[0] for text in classes.pop("read")} == {"GET"}
    assert "GET" not in {text.split(" ")[0] for text in classes.pop("write")}
    assert classes.pop("relay") == {"GET /v1/relay/next", "POST /v1/relay/{id}"}
    assert not classes


def test_s23_few_routes_take_large_bodies() -> None:
    large = {"/v1/captures", "/v1/relay/{id}", "/v1/import"}
    assert {(r.path, r.limit) for r in TABLE.routes if r.limit != SMALL} == {(path, LARGE) for path in large}


def test_s23_no_route_stands_twice() -> None:
    assert len({(r.method, r.path) for r in TABLE.routes}) == len(TABLE.routes)


@pytest.mark.parametrize("route", TABLE.routes, ids=lambda r: f"{r.method} {r.path}")
async def test_s23_every_route_wants_its_token(api: Api, route: Route) -> None:
    path = route.path.replace("{marketplace}", "aliexpress").replace("{id}", "1").replace("{number}", "RR1CN")
    path = path.replace("{key}", "pw_nobody")
    got = await api.call(route.method, path, token=None)
    if route.access is Access.KEYED:
        assert (got.status, (await api.call(route.method, path)).status) == (404, 404)
        return
    if route.access is Access.OPEN:
        assert got.status != 401
        return
    assert got.status == 401
    reading, _ = await api.access.create("reads", ("read",), None, api.clock())
    if route.access is not Access.READ:
        assert (await api.call(route.method, path, token=reading)).status == 403


ODD = [
    "//v1/orders",
    "/v1//orders",
    "/%761/orders",
    "/v1/../v1/orders",
    "/v1/./orders",
    "/v1/orders/",
    "/v1/orders%00",
    "/v1/orders%2f",
    "/V1/orders",
    "/v1/orders;x=1",
    "/v1/orders/aliexpress",
    "/v1/orders/aliexpress/1/",
    "/v1/orders/..%2fstatus/1",
    "/v1/parcels/%2e%2e",
    "/v1/parcels/%ff",
    "/v1/parcels/a%00b",
    "/v1/parcels/a%0d%0ab",
    "/v1/parcels/a%5cb",
    "/v1/orders#x",
]


@pytest.mark.parametrize("path", ODD)
async def test_s24_odd_paths_lead_nowhere(api: Api, path: str) -> None:
    assert (await api.call("GET", path, token=None)).status in (400, 401, 404)
    assert (await api.call("GET", path)).status in (400, 404)


async def test_s24_a_nul_in_the_request_line_is_refused(api: Api) -> None:
    data = f"GET /v1/orders\x00 HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\n\r\n".encode()
    assert (await api.raw(data)).status == 400


async def test_a_wrong_method_is_told_only_to_those_who_may_know(api: Api) -> None:
    assert (await api.call("PUT", "/v1/orders", token=None)).status == 401
    got = await api.call("PUT", "/v1/orders")
    assert (got.status, got.header("allow")) == (405, "GET, POST")
    assert (await api.call("TRACE", "/v1/orders", token=None)).status == 405


@pytest.mark.parametrize(
    ("path", "size"), [("/v1/orders", 70 * 1024), ("/v1/captures", LARGE + 1), ("/v1/x", SMALL + 1)]
)
async def test_s25_too_large_a_body_is_refused_unread(api: Api, path: str, size: int) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\nContent-Length: {size}\r\nConnection: close\r\n"
    got = await api.raw(f"{head}Authorization: Bearer {api.admin}\r\nContent-Type: application/json\r\n\r\n".encode())
    assert (got.status, got.code) == (413, "too_large")
    assert api.warden.writes == 0


@pytest.mark.parametrize(("path", "size"), [("/v1/orders", SMALL + 1), ("/v1/captures", LARGE + 1)])
async def test_s25_a_chunked_body_has_the_same_limit(api: Api, path: str, size: int) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
    head += f"Authorization: Bearer {api.admin}\r\nContent-Type: application/json\r\n\r\n"
    data = b"%x\r\n" % size + b" " * size + b"\r\n0\r\n\r\n"
    assert (await api.raw(head.encode() + data)).status == 413


async def test_s25_the_largest_capture_is_taken(api: Api) -> None:
    capture = {"seen_at": None, "url": "https://x.test/", "kind": "text", "form": "text", "body": ""}
    room = LARGE - len(json.dumps(capture))
    got = await api.call("POST", "/v1/captures", json_body={**capture, "body": "x" * room})
    assert got.status == 200, got.body
    got = await api.call("POST", "/v1/captures", json_body={**capture, "body": "x" * (room + 1)})
    assert got.status == 413


async def test_s25_ten_thousand_headers_are_refused(api: Api) -> None:
    fields = "".join(f"X-{n}: y\r\n" for n in range(10_000))
    try:
        got = await api.raw(f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\n{fields}\r\n".encode())
    except ConnectionError:
        return
    assert got.status == 400


async def test_s25_a_slow_head_is_cut_while_others_are_answered(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.HEAD_SECONDS <= 30
    for conn in ("idle", "slow"):
        reader, writer = await asyncio.open_connection("127.0.0.1", api.port)
        if conn == "slow":
            writer.write(b"GET /v1/health HT")
        assert (await api.call("GET", "/v1/health", token=None)).status == 200
        for made in api.connections:
            made._next_keepalive_close_time = 0.0
            made._process_keepalive()
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_s25_a_slow_body_is_cut(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parcelwarden.api.http.BODY_SECONDS", 0.05)
    head = f"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\nContent-Length: 50\r\n"
    head += f"Authorization: Bearer {api.admin}\r\nContent-Type: application/json\r\n\r\n"
    got = await api.raw(head.encode() + b"{")
    assert (got.status, got.code) == (408, "timeout")
    assert api.warden.writes == 0


async def test_s25_a_body_that_breaks_off_changes_nothing(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    head = f"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\nContent-Length: 50\r\n"
    head += f"Authorization: Bearer {api.admin}\r\nContent-Type: application/json\r\n\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", api.port)
    writer.write(head.encode() + json.dumps(ORDER).encode())
    await writer.drain()
    writer.close()
    assert (await api.call("GET", "/v1/orders")).json["orders"] == []
    assert api.warden.writes == 0
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING], "who goes away fills no log"


async def test_s25_strangers_who_do_not_read_keep_nobody_out(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They take every place and ask for a file of the dashboard until no more goes out to them."""
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 4)
    line = f"GET /dashboard/style.css HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\n\r\n"
    deaf = [await asyncio.open_connection("127.0.0.1", api.port, limit=1) for _ in range(4)]
    try:
        for _, writer in deaf:
            writer.write(line.encode() * 3000)
        async with asyncio.timeout(60):
            while not all(made.transport.get_write_buffer_size() for made in api.connections):
                await asyncio.sleep(0.01)
        assert (await api.call("GET", "/v1/orders")).status == 200
        assert len(api.connections) <= 4
    finally:
        for _, writer in deaf:
            writer.transport.abort()
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


async def test_s25_who_is_sent_away_while_his_body_comes_fills_no_log(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    head = f"POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{api.port}\r\nContent-Length: 50\r\n"
    head += "Content-Type: application/json\r\n\r\n{"
    flood: list[socket.socket] = []

    def come() -> None:
        for _ in range(2 * connection.MOST_CONNECTIONS):
            flood.append(socket.create_connection(("127.0.0.1", api.port)))
            with contextlib.suppress(ConnectionError):
                flood[-1].sendall(head.encode())

    try:
        await asyncio.to_thread(come)
        assert (await api.call("GET", "/v1/orders")).status == 200
    finally:
        for stranger in flood:
            stranger.close()
    assert (await api.call("GET", "/v1/orders")).status == 200
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


async def test_s25_a_flood_of_connections_keeps_nobody_out(api: Api) -> None:
    flood = [await asyncio.open_connection("127.0.0.1", api.port) for _ in range(300)]
    assert (await api.call("GET", "/v1/orders")).status == 200
    assert len(api.connections) <= connection.MOST_CONNECTIONS
    for _, writer in flood:
        writer.close()


DEEP = b"[" * 10_000 + b"]" * 10_000
BODIES = [
    (DEEP, "bad_request", None),
    (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "bad_request", None),
    (b'{"marketplace": NaN, "order_id": "1"}', "bad_request", None),
    (b'{"marketplace": Infinity}', "bad_request", None),
    (b'{"marketplace": 1e999}', "bad_request", None),
    (b'{"marketplace": ' + b"9" * 5000 + b"}", "bad_request", None),
    (b'{"marketplace":"aliexpress","order_id":"1","order_id":"2"}', "bad_request", "order_id"),
    (b'{"marketplace":"ali\xff","order_id":"1"}', "bad_request", None),
    (b'{"marketplace":"aliexpress","order_id":"1","title":"\\ud800"}', "bad_request", None),
    (b'{"marketplace":"aliexpress","order_id":"1",}', "bad_request", None),
    (b"\xef\xbb\xbf{}", "bad_request", None),
    (b"null", "invalid", None),
    (b'{"marketplace":"aliexpress"}', "invalid", "order_id"),
    (b'{"marketplace":"aliexpress","order_id":"1","colour":"red"}', "invalid", "colour"),
    (b'{"marketplace":"aliexpress","order_id":1}', "invalid", "order_id"),
    (b'{"marketplace":"aliexpress","order_id":"1","dispute":{"opened":"2020-01-01"}}', "invalid", "dispute.opened"),
    (b'{"marketplace":"aliexpress","order_id":"../1"}', "invalid", "order_id"),
    (b'{"marketplace":"aliexpress","order_id":"1","title":"a\\u0000b"}', "invalid", "title"),
]


@pytest.mark.parametrize(("data", "code", "field"), BODIES, ids=lambda v: str(v)[:40])
async def test_s26_bodies_that_are_not_what_they_should_be(api: Api, data: bytes, code: str, field: str | None) -> None:
    got = await api.call("POST", "/v1/orders", data=data, headers=JSON)
    assert (got.status, got.code) == (400, code)
    assert got.json["error"].get("field") == field
    assert b"Traceback" not in got.body
    assert api.warden.writes == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("limit=1&limit=2", "limit"),
        ("colour=red", "colour"),
        ("due_before=2020-01-01T00:00:00", "due_before"),
        ("due_before=soon", "due_before"),
        ("urgency=panic", "urgency"),
        ("cursor=nonsense", "cursor"),
        ("marketplace=%ff", None),
        ("&".join(["limit=1"] * 500), None),
    ],
)
async def test_s26_queries_that_are_not_what_they_should_be(api: Api, query: str, field: str | None) -> None:
    got = await api.call("GET", f"/v1/orders?{query}")
    assert (got.status, got.json["error"].get("field")) == (400, field)


async def test_s27_a_fault_tells_an_id_and_nothing_else(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.warden.fault = RuntimeError(f"secret {api.admin} in /somewhere/inside.py")
    with caplog.at_level(logging.ERROR):
        got = await api.call("GET", "/v1/orders/aliexpress/81")
    assert got.status == 500
    error = got.json["error"]
    assert set(error) == {"code", "message", "id"}
    assert error["code"] == "internal"
    for word in ("secret", api.admin, "/somewhere", "Traceback", "RuntimeError"):
        assert word not in got.body.decode()
    assert error["id"] in caplog.text
    assert (await api.call("GET", "/v1/health", token=None)).status == 200


async def test_s40_a_busy_port_is_an_error_and_there_is_loopback_only(api: Api) -> None:
    """The command's own text and exit code are tested with the command."""
    with pytest.raises(OSError, match="in use"):
        bind(api.port)
    free = bind(0)
    try:
        assert free.getsockname()[0] == "127.0.0.1"
    finally:
        free.close()
