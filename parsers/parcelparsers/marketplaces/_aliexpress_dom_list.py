"""AliExpress's order list as markup, 2022 to 2026 (`ORDER_PAGES.md` §4.1).

Labels changed in July 2026 ("Order date:" became "Date"), so the date is found by its form and the id by its link.
Price digits stand in spans with hashed classes: only the printed text is read. Orders of several things show pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import money
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dom import attribute, distinct, id_in_link, text_of, texts
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.shop import Page
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.marketplaces.words import split_label
from parcelparsers.page import PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_IDS = ("orderId", "tradeOrderId")
_LINK = "a[data-pl=order_item_header_detail]"
_ANY_LINK = 'a[href*="/p/order/detail.html"]'
_HEADER = ("[data-pl=order_item_header_info] > div", ".order-item-header-right-info > div")
_TOTAL = (
    "[data-pl=order_item_content_price_total]",
    ".order-item-content-opt-price-total",
    ".order-item-content-opt-price",
)
_NAMES = (
    ".order-item-content-info-name span[title]",
    "[data-pl=order_item_content_info_name]",
    ".order-item-content-info-name",
)
_STATUS = ("[data-pl=order_item_header_status]", ".order-item-header-status-text", ".order-item-header-status")
_BUTTONS = (".order-item-btn", ".order-item-btns button", ".order-item-btns a")
_TRACK = (".tracking-number-title span", ".order-track-popover-title p:nth-of-type(2) span")
_MARKS = ("order-item-header", "order_item_header", "order-item-btns", "comet-tabs-nav")


def fits(body: Body) -> bool:
    """Whether this is the order list's markup."""
    return body.is_html and any(mark in body.text for mark in _MARKS)


def read(page: Page) -> PageReading:
    """The orders as they stand on the page."""
    root = page.body.html("div", "main", "section", "ul")
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
    draft = Draft(ID, "")
    how = _find_id(draft, card)
    if not draft.order_id:
        draft.miss("order_id", "an order card has neither a link with the id nor a printed id")
        return draft
    draft.put("order_id", draft.order_id, how)
    draft.first("placed_at", texts(card, *_HEADER), page.past)
    _status(draft, card, tabs)
    total = [(s, split_label(text)[1]) for s, text in texts(card, *_TOTAL)]
    currency = draft.first("currency", total, money.currency_of)
    draft.first("total", total, lambda raw: money.amount(raw, currency))
    _items(draft, card)
    draft.first("seller", texts(card, "[data-pl=order_item_store_name]", ".order-item-store-name"), str, needed=False)
    numbers = distinct(tracking_number(text) for _, text in texts(card, *_TRACK))
    if numbers:
        draft.put("tracking_numbers", numbers, "track popover")
    return draft


def _find_id(draft: Draft, card: Tag) -> str:
    """The strategy by which the id was found; links first, since the printed label moves."""
    for selector in (_LINK, _ANY_LINK, 'a[href*="rderId="]'):
        for link in card.select(selector, limit=20):
            if found := _id_of(link):
                draft.order_id = found
                return selector
    for selector, text in texts(card, *_HEADER, ".order-item-header", apart=" "):
        for word in text.split():
            digits = word.strip(":：#")
            if digits.isdecimal() and 10 <= len(digits) <= 22:
                draft.order_id = digits
                return f"{selector} text"
    return ""


def _status(draft: Draft, card: Tag, tabs: tuple[str, ...]) -> None:
    word = next((text for _, text in texts(card, *_STATUS)), "")
    refunds = [text for _, text in texts(card, ".expose-info-item-title")]
    things = max(1, len(card.select(".order-item-content-img", limit=200)))
    whole = len(set(refunds)) == 1 and len(refunds) >= things
    buttons = tuple(distinct(text for _, text in texts(card, *_BUTTONS)))
    if refunds and not whole:
        draft.miss("refund", "the page shows a refund for a part of the order")
    seen = Signals(word=word, buttons=buttons, tabs=tabs, refund=refunds[0] if whole else "")
    if decided := decide(seen):
        draft.put("status", decided[0], decided[1], word or seen.refund)
    else:
        draft.miss("status", f"cannot be read: {word[:60]!r}")


def _items(draft: Draft, card: Tag) -> None:
    pictures = len(card.select(".order-item-content-img", limit=200))
    titles = [attribute(tag, "title") or text_of(tag) for tag in card.select(_NAMES[0], limit=100)]
    titles = distinct(titles) or distinct(text for _, text in texts(card, *_NAMES[1:]))
    if titles:
        draft.put("items", titles, "item name")
    if pictures > max(1, len(titles)) or not titles:
        draft.miss("items", f"the page shows {pictures} pictures and {len(titles)} names")
