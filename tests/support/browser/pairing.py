"""How a browser is paired with a real daemon: by the code that the daemon shows, typed into the popup."""

from __future__ import annotations

from typing import Any

from support.browser.chromium import Chromium, until
from support.daemon import RunningDaemon


def admin(daemon: RunningDaemon, method: str, path: str, body: Any = None) -> Any:
    """A call as the owner; its answer must be good."""
    status, got = daemon.request(method, path, daemon.runtime["admin_token"], body)
    assert status < 300, got
    return got


def add_order(daemon: RunningDaemon, order: str, **facts: Any) -> None:
    """An order by hand."""
    admin(daemon, "POST", "/v1/orders", {"marketplace": "aliexpress", "order_id": order, **facts})


async def pair(browser: Chromium, daemon: RunningDaemon) -> None:
    """Point the extension at the daemon's port and type the code."""
    code = admin(daemon, "POST", "/v1/pairing", {})["code"]
    popup = await browser.own("popup/popup.html")
    await popup.evaluate("port => chrome.storage.local.set({port})", daemon.runtime["port"])
    await popup.reload()
    await popup.fill("#code", code)
    await popup.click("form button")

    async def paired() -> Any:
        return await popup.evaluate("async () => (await chrome.storage.local.get('token')).token")

    await until(paired, what="the token")
    await popup.close()
