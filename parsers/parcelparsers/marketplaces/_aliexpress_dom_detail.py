"""One AliExpress order as markup, 2023 to 2026 (`ORDER_PAGES.md` §4.2).

Rows are "label: value" with a no-break space; what a row is, its label tells in any of the languages and its value must
fit. The receiver's block is taken out before anything is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines, money
from parcelparsers.marketplaces._aliexpress_fields import add_dispute_button
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dom import (
    attribute,
    distinct,
    drop_personal,
    id_in_link,
    text_of,
    texts,
    without_hashes,
)
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.rows import Row, rows_to_fields
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.marketplaces.words import DISPUTE_BUTTONS, fold, says, split_label
from parcelparsers.page import OrderStatus, PageReading

if TYPE_CHECKING:
    from bs4 import Tag

_ROWS = ".order-detail-order-info .info-row"
_ANY_ROWS = ".order-detail-info .info-row"
_STATUS = (".order-status-title", '.order-status [class*="title"]', ".order-status *", ".order-status")
_BUTTONS = (".order-wrap button", ".order-wrap a.comet-btn", "button")


def fits(body: Body) -> bool:
    """Whether this is one order's markup."""
    return body.is_html and any(
        m in body.text for m in ("order-detail-info", "order-detail-item", "order-detail-order-info")
    )


def read(page: Page) -> PageReading:
    """The one order of the page."""
    root = page.body.html("div", "main", "section")
    without_hashes(root)
    drop_personal(root)
    rows = _rows(root)
    draft = Draft(ID, _id(page, root, rows))
    if not draft.order_id:
        raise Unreadable(".order-detail-order-info", "the order's id in a row, a link or the address")
    buttons = tuple(distinct(text for _, text in texts(root, *_BUTTONS)))
    _status(draft, root, buttons)
    rows_to_fields(draft, page, rows)
    _needed(draft)
    _money(draft, root)
    _items(draft, root)
    _ends(draft, page, root)
    pressed = [f"button:{b}" for b in buttons if fold(b) in DISPUTE_BUTTONS]
    add_dispute_button(draft, page, pressed)
    return PageReading(orders=(draft.reading(),), unread=tuple(draft.unread))


def _rows(root: Tag) -> list[Row]:
    found = root.select(_ROWS, limit=40) or root.select(_ANY_ROWS, limit=40)
    rows = []
    for row in found:
        spans = [text for s in row.find_all("span", limit=6) if (text := text_of(s))]
        if spans:
            label, value = split_label(spans[0])
            rows.append(Row(label, value) if label else Row(spans[0], spans[1] if len(spans) > 1 else ""))
    return rows


def _id(page: Page, root: Tag, rows: list[Row]) -> str:
    for row in rows:
        if found := order_id(row.value.split(" ")[0]):
            return found
    links = root.select('a[href*="rderId="]', limit=20)
    linked = (id_in_link(attribute(a, "href"), "tradeOrderId", "orderId") for a in links)
    return next((i for i in (page.order_id, *linked) if i), "")


def _status(draft: Draft, root: Tag, buttons: tuple[str, ...]) -> None:
    shown = texts(root, *_STATUS)
    for strategy, word in shown:
        if decided := decide(Signals(word=word, buttons=buttons)):
            draft.put("status", decided[0], f"{strategy}:{decided[1]}", word)
            return
    if decided := decide(Signals(buttons=buttons)):
        draft.put("status", decided[0], decided[1])
    else:
        draft.miss("status", f"cannot be read: {shown[0][1][:60]!r}" if shown else "the status block is not there")


def _needed(draft: Draft) -> None:
    names = ["placed_at"]
    if draft.value("status") in (OrderStatus.AWAITING_DELIVERY, OrderStatus.COMPLETED):
        names.append("shipped_at")
    for name in names:
        if name not in draft.fields and not any(u.field == name for u in draft.unread):
            draft.miss(name, "no row of the page gives it; open the order's information and save the page again")


def _money(draft: Draft, root: Tag) -> None:
    prices = root.select(".order-price-item", limit=30)
    named = [p for p in prices if says("total", text_of(p.select_one(".left-col")))]
    ranked = [*reversed(named), *root.select(".order-price .bold-font", limit=3)]
    found = [(".order-price-item", text_of(p.select_one(".right-col"))) for p in ranked]
    found += texts(root, ".order-price .rightPriceClass")
    currency = draft.first("currency", found, money.currency_of)
    draft.first("total", found, lambda raw: money.amount(raw, currency))


def _items(draft: Draft, root: Tag) -> None:
    titles = distinct(text for _, text in texts(root, ".item-title a", ".item-title"))
    if titles:
        draft.put("items", titles, ".item-title")
    else:
        draft.miss("items", "no title of an item was found")
    draft.first("seller", texts(root, ".order-detail-item-store .store-name", ".store-name"), str, needed=False)
    draft.first("shipping_method", texts(root, ".order-detail-item-track-info-title"), str, needed=False)


def _ends(draft: Draft, page: Page, root: Tag) -> None:
    eta = texts(root, ".order-detail-item-track-eta-text", ".order-detail-item-track [class*=eta]")
    draft.first("estimated_delivery_at", eta, page.coming, needed=False)
    blocks = (".order-status", ".order-notice-wrap", '[class*="service"]', '[class*="guarantee"]')
    shown = [(s, tag.get_text(" ")) for s in blocks for tag in root.select(s, limit=10)]
    deadlines.add(draft, page, shown)
    due = "delivery_due_at" in draft.fields or any(u.field == "delivery_due_at" for u in draft.unread)
    if draft.value("status") is OrderStatus.AWAITING_DELIVERY and not due:
        draft.miss("delivery_due_at", "the page states no end of the delivery time that can be read")
