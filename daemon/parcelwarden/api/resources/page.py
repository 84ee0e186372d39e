"""The dashboard's files: a fixed list, open to all, without data. Only the document has a policy of its own."""

from __future__ import annotations

from functools import partial

from parcelwarden.api.routing import Access, Call, Reply, Route
from parcelwarden.dashboard import FILES, content

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Source: `SECURITY.md` §4, Response headers."""
DOCUMENT = "index.html"


async def file(call: Call, name: str) -> Reply:
    """One file of the dashboard."""
    headers = {"Content-Security-Policy": POLICY} if name == DOCUMENT else {}
    return Reply(200, content(name), content_type=FILES[name], headers=headers)


def _route(name: str) -> Route:
    path = "/" if name == DOCUMENT else f"/dashboard/{name}"
    handler = partial(file, name=name)
    handler.__doc__ = file.__doc__
    return Route(
        "GET", path, Access.OPEN, handler, f"The dashboard: {name}", {200: None}, gives=FILES[name].partition(";")[0]
    )


ROUTES = tuple(_route(name) for name in FILES)
