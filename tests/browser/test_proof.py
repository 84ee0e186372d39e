"""The extension sends its token to nobody who cannot prove to know it. All input is constructed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from support.browser.rig import Rig

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]


@asynccontextmanager
async def stranger(proof: str | None) -> AsyncIterator[tuple[int, list[web.Request]]]:
    """Another user's program that was at our port first; gives its port and what it was asked."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        body = {"name": "parcelwarden", "api": 1, **({"proof": proof} if proof else {})}
        return web.Response(text=json.dumps(body), content_type="application/json")

    app = web.Application()
    app.add_routes([web.route("*", "/{rest:.*}", answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield int(runner.addresses[0][1]), asked
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("proof", [None, "0" * 64])
async def test_a_stranger_at_our_port_never_gets_the_token(rig: Rig, proof: str | None) -> None:
    page = await rig.browser.own("repair/repair.html")
    token = (await page.evaluate("chrome.storage.local.get('token')"))["token"]
    async with stranger(proof) as (port, asked):
        await page.evaluate("port => chrome.storage.local.set({port})", port)
        try:
            popup = await rig.browser.own("popup/popup.html")
            await popup.wait_for_selector("#main[aria-busy=false]")
            assert await popup.inner_text("#main [role=alert] strong")
            await popup.close()
        finally:
            await page.evaluate("port => chrome.storage.local.set({port})", rig.daemon.runtime["port"])
    assert asked
    assert {request.path for request in asked} == {"/v1/health"}
    assert all("Authorization" not in request.headers for request in asked)
    assert not any(token in str(request.raw_headers) + request.path_qs for request in asked)
    nonces = [request.query["nonce"] for request in asked]
    assert len(set(nonces)) == len(nonces)


async def test_the_daemon_that_gave_the_token_is_known(rig: Rig) -> None:
    popup = await rig.browser.own("popup/popup.html")
    await popup.wait_for_selector("#main[aria-busy=false]")
    assert await popup.locator("#main [role=alert]").count() == 0
    await popup.close()
