"""A bare aiohttp server that says hello at `/v1/health`. It prints its port, as the daemon does, and serves."""

from __future__ import annotations

from aiohttp import web


async def hello(_: web.Request) -> web.Response:
    """The answer."""
    return web.json_response({"name": "hello", "api": "v1"})


def listening() -> None:
    """Serve on a free port until a signal."""
    app = web.Application()
    app.router.add_get("/v1/health", hello)
    web.run_app(app, host="127.0.0.1", port=0, access_log=None)


if __name__ == "__main__":
    listening()
