"""Amazon: order list, one order and its tracking page as markup (`ORDER_PAGES.md` §7, layouts of 2026).

Fields have several strategies each, first match wins; the layout changes often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import money
from parcelparsers.marketplaces.dom import attribute, distinct, drop_personal, id_in_link, texts, without_hashes
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.shop import Page, PageReader, Shop
from parcelparsers.marketplaces.status import DELIVERED, Signals, decide
from parcelparsers.marketplaces.words import says
from parcelparsers.page import OrderStatus, PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_ID = re.compile(r"(?<![0-9A-Za-z-])(?:[0-9]{3}|D[0-9]{2})-[0-9]{7}-[0-9]{7}(?![0-9-])")
_CARDS = '.order-card, .js-order-card, [data-csa-c-slot-id*="yourorders.order-card"]'
_HEADER = ".order-header__header-list-item"
_TITLES = (".yohtmlc-product-title", '[data-component="itemTitle"]', 'a[href*="/dp/"]', 'a[href*="/gp/product/"]')
_STATES = (
    '[data-component="shipmentStatus"]',
    ".yohtmlc-shipment-status-primaryText",
    ".delivery-box__primary-text",
    '[class*="shipment-status"]',
)
_TRACKING = (".pt-delivery-card-trackingId", '[class*="trackingId"]')
_CURRENCY = {"com": "USD", "ca": "CAD", "com.au": "AUD", "com.mx": "MXN", "co.jp": "JPY", "sg": "SGD"}
_COMING = re.compile(
    r"\A(?:arriving|now (?:arriving|expected)|delivery attempted|running late|delayed|in transit|unterwegs|onderweg|"
    r"en camino|en cours|dostawa|levereras|ankommer|"
    r"expected|out for delivery|on the way|shipped|ankunft|zustellung|lieferung|arriv|"
    r"livraison|llega|entrega|in arrivo|consegna|chega|bezorging|お届け予定)",
    re.I,
)


def _fits_list(body: Body) -> bool:
    return body.is_html and any(
        m in body.text for m in ("js-order-card", "yourorders", "yohtmlc-", "order-header__header-list")
    )


def _fits_detail(body: Body) -> bool:
    marks = ('data-component="orderId"', 'data-component="orderDate"', 'data-component="shipmentsLeftGrid"')
    return body.is_html and any(mark in body.text for mark in marks)


def _fits_track(body: Body) -> bool:
    return body.is_html and "pt-delivery-card" in body.text


def _read_list(page: Page) -> PageReading:
    root = page.body.html("div", "main", "section", "ul")
    without_hashes(root)
    found = root.select(_CARDS, limit=MOST_ORDERS)
    inner = {id(child) for card in found for child in card.select(_CARDS, limit=50)}
    cards = [card for card in found if id(card) not in inner]
    if not cards:
        raise Unreadable(_CARDS, "order cards")
    return _reading([_order(page, card) for card in cards])


def _read_detail(page: Page) -> PageReading:
    root = page.body.html("div", "main", "section")
    drop_personal(root)
    draft = _order(page, root)
    if not draft.order_id:
        raise Unreadable('[data-component="orderId"]', "the order's id on the page or in the address")
    return _reading([draft])


def _read_track(page: Page) -> PageReading:
    root = page.body.html("div", "main", "section", "span")
    numbers = distinct(tracking_number(text) for _, text in texts(root, *_TRACKING))
    if not numbers:
        raise Unreadable(_TRACKING[0], "a tracking number")
    draft = Draft(SHOP.id, page.order_id)
    if not draft.order_id:
        why = f"the page does not name its order and its address is unknown; it shows {', '.join(numbers)[:80]}"
        return PageReading(unread=(Unread(field="order_id", why=why),))
    draft.put("tracking_numbers", numbers, _TRACKING[0])
    return _reading([draft])


def _reading(drafts: list[Draft]) -> PageReading:
    unread = tuple(u for d in drafts for u in d.unread)
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=unread)


def _order(page: Page, root: Tag) -> Draft:
    draft = Draft(SHOP.id, "")
    how = _find_id(draft, page, root)
    if not draft.order_id:
        draft.miss("order_id", "an order card has neither a printed id nor a link with it")
        return draft
    draft.put("order_id", draft.order_id, how)
    header = texts(root, _HEADER, ".order-info .a-column", ".order-header li", apart=" ")
    ranked = sorted(header, key=lambda found: not says("placed", found[1]))
    draft.first("placed_at", [*texts(root, '[data-component="orderDate"]'), *ranked], page.past)
    totals = [f for f in header if says("total", f[1])] + [f for f in header if any(c in f[1] for c in "$€£¥￥")]
    _money(draft, page, totals + texts(root, ".yohtmlc-order-total .value", ".yohtmlc-order-total"))
    titles = distinct(text for _, text in texts(root, *_TITLES))
    draft.first("items", [("title", titles[0])] if titles else [], lambda _: titles[:100])
    _status(draft, page, root)
    return draft


def _find_id(draft: Draft, page: Page, root: Tag) -> str:
    for strategy, text in texts(root, ".yohtmlc-order-id", '[data-component="orderId"]', _HEADER, "bdi", apart=" "):
        if found := _ID.search(text):
            draft.order_id = found[0]
            return strategy
    for link in root.select('a[href*="rderI"]', limit=30):
        if linked := id_in_link(attribute(link, "href"), "orderID", "orderId"):
            draft.order_id = linked
            return "link"
    found = _ID.search(attribute(root, "data-csa-c-slot-id")) or _ID.fullmatch(page.order_id)
    draft.order_id = found[0] if found else ""
    return "slot id" if found else ""


def _money(draft: Draft, page: Page, totals: list[tuple[str, str]]) -> None:
    site = page.host.partition("amazon.")[2]
    home = _CURRENCY.get(site)
    currency = draft.first("currency", totals, lambda raw: money.currency_of(raw) or home)
    draft.first("total", totals, lambda raw: money.amount(raw, currency))


def _status(draft: Draft, page: Page, root: Tag) -> None:
    for strategy, word in texts(root, *_STATES):
        if decided := decide(Signals(word=word)):
            draft.put("status", decided[0], strategy, word)
        elif DELIVERED.match(word):
            draft.put("status", OrderStatus.COMPLETED, strategy, word)
        elif _COMING.match(word):
            draft.put("status", OrderStatus.AWAITING_DELIVERY, strategy, word)
            draft.first("estimated_delivery_at", [(strategy, word)], page.coming, needed=False)
        else:
            continue
        return
    draft.miss("status", "the page names no status that is known")


SHOP = Shop(
    id="amazon",
    name="Amazon",
    host=re.compile(r"(?:[a-z0-9-]+\.){0,3}amazon\.(?:com?\.[a-z]{2}|com|[a-z]{2})"),
    order_id=_ID,
    words=re.compile(r"\bamazon\b", re.I),
    readers=(
        PageReader("order page", _fits_detail, _read_detail),
        PageReader("tracking page", _fits_track, _read_track),
        PageReader("order list page", _fits_list, _read_list),
    ),
)
