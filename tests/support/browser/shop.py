"""The made-up shop over TLS: pages under /p/, its own data calls under /h5/, whatever a test puts at a path."""

from __future__ import annotations

import json
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from support.browser import shop_page
from support.browser.shop_data import DETAIL, LIST, TRACKING, ShopData
from support.system import need

WWW = "https://www.aliexpress.com"
ORDERS = f"{WWW}/p/order/index.html"


def certificate(folder: Path) -> ssl.SSLContext:
    """A self-signed certificate of the hosts that the tests play."""
    key, pem = folder / "key.pem", folder / "cert.pem"
    names = "DNS:www.aliexpress.com,DNS:*.aliexpress.com,DNS:aliexpress.ru,DNS:www.ups.com,DNS:tools.usps.com"
    command = [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-keyout", str(key), "-out", str(pem), "-subj", "/CN=www.aliexpress.com"]
    subprocess.run([*command, *files, "-addext", f"subjectAltName={names}"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    return context


@dataclass
class Shop:
    """The running shop. `seen` are the requests as `host path`; `served` maps a path, or a host and
    path, to a page of a test's own, `answers` the name of a data call to its answer."""

    port: int
    data: ShopData = field(default_factory=ShopData)
    served: dict[str, str] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    policy: str = ""
    """The Content-Security-Policy of its pages."""
    dark: bool = False
    direction: str = "ltr"

    async def answer(self, request: web.Request) -> web.Response:
        """One request."""
        self.seen.append(f"{request.host} {request.path}")
        if request.path.startswith("/h5/"):
            return await self._data(request)
        body = self.served.get(request.path) or self.served.get(f"{request.host}{request.path}")
        if body is None:
            body = self._page(request.path)
        if body is None:
            return web.Response(status=404, text="nothing here")
        headers = {"Access-Control-Allow-Origin": request.headers.get("Origin", "*")}
        if self.policy:
            headers["Content-Security-Policy"] = self.policy
        return web.Response(text=body, content_type="text/html", headers=headers)

    def _page(self, path: str) -> str | None:
        known = {
            "/p/order/index.html": shop_page.LIST,
            "/p/order/detail.html": shop_page.DETAIL,
            "/p/tracking/index.html": shop_page.TRACKING,
        }
        return shop_page.page(known[path], dark=self.dark, direction=self.direction) if path in known else None

    async def _data(self, request: web.Request) -> web.Response:
        api = request.path.split("/")[2]
        form = parse_qs((await request.read()).decode())
        asked: dict[str, Any] = json.loads(request.query.get("data") or form["data"][0])
        answers = {
            LIST: lambda: self.data.list_page(int(asked.get("pageIndex", 1))),
            DETAIL: lambda: self.data.detail(str(asked["tradeOrderId"])),
            TRACKING: lambda: self.data.tracking(str(asked["tradeOrderId"])),
        }
        text = self.answers[api].decode() if api in self.answers else json.dumps(answers[api]())
        callback = request.query.get("callback")
        if callback:
            return web.Response(text=f" {callback}({text})", content_type="text/javascript")
        headers = {"Access-Control-Allow-Origin": request.headers.get("Origin", "*")}
        return web.Response(text=text, content_type="application/json", headers=headers)


@asynccontextmanager
async def open_shop(folder: Path, port: int = 0) -> AsyncIterator[Shop]:
    """Serve it on loopback; port 443 where the browser can only map names."""
    shop = Shop(port)
    app = web.Application()
    app.add_routes([web.route("*", "/{rest:.*}", shop.answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=certificate(folder))
        await site.start()
        shop.port = runner.addresses[0][1]
        yield shop
    finally:
        await runner.cleanup()
