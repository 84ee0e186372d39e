"""The same table without HTTP, as commands use it when no daemon runs. All input is constructed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from parcelwarden.api.local import call
from parcelwarden.api.routes import TABLE
from support.api import START, Api

ORDER = {"marketplace": "aliexpress", "order_id": "81"}


def test_it_imports_no_web_server() -> None:
    code = "import sys, parcelwarden.api.local, parcelwarden.api.routes; print('aiohttp' in sys.modules)"
    paths = [p for p in sys.path if p.endswith(("daemon", "parsers"))]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


async def local(api: Api, method: str, path: str, body: Any = None, **query: list[str]) -> tuple[int, Any]:
    return await call(TABLE, api.context, method, path, query, body, START)


async def test_it_answers_as_the_server_does(api: Api) -> None:
    status, made = await local(api, "POST", "/v1/orders", ORDER)
    assert status == 201
    assert made == (await api.call("GET", "/v1/orders/aliexpress/81")).json
    status, listed = await local(api, "GET", "/v1/orders", limit=["1"], lang=["de"])
    assert (status, listed) == (200, (await api.call("GET", "/v1/orders?limit=1&lang=de")).json)
    assert await local(api, "DELETE", "/v1/orders/aliexpress/81") == (204, None)


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "status"),
    [
        ("GET", "/v1/none", None, {}, 404),
        ("PUT", "/v1/orders", None, {}, 405),
        ("POST", "/v1/orders", {**ORDER, "colour": "red"}, {}, 400),
        ("GET", "/v1/orders", None, {"colour": ["red"]}, 400),
        ("GET", "/v1/orders/aliexpress/82", None, {}, 404),
        ("GET", "/v1/orders/aliexpress/%00", None, {}, 404),
    ],
)
async def test_it_refuses_as_the_server_does(
    api: Api, method: str, path: str, body: Any, query: dict[str, list[str]], status: int
) -> None:
    got, problem = await local(api, method, path, body, **query)
    assert got == status
    assert set(problem["error"]) >= {"code", "message"}
