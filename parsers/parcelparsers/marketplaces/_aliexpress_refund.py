"""AliExpress's list of returns and refunds: `mtop.aliexpress.buyer.reverse.*` (`ORDER_PAGES.md` §3.5).

`reverseStatus` 2 and 3 are in progress. 4 is finished, with which result the list does not say: the order's status
stays unknown. `gmtCreateFormat` has no zone and is kept as a date; the epoch beside it is not used.
"""

from __future__ import annotations

from typing import Any

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces._aliexpress_tree import HOST, ID, has_tag, objects, payload, words
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.shop import Page, as_object, host_of, order_id
from parcelparsers.page import OrderStatus, PageReading

_IN_PROGRESS = ("2", "3")


def fits(body: Body) -> bool:
    """Whether this is the refund list's data."""
    return has_tag(body, ("reverseOrderLines", "mtop.aliexpress.buyer.reverse.queryreverseorderpagelistforbuyer"))


def read(page: Page) -> PageReading:
    """The orders of the list, each once, the first (newest) line deciding."""
    data = payload(page.body)
    module = as_object(data.get("module")) or data
    if "items" not in module:
        raise Unreadable("data.module.items", "the list of refunds")
    drafts: dict[str, Draft] = {}
    missing: list[Draft] = []
    for item in objects(module.get("items"))[:MOST_ORDERS]:
        for line in objects(item.get("reverseOrderLines")):
            draft = _line(page, item, line)
            if draft.order_id:
                drafts.setdefault(draft.order_id, draft)
            else:
                missing.append(draft)
    unread = [u for d in (*drafts.values(), *missing) for u in d.unread]
    return PageReading(orders=tuple(d.reading() for d in drafts.values()), unread=tuple(unread))


def _line(page: Page, item: dict[str, Any], line: dict[str, Any]) -> Draft:
    draft = Draft(ID, order_id(line.get("tradeOrderId")))
    if not draft.order_id:
        draft.miss("order_id", "a line of the refund list has no order id")
        return draft
    state = words(line.get("reverseStatus"))
    if state in _IN_PROGRESS:
        draft.put("status", OrderStatus.DISPUTE_OPEN, "reverseStatus", state)
    else:
        why = "the refund is finished, the list does not say how" if state == "4" else f"reverseStatus {state[:20]!r}"
        draft.miss("status", why)
    draft.first("dispute_opened_at", [("gmtCreateFormat", line.get("gmtCreateFormat"))], page.past)
    title = words(as_object(line.get("aeItemDTO")).get("itemTitle"))
    draft.first("items", [("aeItemDTO.itemTitle", title)], lambda raw: [raw], needed=False)
    draft.first("seller", [("shopName", item.get("shopName"))], str, needed=False)
    draft.first("reverse_status", [("reverseStatus", state)], str)
    draft.first("url", [("buttonDTOList", url) for url in _links(line)], str, needed=False)
    return draft


def _links(line: dict[str, Any]) -> list[str]:
    buttons = sorted(objects(line.get("buttonDTOList")), key=lambda b: b.get("type") != "view_details")
    urls = [words(b.get("detailUrl")) for b in buttons]
    return [u for u in urls if u.startswith("https://") and HOST.fullmatch(host_of(u)) and len(u) <= 600]
