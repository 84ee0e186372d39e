"""S28–S32: what goes out, and to whom. All numbers, answers and names are constructed; servers are on loopback."""

from __future__ import annotations

import ast
import asyncio
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

import parcelparsers
import parcelwarden
from parcelparsers import Asked, Request, all_sources, source_ids
from parcelparsers.errors import BadNumber
from parcelparsers.numbers import guesses, normalise
from parcelwarden.adapters.address_policy import PublicOnly
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.services.ports import FetchFailed
from support.daemon import environment
from support.guard.sitecustomize import Outbound, is_local
from support.policies import LoopbackOnly
from support.resolver import Fixed
from support.scripted import House
from support.sources import HOST, URL, a_source
from support.system import need

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = [
    "RR123456785CN/../../x", "RR1?x=1", "RR1#x", "a@b.example", "RR1\\x", "RR1\r\nHost: evil.test", "%2e%2e%2f",
    "file:///etc/passwd", "http://127.0.0.1/", "R" * 5000, "RR1 OR 1=1;--", "$(id)", "`id`", "RR1\x00", "{number}",
    "RR\u202e123456785CN", "RR１２３４５６７８５CN", "", " ", "..", "-", "a" * 4,
]  # fmt: skip


@pytest.mark.parametrize("number", HOSTILE)
async def test_s28_what_is_no_number_is_refused_before_any_request(tmp_path: Path, number: str) -> None:
    house = await House(tmp_path).open()
    try:
        for work in (house.warden.add_parcel(number, [], NOW), house.add(numbers=[number])):
            with pytest.raises(Exception, match="number|tracking") as caught:
                await work
            assert type(caught.value).__name__ == "Invalid"
        await house.tick(NOW)
        assert house.fetcher.asked == []
        assert (await house.warden.parcels(10, None))[0] == []
        with pytest.raises(BadNumber):
            normalise(number)
        with pytest.raises(BadNumber):
            guesses(number)
    finally:
        await house.close()


NUMBERS = (
    "RR123456785CN",
    "LP00190000000017",
    "1Z999AA10123456784",
    "00340434161094000000",
    "420123459400110000000000000000",
)


@pytest.mark.parametrize("source_id", source_ids())
def test_s28_requests_are_built_from_constants(source_id: str) -> None:
    """Whatever the number, host and scheme are the source's own."""
    (source,) = [s for s in all_sources() if s.id == source_id]
    assert source.hosts or not source.ask
    assert all(host == host.lower() and "/" not in host and ":" not in host for host in source.hosts)
    for number in NUMBERS:
        for request in source.ask(Asked((number,))) if source.ask else ():
            at = urlsplit(request.url)
            assert (at.scheme, at.port, at.username) == ("https", None, None)
            assert at.hostname in source.hosts


class Street:
    """A carrier on loopback that answers with what it is told and counts who comes."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.answer: Any = lambda request: web.Response(text="{}")
        self.port = 0

    async def open(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = int(runner.addresses[0][1])
        return runner

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request.path)
        response: web.StreamResponse = self.answer(request)
        return response


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    made = Street()
    runner = await made.open()
    yield made
    await runner.cleanup()


async def refused(**fetcher: Any) -> FetchFailed:
    one = HttpFetcher(**fetcher)
    try:
        with pytest.raises(FetchFailed) as caught:
            await one.fetch(a_source(), Request(URL), NOW)
    finally:
        await one.close()
    return caught.value


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://169.254.169.254/", "http://100.64.0.1/", "http://[::ffff:127.0.0.1]/",
     "https://127.0.0.1/", "https://elsewhere.example/", f"https://{HOST}.evil.test/", f"https://evil.test@{HOST}/",
     f"https://{HOST}:8443/", f"http://{HOST}/", "ftp://carrier.example/", "javascript:alert(1)", "//evil.test/x"],
)  # fmt: skip
async def test_s29_a_redirect_elsewhere_is_stopped(street: Street, target: str, status: int) -> None:
    street.answer = lambda request: web.Response(status=status, headers={"Location": target})
    fault = await refused(policy=LoopbackOnly(), hosts={HOST: f"http://127.0.0.1:{street.port}"})
    assert fault.kind == "redirect"
    assert street.seen == ["/track"], "there was a second request"


PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.8", "192.88.99.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:192.168.1.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "64:ff9b:1::1",
    "fec0::1", "3fff::1", "5f00::1", "::7f00:1", "2001:0:808:808::80ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
async def test_s30_a_name_of_a_private_address_is_refused_at_the_connect(address: str) -> None:
    resolver = Fixed([address])
    fault = await refused(resolver=resolver)
    assert (fault.kind, resolver.calls) == ("refused", 1)
    assert not PublicOnly().allows_address(address)


async def test_s30_a_name_that_flips_between_two_looks_is_judged_at_each(street: Street) -> None:
    """First the allowed address, then a private one: the second connect is refused, though the first was allowed."""
    street.answer = lambda request: web.Response(status=302, headers={"Location": URL, "Connection": "close"})
    resolver = Fixed(["127.0.0.1"], ["10.0.0.1"])
    fault = await refused(policy=LoopbackOnly(), resolver=resolver, hosts={HOST: f"http://{HOST}:{street.port}"})
    assert (fault.kind, resolver.calls, street.seen) == ("refused", 2, ["/track"])


async def test_s30_what_is_checked_is_what_is_connected_to(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the check and the connect nobody looks a name up again."""
    judged: list[str] = []
    connected: list[str] = []

    class Noting(LoopbackOnly):
        def allows_address(self, address: str) -> bool:
            judged.append(address)
            return super().allows_address(address)

    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> Any:
        connected.append(address[0])
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    one = HttpFetcher(Noting(), {HOST: f"http://{HOST}:{street.port}"}, resolver=Fixed(["127.0.0.1"]))
    await one.fetch(a_source(), Request(URL), NOW)
    await one.close()
    assert judged == connected == ["127.0.0.1"]


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_s30_public_addresses_are_allowed(address: str) -> None:
    assert PublicOnly().allows_address(address)


async def test_s31_a_self_signed_certificate_is_refused_and_nothing_is_asked(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    fault = await refused(policy=LoopbackOnly(), hosts={HOST: f"https://127.0.0.1:{port}"})
    server.close()
    assert fault.kind == "tls"
    assert asked == []


SWITCHES = {"ssl", "verify_ssl", "check_hostname", "verify", "fingerprint", "ssl_context", "cert_reqs", "verify_mode"}
LOOSE = {"_create_unverified_context", "CERT_NONE", "CERT_OPTIONAL", "create_unverified_context", "disable_warnings"}
PRODUCT = [Path(package.__file__).parent for package in (parcelwarden, parcelparsers) if package.__file__]


@pytest.mark.parametrize(
    "path", [p for root in PRODUCT for p in sorted(root.rglob("*.py"))], ids=lambda p: "/".join(p.parts[-3:])
)
def test_s31_nothing_switches_verification_off(path: Path) -> None:
    """No module names a switch that could loosen TLS, whatever its value."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword):
            assert node.arg not in SWITCHES, f"line {node.value.lineno}"
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            assert name not in LOOSE, f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            assert node.attr not in SWITCHES, f"line {node.lineno}"


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("2001:db8::1", 9, 0, 0), ("carrier.example", 443)])
def test_s32_the_guard_of_the_whole_suite_is_up(address: tuple[Any, ...]) -> None:
    kind = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    for method, arguments in (("connect", (address,)), ("connect_ex", (address,)), ("sendto", (b"x", address))):
        stream = socket.SOCK_DGRAM if method == "sendto" else socket.SOCK_STREAM
        with socket.socket(kind, stream) as one, pytest.raises(Outbound):
            getattr(one, method)(*arguments)


async def test_s32_it_holds_for_asyncio_and_aiohttp_too() -> None:
    for host in ("192.0.2.1", "carrier.example"):
        with pytest.raises(Outbound):
            await asyncio.open_connection(host, 443)
        async with aiohttp.ClientSession() as session:
            with pytest.raises((Outbound, aiohttp.ClientError)):
                await session.get(f"http://{host}/")
    for name in ("127.0.0.1", "::1", "localhost", None):
        assert is_local(name)


def test_s32_it_holds_in_the_processes_that_tests_start() -> None:
    code = "import socket; s = socket.socket(); s.connect(('192.0.2.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment(), timeout=30
    )
    assert done.returncode != 0
    assert "tried to reach 192.0.2.1" in done.stderr


def test_s32_only_the_fetcher_and_the_notifiers_can_go_out() -> None:
    """Who else imports a client? The list is short and stands here."""
    clients = {"aiohttp", "http.client", "urllib.request", "socket", "requests", "httpx", "smtplib", "ftplib"}
    found = set()
    for root in PRODUCT:
        for path in root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if clients & set(names):
                    found.add("/".join(path.relative_to(root.parent).with_suffix("").parts))
    assert found == {
        "parcelwarden/adapters/fetcher",  # to carriers, by the policy
        "parcelwarden/adapters/notifiers/webhook",  # to the one place that config.toml names
        "parcelwarden/adapters/sd_notify",  # to the service manager's own socket
        "parcelwarden/api/connection",  # the server
        "parcelwarden/api/http",
        "parcelwarden/api/streams",
        "parcelwarden/cli/backend",  # to our own daemon on loopback
        "parcelwarden/demo/street",  # a server on loopback
        "parcelwarden/wiring/daemon",  # the listening socket
    }
