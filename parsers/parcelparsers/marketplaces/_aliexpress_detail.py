"""One AliExpress order as data: `mtop.aliexpress.trade.buyer.order.detail` (`ORDER_PAGES.md` §3.3).

The shop's own spellings are kept: `orderCreatTime`, `*TimeTile`. The address in the answer is never looked at.
"""

from __future__ import annotations

from typing import Any

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines
from parcelparsers.marketplaces._aliexpress_fields import add_dispute_button, add_items, add_money
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
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.shop import Page, as_object, order_id
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.marketplaces.words import says
from parcelparsers.page import OrderStatus, PageReading

_INFO = "detail_simple_order_info_component"
_STATUS = "detail_order_status_block"
_PRODUCTS = "detail_product_block"
_TAGS = (_INFO, _STATUS, _PRODUCTS, "mtop.aliexpress.trade.buyer.order.detail")


def fits(body: Body) -> bool:
    """Whether this is one order's data."""
    return has_tag(body, _TAGS)


def read(page: Page) -> PageReading:
    """The one order. Raises `Unreadable` for the empty frame that the shop sends without an order id."""
    data = payload(page.body)
    info, block = _one(data, _INFO), _one(data, _STATUS)
    products = [p for c in components(data, _PRODUCTS) for p in objects(fields_of(c).get("productVOList"))]
    if not info and not block:
        raise Unreadable("data.data", f"{_INFO} or {_STATUS}")
    draft = Draft(ID, _id(info, block, page))
    if not draft.order_id:
        raise Unreadable("tradeOrderId", "the order's id in the data or in the address")
    buttons = button_types(block.get("buttonVOList"), *(p.get("buttonVOS") for p in products))
    _status(draft, data, block, buttons)
    _dates(draft, page, info, products)
    _rest(draft, data, info, products)
    _ends(draft, page, data, block)
    add_dispute_button(draft, page, ["button:OPEN_DISPUTE"] if "OPEN_DISPUTE" in buttons else [])
    return PageReading(orders=(draft.reading(),), unread=tuple(draft.unread))


def _one(data: dict[str, object], tag: str) -> dict[str, Any]:
    return next((fields_of(c) for c in components(data, tag)), {})


def _id(info: dict[str, Any], block: dict[str, Any], page: Page) -> str:
    found = (info.get("tradeOrderId"), info.get("orderId"), block.get("orderId"), page.order_id)
    return next((i for i in map(order_id, found) if i), "")


def _status(draft: Draft, data: dict[str, object], block: dict[str, Any], buttons: tuple[str, ...]) -> None:
    word = words(block.get("title"))
    seen = Signals(word=word, numeric=numeric_status(data.get("global"), block), buttons=buttons)
    if decided := decide(seen):
        draft.put("status", decided[0], decided[1], word)
    else:
        draft.miss("status", f"cannot be read: {word[:60]!r}")


def _dates(draft: Draft, page: Page, info: dict[str, Any], products: list[dict[str, Any]]) -> None:
    status = draft.value("status")
    shipped = status in (OrderStatus.AWAITING_DELIVERY, OrderStatus.COMPLETED)
    for name, needed, keys in (
        ("placed_at", True, ("orderCreatTime", "orderCreateTime")),
        ("paid_at", shipped, ("payTime", "paymentTime")),
        ("shipped_at", shipped, ("orderShipTime", "shipTime")),
    ):
        draft.first(name, [(key, info.get(key)) for key in keys], page.past, needed=needed)
    if status is OrderStatus.COMPLETED:
        draft.first("completed_at", [("orderEndTime", info.get("orderEndTime"))], page.past)
    shown = [as_object(p.get("etaAndTrack")).get("expectDeliveryDateTitle") for p in products]
    found = [("etaAndTrack.expectDeliveryDateTitle", text) for text in shown]
    draft.first("estimated_delivery_at", found, page.coming, needed=False)


def _rest(draft: Draft, data: dict[str, object], info: dict[str, Any], products: list[dict[str, Any]]) -> None:
    draft.first("payment_method", [("paymentMethod", info.get("paymentMethod"))], str, needed=False)
    price = as_object(_one(data, "detail_order_price_block").get("totalPrice"))
    add_money(draft, price, "value")
    add_items(draft, products, "productVOList")
    sellers = [as_object(fields_of(c).get("sellerVO")).get("sellerName") for c in components(data, _PRODUCTS)]
    draft.first("seller", [("sellerVO.sellerName", name) for name in sellers], str, needed=False)


def _ends(draft: Draft, page: Page, data: dict[str, object], block: dict[str, Any]) -> None:
    texts = [("reminder", words(block.get("reminder")))]
    for component in components(data, "detail_order_services"):
        rows = objects(fields_of(component).get("data"))
        texts += [("detail_order_services", words(row.get("content"))) for row in rows]
    texts.append(("detail_service_progress_bar", words(_one(data, "detail_service_progress_bar").get("text"))))
    deadlines.add(draft, page, texts)
    deadlines.put_earliest(draft, "delivery_due_at", _refund_steps(page, data))
    if draft.value("status") is OrderStatus.AWAITING_DELIVERY and "delivery_due_at" not in draft.fields:
        draft.miss("delivery_due_at", "the page's data states no end of the delivery time")


def _refund_steps(page: Page, data: dict[str, object]) -> list[deadlines.End]:
    steps = objects(_one(data, "detail_service_progress_bar").get("nodes"))
    found = ((step, page.coming(words(step.get("time")))) for step in steps if says("refund", words(step.get("text"))))
    return [
        deadlines.day_before(day, "progress_bar.nodes", f"{words(step.get('text'))} {words(step.get('time'))}")
        for step, day in found
        if day
    ]
