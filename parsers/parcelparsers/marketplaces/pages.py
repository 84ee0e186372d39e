"""The one way into the readers of order pages: the shop by address, without one by content."""

from __future__ import annotations

from parcelparsers.errors import BadPage, Unreadable
from parcelparsers.marketplaces import eml, text
from parcelparsers.marketplaces.shop import Page, PageReader, Shop
from parcelparsers.marketplaces.shops import all_shops
from parcelparsers.page import Capture, PageReading

MOST = 4 * 1024 * 1024
"""The largest capture in characters; the API takes no more bytes either."""


def read_page(capture: Capture) -> PageReading:
    """Read one capture. Raises `BadPage` where no reader understands it, and nothing else, on any content.

    A page of known orders in which some fields could not be read is no error: they are named in `unread`.
    """
    if len(capture.body) > MOST:
        raise BadPage(f"page: larger than {MOST} characters; save the order list or one order, not the whole site")
    page = Page(capture)
    if not capture.body.strip():
        raise BadPage("page: it is empty; load the order page to its end and save it again")
    shops = all_shops()
    own = tuple(shop for shop in shops if shop.owns(page.url)) or shops
    fault: BadPage | None = None
    for shop in own:
        for reader in shop.readers:
            if reader.fits(page.body):
                try:
                    return reader.read(page)
                except Unreadable as why:
                    fault = fault or _changed(shop, reader, why)
    if fault:
        raise fault
    return _as_text(page, own)


def _changed(shop: Shop, reader: PageReader, why: Unreadable) -> BadPage:
    return BadPage(
        f"{shop.name}, {reader.name}: {why}; the page may have changed: load it to its end and try again, "
        "or save a redacted sample and report it"
    )


def _as_text(page: Page, shops: tuple[Shop, ...]) -> PageReading:
    if not (page.body.is_json or page.body.is_html):
        if eml.fits(page.body):
            inner = eml.saved_page(page)
            return read_page(inner) if inner else eml.read(page, shops)
        return text.read(page, shops)
    names = ", ".join(shop.name for shop in shops)
    raise BadPage(
        f"page: no order page of {names} is known that looks like this; open the order list, an order, its tracking or "
        "the refund list, load it to its end and save it, or paste its text"
    )
