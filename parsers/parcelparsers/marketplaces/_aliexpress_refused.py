"""An `mtop` answer that is a refusal: not logged in, human check, too many questions (`ORDER_PAGES.md` §3.1)."""

from __future__ import annotations

from typing import NoReturn

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces._aliexpress_tree import envelope
from parcelparsers.marketplaces.shop import Page


def fits(body: Body) -> bool:
    """Whether this is an answer of the shop's gateway without any known data."""
    return body.is_json and isinstance(body.json, dict) and isinstance(body.json.get("ret"), list)


def read(page: Page) -> NoReturn:
    """Raises `BadPage` with what the shop refused, `Unreadable` where it answered with data of another page."""
    envelope(page.body)
    raise Unreadable("api", "the order list, an order, its tracking or the refund list")
