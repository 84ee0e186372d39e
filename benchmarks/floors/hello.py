"""A bare aiohttp server. `GET /v1/health` says hello; `GET /rows` gives the JSON that stood on the standard input.

python benchmarks/floors/hello.py < rows.json
"""

from __future__ import annotations

import json
import socket
import sys

from aiohttp import web


def application(rows: object) -> web.Application:
    """Two routes and nothing else."""

    async def hello(_: web.Request) -> web.Response:
        return web.json_response({"name": "hello", "api": 1})

    async def listed(_: web.Request) -> web.Response:
        return web.json_response(rows)

    app = web.Application()
    app.router.add_get("/v1/health", hello)
    app.router.add_get("/rows", listed)
    return app


if __name__ == "__main__":
    rows = json.loads(sys.stdin.read() or "[]")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"listens on http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        web.run_app(application(rows), sock=listening, access_log=None, print=None)
