"""aliexpress.ru, list and order as markup (`ORDER_PAGES.md` §4.4).

The year of a date is omitted for the current year: such a date is read only when it is known when the page was seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines, money
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dates import clean, read_date
from parcelparsers.marketplaces.dom import attribute, classed, distinct, texts
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.shop import Page
from parcelparsers.marketplaces.status import by_word
from parcelparsers.page import PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_CARD = classed("RedOrderList_OrderItem__link") + ', a[href*="/order-list/"]'
_ID_IN_PATH = re.compile(r"/order-list/([0-9]{10,22})(?:[/?#]|\Z)")
_DIGITS = re.compile(r"(?<!\d)[0-9]{10,22}(?!\d)")
_NO_YEAR = "the year is omitted, and when the page was seen is not known"


def fits(body: Body) -> bool:
    """Whether this is an order page of aliexpress.ru."""
    marks = ("RedOrderList_", 'data-testid="orderNumber"', "data-testid=orderNumber")
    return body.is_html and any(mark in body.text for mark in marks)


def read(page: Page) -> PageReading:
    """The orders of the list, or the one order of its page."""
    root = page.body.html("div", "main", "section", "a")
    drafts = [_detail(page, root)] if root.select_one('[data-testid="orderNumber"]') else _list(page, root)
    if not drafts:
        raise Unreadable(_CARD, "orders")
    unread = tuple(u for d in drafts for u in d.unread)
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=unread)


def _list(page: Page, root: Tag) -> list[Draft]:
    drafts: dict[str, Draft] = {}
    for card in root.select(_CARD, limit=MOST_ORDERS):
        found = _ID_IN_PATH.search(attribute(card, "href")[:500])
        if found and found[1] not in drafts:
            draft = drafts[found[1]] = Draft(ID, found[1])
            pieces = [clean(s) for s in list(card.stripped_strings)[:80]]
            _from_pieces(draft, page, pieces)
    return list(drafts.values())


def _detail(page: Page, root: Tag) -> Draft:
    printed = next((text for _, text in texts(root, '[data-testid="orderNumber"]', apart=" ")), "")
    in_path = _ID_IN_PATH.search(page.url[:500])
    found = _DIGITS.search(printed)
    draft = Draft(ID, found[0] if found else in_path[1] if in_path else "")
    if not draft.order_id:
        draft.unread.append(Unread(field="order_id", why="neither the page nor its address names the order"))
        return draft
    pieces = [clean(s) for s in list(root.stripped_strings)[:600]]
    _from_pieces(draft, page, [printed, *pieces])
    titles = distinct(text for _, text in texts(root, '[data-testid="productText"]', '[data-testid="product"]'))
    if titles:
        draft.put("items", titles[:100], "data-testid=productText")
    draft.first("seller", texts(root, '[data-testid="sellerInfoV2"]', apart=" "), str, needed=False)
    return draft


def _from_pieces(draft: Draft, page: Page, pieces: list[str]) -> None:
    dated = [m[1] for p in pieces if (m := re.search(r"(?:^|\s)от\s+(\d{1,2}\s.{3,30})", p))]
    dated += [p for p in pieces if read_date(f"{p} 2024", locale="ru") or read_date(p, locale="ru")]
    draft.first(
        "placed_at", [("от …", p) for p in dated], lambda raw: read_date(raw, locale="ru", seen_at=page.seen_at)
    )
    if page.seen_at is None and dated and "placed_at" not in draft.fields:
        draft.unread[-1] = Unread(field="placed_at", why=f"{_NO_YEAR}: {dated[0][:40]!r}", order_id=draft.order_id)
    draft.first("status", [("text", p) for p in pieces if by_word(p)], by_word)
    totals = [("text", p) for p in pieces if money.currency_of(p)]
    currency = draft.first("currency", totals, money.currency_of)
    draft.first("total", totals if len(totals) == 1 else [], lambda raw: money.amount(raw, currency))
    deadlines.add(draft, page, [("text", p) for p in pieces])
