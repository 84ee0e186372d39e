"""The extension sends its token to nobody who cannot prove to know it. All input is constructed."""

from __future__ import annotations

import pytest
from aiohttp import web

from support.browser.rig import Rig
from support.browser.standin import standin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]


@pytest.mark.parametrize("proof", [None, "0" * 64])
async def test_a_stranger_at_our_port_never_gets_the_token(rig: Rig, proof: str | None) -> None:
    page = await rig.browser.own("repair/repair.html")
    token = (await page.evaluate("chrome.storage.local.get('token')"))["token"]
    asked: list[web.Request] = []
    body = {"name": "parcelwarden", "api": 1, **({"proof": proof} if proof else {})}
    async with standin(200, body, asked) as port:
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
