"""eBay: purchase history and one order as markup (`ORDER_PAGES.md` §7; last seen in 2024)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import money
from parcelparsers.marketplaces.dom import (
    attribute,
    distinct,
    drop_personal,
    id_in_link,
    text_of,
    texts,
    without_hashes,
)
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft, Found
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.rows import Row, rows_to_fields
from parcelparsers.marketplaces.shop import Page, PageReader, Shop
from parcelparsers.marketplaces.status import DELIVERED, Signals, decide
from parcelparsers.marketplaces.words import says, split_label
from parcelparsers.page import OrderStatus, PageReading

if TYPE_CHECKING:
    from bs4 import Tag

_ID = re.compile(r"(?<![0-9-])[0-9]{2}-[0-9]{5}-[0-9]{5}(?![0-9-])")
_PAIR = ".primary__item--wrapper"
_TITLES = (".item-info-title", '[class*="item-info-title"]', '[class*="item-title"]')


def _fits_list(body: Body) -> bool:
    return body.is_html and "m-order-card" in body.text


def _fits_detail(body: Body) -> bool:
    return body.is_html and "order-info" in body.text and "order-box" in body.text


def _read_list(page: Page) -> PageReading:
    root = page.body.html("div", "main", "section")
    without_hashes(root)
    cards = root.select(".m-order-card", limit=MOST_ORDERS)
    if not cards:
        raise Unreadable(".m-order-card", "order cards")
    return _reading([_card(page, card) for card in cards])


def _read_detail(page: Page) -> PageReading:
    root = page.body.html("div", "main", "section")
    drop_personal(root)
    boxes = root.select(".order-box", limit=20) or [root]
    return _reading([_order(page, box, _terms(box)) for box in boxes])


def _reading(drafts: list[Draft]) -> PageReading:
    unread = tuple(u for d in drafts for u in d.unread)
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=unread)


def _terms(box: Tag) -> list[Row]:
    names, values = box.select("dl dt", limit=100), box.select("dl dd", limit=100)
    pairs = zip(names, values, strict=False)
    return [Row(text_of(name).rstrip(":"), text_of(value)) for name, value in pairs]


def _card(page: Page, card: Tag) -> Draft:
    rows = []
    for pair in card.select(_PAIR, limit=20):
        parts = [text for _, text in texts(pair, ".primary__item--item-text")]
        rows.append(Row(parts[0].rstrip(":"), parts[1]) if len(parts) > 1 else Row(*split_label(text_of(pair))))
    return _order(page, card, rows)


def _order(page: Page, root: Tag, rows: list[Row]) -> Draft:
    draft = Draft(SHOP.id, _order_id(page, root, rows))
    if not draft.order_id:
        draft.miss("order_id", "an order has neither a printed number nor a link with it")
        return draft
    rows_to_fields(draft, page, rows)
    if "placed_at" not in draft.fields:
        dated = [(f"row:{row.label}", row.value) for row in rows]
        draft.first("placed_at", dated, page.past)
    totals: list[Found] = [(f"row:{row.label}", row.value) for row in rows if says("total", row.label)]
    totals = totals or [(f"row:{row.label}", row.value) for row in rows if money.currency_of(row.value)]
    currency = draft.first("currency", totals, money.currency_of)
    draft.first("total", totals, lambda raw: money.amount(raw, currency))
    _things(draft, root)
    _status(draft, page, root)
    return draft


def _order_id(page: Page, root: Tag, rows: list[Row]) -> str:
    for row in rows:
        if found := _ID.search(row.value):
            return found[0]
    links = (id_in_link(attribute(a, "href"), "orderId") for a in root.select('a[href*="rderId="]', limit=20))
    return next((i for i in (*links, page.order_id) if i), "")


def _things(draft: Draft, root: Tag) -> None:
    titles = distinct(text for _, text in texts(root, *_TITLES))
    if titles:
        draft.put("items", titles, "item title")
    else:
        draft.miss("items", "no title of an item was found")
    numbers = distinct(tracking_number(text) for _, text in texts(root, ".tracking-info dd"))
    if numbers and "tracking_numbers" not in draft.fields:
        draft.put("tracking_numbers", numbers[:1], ".tracking-info")


def _status(draft: Draft, page: Page, root: Tag) -> None:
    shown = texts(
        root, ".shipment-card-sub-title", '[class*="sub-title"]', '[class*="status"]', ".secondaryMessage ~ *"
    )
    for strategy, word in shown:
        if decided := decide(Signals(word=word)):
            draft.put("status", decided[0], strategy, word)
            return
        if DELIVERED.match(word):
            draft.put("status", OrderStatus.COMPLETED, strategy, word)
            return
    draft.miss("status", "the page names no status that is known")


SHOP = Shop(
    id="ebay",
    name="eBay",
    host=re.compile(r"(?:[a-z0-9-]+\.){0,3}ebay\.(?:com?\.[a-z]{2}|com|[a-z]{2})"),
    order_id=_ID,
    words=re.compile(r"\bebay\b", re.I),
    readers=(
        PageReader("purchase history page", _fits_list, _read_list),
        PageReader("order page", _fits_detail, _read_detail),
    ),
)
