"""The fetcher against servers on loopback: what it follows, what it cuts off, what it refuses to connect to.

All servers and answers are constructed.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from parcelparsers import Request
from parcelwarden.adapters.fetcher import USER_AGENT, HttpFetcher, Limits
from parcelwarden.services.ports import FetchFailed
from support.policies import LoopbackOnly
from support.resolver import Fixed
from support.sources import HOST, OTHER, URL, a_source
from support.system import need

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[int]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners = []

    async def start(handler: Handler) -> int:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def fetcher() -> AsyncIterator[Callable[..., HttpFetcher]]:
    made: list[HttpFetcher] = []

    def make(port: int = 0, **arguments: Any) -> HttpFetcher:
        hosts = dict.fromkeys((HOST, OTHER), f"http://127.0.0.1:{port}") if port else {}
        made.append(HttpFetcher(**{"policy": LoopbackOnly(), "hosts": hosts, **arguments}))
        return made[-1]

    yield make
    for one in made:
        await one.close()


async def failed(fetcher: HttpFetcher, request: Request | None = None, **source: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(a_source(**source), request or Request(URL), NOW)
    return caught.value


async def test_it_answers_with_body_status_and_type(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    seen: list[Mapping[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request.headers)
        return web.json_response({"n": request.query["n"]}, status=404, headers={"Set-Cookie": "a=b"})

    one = fetcher(await serve(answer))
    for _ in range(2):
        found = await one.fetch(a_source(), Request(URL), NOW)
    assert (found.body.status, found.body.content_type) == (404, "application/json")
    assert found.body.json == {"n": "RR123456785CN"}
    assert found.url == URL
    assert seen[1]["User-Agent"] == USER_AGENT
    assert seen[1]["Host"] == HOST
    assert "Cookie" not in seen[1]


async def test_a_post_goes_out_as_given(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response([request.method, await request.text(), request.headers["X-Key"]])

    request = Request(URL, "POST", {"X-Key": "k={key}"}, b'{"a":1}')
    found = await fetcher(await serve(answer), keys={"example": "s3cret"}).fetch(a_source(), request, NOW)
    assert found.body.json == ["POST", '{"a":1}', "k=s3cret"]


async def test_a_missing_key_is_said(fetcher: Callable[..., HttpFetcher]) -> None:
    fault = await failed(fetcher(1), Request(URL, headers={"Authorization": "{key}"}))
    assert fault.kind == "refused"
    assert "keys.example" in str(fault)


async def test_a_redirect_to_a_declared_host_is_followed(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/track":
            return web.Response(status=302, headers={"Location": f"https://{OTHER}/new?x=1"})
        return web.json_response({"host": request.headers["Host"], "path": request.path_qs})

    found = await fetcher(await serve(answer)).fetch(a_source(), Request(URL), NOW)
    assert found.body.json == {"host": OTHER, "path": "/new?x=1"}
    assert found.url == f"https://{OTHER}/new?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
        "http://100.64.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "https://elsewhere.example/",
        f"http://{HOST}/plain",
        f"https://{HOST}:8443/",
        f"https://user@{HOST}/",
        f"https://{HOST}.evil.example/",
        "file:///etc/passwd",
        "//elsewhere.example/x",
    ],
)
async def test_a_redirect_elsewhere_is_not_followed(
    serve: Serve, fetcher: Callable[..., HttpFetcher], target: str
) -> None:
    asked = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=302, headers={"Location": target})

    fault = await failed(fetcher(await serve(answer)))
    assert fault.kind == "redirect"
    assert asked == 1


async def test_redirects_in_a_ring_end(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    asked = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=302, headers={"Location": URL})

    fault = await failed(fetcher(await serve(answer)))
    assert fault.kind == "redirect"
    assert asked == 6


@pytest.mark.parametrize("url", [f"http://{HOST}/", "https://elsewhere.example/", f"https://{HOST}:444/"])
async def test_a_request_to_another_place_is_refused(fetcher: Callable[..., HttpFetcher], url: str) -> None:
    resolver = Fixed(["127.0.0.1"])
    assert (await failed(fetcher(resolver=resolver), Request(url))).kind == "refused"
    assert resolver.calls == 0


async def large(request: web.Request) -> web.Response:
    return web.Response(body=b"x" * 5_000_000)


async def bomb(request: web.Request) -> web.Response:
    packed = gzip.compress(b"\0" * 50_000_000)
    return web.Response(body=packed, headers={"Content-Encoding": "gzip"})


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"y" * 65536)


@pytest.mark.parametrize("body", [large, bomb, endless])
async def test_a_body_is_cut_at_two_mebibytes(serve: Serve, fetcher: Callable[..., HttpFetcher], body: Handler) -> None:
    fault = await failed(fetcher(await serve(body)))
    assert fault.kind == "too_large"


async def test_two_mebibytes_are_taken_whole(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    size = 2 * 1024 * 1024

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"z" * size)

    found = await fetcher(await serve(answer)).fetch(a_source(), Request(URL), NOW)
    assert len(found.body.data) == size


async def test_a_slow_answer_is_given_up(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    go = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"{")
        await go.wait()
        return response

    fault = await failed(fetcher(await serve(answer), limits=Limits(seconds=0.2)))
    go.set()
    assert fault.kind == "timeout"


async def test_nobody_listens(fetcher: Callable[..., HttpFetcher]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert (await failed(fetcher(port))).kind == "network"


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_of_a_private_address_is_not_connected_to(
    fetcher: Callable[..., HttpFetcher], address: str
) -> None:
    fault = await failed(fetcher(policy=None, resolver=Fixed([address])))
    assert fault.kind == "refused", fault


async def test_a_name_that_flips_gains_nothing(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    """The address is judged at the connect, on the very address that is connected to."""
    resolver = Fixed(["127.0.0.1"], ["10.0.0.1"])

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": URL, "Connection": "close"})

    port = await serve(answer)
    hosts = {HOST: f"http://{HOST}:{port}"}
    fault = await failed(fetcher(resolver=resolver, hosts=hosts))
    assert fault.kind == "refused"
    assert resolver.calls == 2


async def test_a_mapped_host_still_meets_the_policy(serve: Serve, fetcher: Callable[..., HttpFetcher]) -> None:
    async def answer(request: web.Request) -> web.Response:
        raise AssertionError("it was asked")

    fault = await failed(fetcher(await serve(answer), policy=None))
    assert fault.kind == "refused"


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_self_signed_certificate_is_refused(
    fetcher: Callable[..., HttpFetcher], self_signed: ssl.SSLContext
) -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=self_signed)
    port = server.sockets[0].getsockname()[1]
    fault = await failed(fetcher(hosts={HOST: f"https://127.0.0.1:{port}"}))
    server.close()
    assert fault.kind == "tls"


@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("7200", NOW + timedelta(hours=2)),
        ("Mon, 02 Mar 2026 10:30:00 GMT", NOW + timedelta(hours=1.5)),
        ("Mon, 02 Mar 2020 10:30:00 GMT", NOW),
        ("99999999999999999999", NOW + timedelta(hours=24)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW + timedelta(hours=24)),
        ("soon", None),
        ("-5", None),
        (None, None),
    ],
)
async def test_retry_after(
    serve: Serve, fetcher: Callable[..., HttpFetcher], header: str | None, at: datetime | None
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": header} if header else {})

    found = await fetcher(await serve(answer)).fetch(a_source(), Request(URL), NOW)
    assert found.retry_at == at
