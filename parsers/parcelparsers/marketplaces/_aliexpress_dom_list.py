"""AliExpress's order list as markup, 2022 to 2026 (`ORDER_PAGES.md` §4.1).

Labels changed in July 2026 ("Order date:" became "Date"), so the date is found by its form and the id by its link.
Price digits stand in spans with hashed classes: only the printed text is read. Orders of several things show pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines, money
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dates import clean
from parcelparsers.marketplaces.dom import Marked, attribute, distinct, id_in_link, leaves, text_of, without_hashes
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.shop import Page
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.marketplaces.words import split_label
from parcelparsers.page import PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_IDS = ("orderId", "tradeOrderId")
_ANY_LINK = 'a[href*="/p/order/detail.html"]'
_HEADER = ("@order_item_header_info", ".order-item-header-right-info")
_TOTAL = ("@order_item_content_price_total", ".order-item-content-opt-price-total", ".order-item-content-opt-price")
_NAMES = ("@order_item_content_info_name", ".order-item-content-info-name")
_STATUS = ("@order_item_header_status", ".order-item-header-status-text", ".order-item-header-status")
_TRACK = (".tracking-number-title", ".order-track-popover-title")
_MARKS = ("order-item-header", "order_item_header", "order-item-btns", "comet-tabs-nav")


def fits(body: Body) -> bool:
    """Whether this is the order list's markup."""
    return body.is_html and any(mark in body.text for mark in _MARKS)


def read(page: Page) -> PageReading:
    """The orders as they stand on the page."""
    root = page.body.html("div", "main", "section", "ul")
    without_hashes(root)
    cards = _cards(root)
    if not cards and not root.select(".comet-tabs-nav-item", limit=1):
        raise Unreadable(".order-item", "order cards")
    tabs = tuple(text_of(tab) for tab in root.select(".comet-tabs-nav-item", limit=20))
    drafts = [_order(page, card, tabs) for card in cards[:MOST_ORDERS]]
    unread = [u for d in drafts for u in d.unread]
    if len(cards) > MOST_ORDERS:
        unread.append(Unread(field="orders", why=f"only the first {MOST_ORDERS} of {len(cards)} were read"))
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=tuple(unread))


def _cards(root: Tag) -> list[Tag]:
    """The order cards: by class, else the largest elements around each order's link that hold no other order."""
    if cards := root.select(".order-item"):
        return cards
    return [_around(link) for link in {_id_of(a): a for a in reversed(root.select(_ANY_LINK))}.values()][::-1]


def _around(link: Tag) -> Tag:
    card, own = link, _id_of(link)
    for parent in list(link.parents)[:12]:
        if parent.name in ("body", "[document]"):
            break
        if any(_id_of(a) != own for a in parent.select(_ANY_LINK, limit=4)):
            break
        card = parent
    return card


def _id_of(link: Tag) -> str:
    return id_in_link(attribute(link, "href"), *_IDS)


def _order(page: Page, card: Tag, tabs: tuple[str, ...]) -> Draft:
    draft, look = Draft(ID, ""), Marked(card)
    how = _find_id(draft, look)
    if not draft.order_id:
        draft.miss("order_id", "an order card has neither a link with the id nor a printed id")
        return draft
    draft.put("order_id", draft.order_id, how)
    draft.first("placed_at", _header(look), page.past)
    _status(draft, look, tabs)
    total = [(mark, split_label(text)[1]) for mark, text in look.texts(*_TOTAL)]
    currency = draft.first("currency", total, money.currency_of)
    draft.first("total", total, lambda raw: money.amount(raw, currency))
    _items(draft, look)
    draft.first("seller", look.texts("@order_item_store_name", ".order-item-store-name"), str, needed=False)
    numbers = distinct(tracking_number(text) for _, text in look.texts(*_TRACK))
    if numbers:
        draft.put("tracking_numbers", numbers, "track popover")
    deadlines.add(draft, page, leaves(card))
    return draft


def _header(look: Marked) -> Iterator[tuple[str, str]]:
    """The rows beside the card's head, each by itself: the date's row has no other date."""
    for mark, info in look.all(*_HEADER):
        rows = info.find_all("div", recursive=False) or [info]
        yield from ((mark, text) for row in rows if (text := text_of(row, " ")))


def _find_id(draft: Draft, look: Marked) -> str:
    """The strategy by which the id was found; links first, since the printed label moves."""
    for mark, tag in look.all("@order_item_header_detail", "a"):
        if tag.name == "a" and (found := _id_of(tag)):
            draft.order_id = found
            return "link" if mark == "a" else mark
    for mark, text in _header(look):
        for word in text.split():
            digits = word.strip(":：#")
            if digits.isdecimal() and 10 <= len(digits) <= 22:
                draft.order_id = digits
                return f"{mark} text"
    return ""


def _status(draft: Draft, look: Marked, tabs: tuple[str, ...]) -> None:
    word = next((text for _, text in look.texts(*_STATUS)), "")
    refunds = [text for _, text in look.texts(".expose-info-item-title")]
    whole = len(set(refunds)) == 1 and len(refunds) >= max(1, len(look.all(".order-item-content-img")))
    if refunds and not whole:
        draft.miss("refund", "the page shows a refund for a part of the order")
    seen = Signals(word=word, buttons=_buttons(look), tabs=tabs, refund=refunds[0] if whole else "")
    if decided := decide(seen):
        draft.put("status", decided[0], decided[1], word or seen.refund)
    else:
        draft.miss("status", f"cannot be read: {word[:60]!r}")


def _buttons(look: Marked) -> tuple[str, ...]:
    marked = [tag for _, tag in look.all(".order-item-btn")]
    boxes = [tag for _, tag in look.all(".order-item-btns")] if not marked else []
    found = marked or [tag for box in boxes for tag in box.find_all(("a", "button"), limit=20)]
    return tuple(distinct(text_of(tag) for tag in found))


def _items(draft: Draft, look: Marked) -> None:
    pictures = len(look.all(".order-item-content-img"))
    titles = distinct(_title(tag) for _, tag in look.all(*_NAMES))
    if titles:
        draft.put("items", titles, "item name")
    if pictures > max(1, len(titles)) or not titles:
        draft.miss("items", f"the page shows {pictures} pictures and {len(titles)} names")


def _title(tag: Tag) -> str:
    titled = (clean(attribute(inner, "title")) for inner in tag.find_all(True, limit=10))
    return next((title for title in titled if title), "") or text_of(tag)
