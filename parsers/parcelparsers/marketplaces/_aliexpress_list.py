"""AliExpress's order list as data: `mtop.aliexpress.trade.buyer.order.list` (`ORDER_PAGES.md` §3.2).

The list carries neither a tracking number nor a countdown; dates carry no time.
"""

from __future__ import annotations

from typing import Any

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces._aliexpress_fields import add_items, add_money
from parcelparsers.marketplaces._aliexpress_tree import (
    ID,
    button_types,
    components,
    fields_of,
    has_tag,
    numeric_status,
    objects,
    payload,
    words,
)
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.page import PageReading, Unread

_ORDER = "pc_om_list_order"
_TAGS = (_ORDER, "pc_om_list_body", "pc_om_list_page", "mtop.aliexpress.trade.buyer.order.list")


def fits(body: Body) -> bool:
    """Whether this is the order list's data."""
    return has_tag(body, _TAGS)


def read(page: Page) -> PageReading:
    """The orders in the sequence of the page."""
    data = payload(page.body)
    found = components(data, _ORDER)
    if not found and not components(data, "pc_om_list_body", "pc_om_list_page"):
        raise Unreadable("data.data", "orders, or the frame of an empty list")
    tab = _tab(data)
    drafts = [_order(page, fields_of(c), c, tab) for c in found[:MOST_ORDERS]]
    unread = [u for d in drafts for u in d.unread]
    if len(found) > MOST_ORDERS:
        unread.append(Unread(field="orders", why=f"only the first {MOST_ORDERS} of {len(found)} were read"))
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=tuple(unread))


def _tab(data: dict[str, object]) -> str:
    return next((words(fields_of(c).get("statusTab")) for c in components(data, "pc_om_list_header_action")), "")


def _order(page: Page, fields: dict[str, Any], component: dict[str, Any], tab: str) -> Draft:
    draft = Draft(ID, order_id(fields.get("orderId")) or order_id(component.get("id")))
    if not draft.order_id:
        draft.miss("order_id", "an order of the list has no id")
        return draft
    draft.first("placed_at", [("orderDateText", fields.get("orderDateText"))], page.past)
    _status(draft, fields, component, tab)
    add_money(draft, fields, "totalPriceText")
    add_items(draft, fields.get("orderLines"), "orderLines")
    draft.first("seller", [("storeName", fields.get("storeName"))], str, needed=False)
    return draft


def _status(draft: Draft, fields: dict[str, Any], component: dict[str, Any], tab: str) -> None:
    lines = objects(fields.get("orderLines"))
    refunds = _refund_lines(fields)
    word = words(fields.get("statusText"))
    seen = Signals(
        word=word,
        numeric=numeric_status(fields, component, *lines[:1]),
        buttons=button_types(fields.get("buttons")),
        tab=tab,
        refund=refunds[0] if len(set(refunds)) == 1 and len(refunds) >= max(1, len(lines)) else "",
    )
    if refunds and not seen.refund:
        draft.miss("refund", "the page shows a refund for a part of the order")
    if decided := decide(seen):
        draft.put("status", decided[0], decided[1], word or seen.refund)
    else:
        draft.miss("status", f"cannot be read: {word[:60]!r}")


def _refund_lines(fields: dict[str, Any]) -> list[str]:
    shown = [fields.get("exposeInfo"), *(line.get("exposeInfo") for line in objects(fields.get("orderLines")))]
    found: list[str] = []
    for info in shown:
        one = info if isinstance(info, dict) else {}
        for item in objects(one.get("itemList")):
            found += [t for d in objects(item.get("detailList")) if (t := words(d.get("title")))]
    return found
