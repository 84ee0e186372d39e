"""S33: bodies that are too much are cut, and the loop goes on. Servers are on loopback; all bodies are constructed."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from aiohttp import web

from parcelparsers import Request
from parcelwarden.adapters.fetcher import HttpFetcher, Limits
from parcelwarden.services.ports import FetchFailed
from support.policies import LoopbackOnly
from support.sources import HOST, URL, a_source

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIFTY = 50 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def large(request: web.Request) -> web.StreamResponse:
    """50 MB that are announced."""
    response = web.StreamResponse(headers={"Content-Length": str(FIFTY)})
    await response.prepare(request)
    for _ in range(FIFTY // 65536):
        await response.write(b"x" * 65536)
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    """A body that never ends, as fast as it goes."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"y" * 65536)


def bomb(encoding: str, data: bytes) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=data, headers={"Content-Encoding": encoding})

    return answer


GZIP = gzip.compress(b"\0" * FIFTY)
DEFLATE = zlib.compress(b"\0" * FIFTY)


@asynccontextmanager
async def asking(handler: Handler, limits: Limits | None = None) -> AsyncIterator[HttpFetcher]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hosts = MappingProxyType({HOST: f"http://127.0.0.1:{runner.addresses[0][1]}"})
    fetcher = HttpFetcher(LoopbackOnly(), hosts, limits=limits)
    try:
        yield fetcher
    finally:
        await fetcher.close()
        await runner.cleanup()


class Lag:
    """The longest time in which the loop did not come round."""

    def __init__(self) -> None:
        self.worst = 0.0

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()
        before = loop.time()
        while True:
            await asyncio.sleep(0.005)
            now = loop.time()
            self.worst = max(self.worst, now - before - 0.005)
            before = now


async def fails(handler: Handler, limits: Limits | None = None) -> tuple[FetchFailed, float, int]:
    """How a look fails, the loop's worst lag, and the most memory in use beyond that before."""
    lag = Lag()
    async with asking(handler, limits) as fetcher:
        watching = asyncio.create_task(lag.watch())
        tracemalloc.start()
        try:
            with pytest.raises(FetchFailed) as caught:
                await fetcher.fetch(a_source(), Request(URL), NOW)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            watching.cancel()
    return caught.value, lag.worst, peak


@pytest.mark.slow
@pytest.mark.parametrize(
    "handler",
    [large, endless, bomb("gzip", GZIP), bomb("deflate", DEFLATE)],
    ids=["50 MB", "never-ending", "gzip bomb", "deflate bomb"],
)
async def test_s33_a_body_is_cut_at_two_mebibytes_and_the_loop_goes_on(handler: Handler) -> None:
    lags = []
    for _ in range(3):  # another process may hold the processor once
        fault, lag, peak = await fails(handler)
        assert fault.kind == "too_large"
        assert peak < 16 * 1024 * 1024, f"{peak} bytes"
        lags.append(lag)
        if lag < 0.25:
            break
    assert min(lags) < 0.25, f"the loop stood still for {lags} s"


async def test_s33_a_body_that_trickles_is_given_up_after_its_time() -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"{")
            await asyncio.sleep(0.01)

    fault, lag, _ = await fails(trickle, Limits(seconds=0.3))
    assert fault.kind == "timeout"
    assert lag < 0.25


async def test_s33_headers_without_end_are_refused() -> None:
    async def heads(request: web.Request) -> web.StreamResponse:
        return web.Response(headers={f"X-{n}": "y" * 4000 for n in range(1000)})

    fault, lag, _ = await fails(heads)
    assert fault.kind == "network"
    assert lag < 0.25


def test_s33_the_limits_are_those_of_the_threat_model() -> None:
    assert Limits() == Limits(seconds=20.0, size=2 * 1024 * 1024, redirects=5)
