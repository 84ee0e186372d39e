"""AliExpress's old page of one order as markup, about 2014 to 2021.

Known of it are the tables of its shipment, prices and payments (`ORDER_PAGES.md` §5); the rest is found by its labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import _aliexpress_any_list as by_label
from parcelparsers.marketplaces import money
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
from parcelparsers.marketplaces.draft import Draft, Found
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.rows import Row
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.status import by_word
from parcelparsers.marketplaces.words import date_label, fold, says
from parcelparsers.page import PageReading

if TYPE_CHECKING:
    from bs4 import Tag

_STATUS = re.compile(r"(?:order )?stat|estado|etat|статус|durum|상태|ステータス|סטטוס|حالة|الحالة")


def fits(body: Body) -> bool:
    """Whether this is the old page of one order."""
    return body.is_html and any(mark in body.text for mark in ("shipping-bd", "fund-table"))


def read(page: Page) -> PageReading:
    """The one order of the page."""
    root = page.body.html("div", "main", "table", "dl", "section")
    without_hashes(root)
    drop_personal(root)
    rows = list(by_label.labelled(root))
    draft = Draft(ID, _id(page, root, rows))
    if not draft.order_id:
        raise Unreadable(".shipping-bd", "the order's id in the address, a link or a row")
    dated = [row for row in rows if any(c.isdigit() for c in row.value)]
    draft.first("placed_at", by_label.named(dated, "placed_at"), page.past)
    draft.first("paid_at", by_label.named(dated, "paid_at") + _paid(root, date_label), page.past, needed=False)
    draft.first("shipped_at", by_label.named(dated, "shipped_at"), page.past, needed=False)
    draft.first("payment_method", _paid(root, lambda head: says("method", head)), str, needed=False)
    by_label.put_status(draft, [r for r in rows if _names_status(r)] or rows)
    _money(draft, root, rows)
    _shipment(draft, root)
    names = [attribute(a, "title") or text_of(a) for a in root.select('a.baobei-name, a[href*="/item/"]', limit=100)]
    draft.first("items", [("item link", name) for name in names[:1]], lambda _: distinct(names))
    by_label.put_ends(draft, page, root, rows)
    return PageReading(orders=(draft.reading(),), unread=tuple(draft.unread))


def _id(page: Page, root: Tag, rows: list[Row]) -> str:
    links = root.select('a[href*="rderId="], a[href*="tradeId="]', limit=20)
    linked = (id_in_link(attribute(a, "href"), "orderId", "tradeOrderId", "tradeId") for a in links)
    told = (order_id(r.value.split(" ")[0]) for r in rows if says("number", r.label) and not says("tracking", r.label))
    return next((i for i in (page.order_id, *linked, *told) if i), "")


def _names_status(row: Row) -> bool:
    return _STATUS.match(fold(row.label)) is not None and by_word(row.value) is not None


def _paid(root: Tag, named: Callable[[str], object]) -> list[Found]:
    """The cells of the table of payments in the columns whose head is `named`."""
    found: list[Found] = []
    for table in root.select(".fund-table", limit=3):
        heads = [text_of(th) for th in table.find_all("th", limit=20)]
        for line in table.find_all("tr", limit=40):
            cells = zip(heads, map(text_of, line.find_all("td", limit=20)), strict=False)
            found += [("fund-table", text) for head, text in cells if named(head)]
    return found


def _money(draft: Draft, root: Tag, rows: list[Row]) -> None:
    found = [*reversed(texts(root, "td.order-price", ".order-price")), *by_label.totals(rows)]
    currency = draft.first("currency", found, money.currency_of)
    draft.first("total", found, lambda raw: money.amount(raw, currency))


def _shipment(draft: Draft, root: Tag) -> None:
    numbers = distinct(tracking_number(text) for _, text in texts(root, ".shipping-bd .no"))
    if numbers:
        draft.put("tracking_numbers", numbers, ".shipping-bd .no")
    lines = [text_of(cell.find_previous_sibling("td")) for cell in root.select(".shipping-bd .no", limit=1)]
    draft.first("shipping_method", [(".shipping-bd td", line) for line in lines], str, needed=False)
