"""Something that stands where the daemon should, and answers one thing to everything. Constructed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


@asynccontextmanager
async def standin(status: int, body: Any, asked: list[web.Request] | None = None) -> AsyncIterator[int]:
    """Serve it on a free loopback port; gives the port. `asked` takes each request."""

    async def answer(request: web.Request) -> web.Response:
        if asked is not None:
            asked.append(request)
        return web.Response(status=status, text=json.dumps(body), content_type="application/json")

    app = web.Application()
    app.add_routes([web.route("*", "/{rest:.*}", answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
