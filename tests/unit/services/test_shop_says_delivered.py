"""A shop's word for "delivered" is the order's status, never the buyer's confirmation: no window closes by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture, OrderStatus
from parcelwarden.services.page_facts import page_facts
from parcelwarden.services.records import Origin

_SEEN = datetime(2026, 8, 20, tzinfo=UTC)
_EBAY = (
    '<div class="m-order-card"><div class="shipment-card-sub-title">Delivered on Aug 12</div>'
    '<div class="primary__item--wrapper"><span class="primary__item--item-text">Order number:</span>'
    '<span class="primary__item--item-text">00-00000-00001</span></div><div class="item-info-title">Thing</div></div>'
)
_AMAZON = (
    '<div class="order-card js-order-card"><div class="yohtmlc-order-id">Order # 000-0000000-0000001</div>'
    '<div class="yohtmlc-shipment-status-primaryText">Delivered August 12</div></div>'
)


@pytest.mark.parametrize(
    ("url", "body"),
    [("https://www.ebay.com/mye/myebay/purchase", _EBAY), ("https://www.amazon.com/your-orders", _AMAZON)],
)
def test_delivered_confirms_nothing(url: str, body: str) -> None:
    page = f"<html><body>{body}</body></html>"
    (order,) = read_page(Capture(kind="page", form="html", url=url, body=page, seen_at=_SEEN)).orders
    assert order.fields["status"].value is OrderStatus.COMPLETED
    facts = page_facts(order, UTC, _SEEN, next(iter(Origin)))
    assert not {"completed_at", "received_at"} & set(facts)


@pytest.mark.parametrize("change", [str, lambda m: re.sub(r'class="([^" ]*)[^"]*"', r'class="\1--x7Yq2"', m)])
@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Zugestellt 12. August", OrderStatus.COMPLETED),
        ("8月12日にお届け済み", OrderStatus.COMPLETED),
        ("12 Ağustos tarihinde teslim edildi", OrderStatus.COMPLETED),
        ("Now arriving tomorrow", OrderStatus.AWAITING_DELIVERY),
        ("Delivery attempted", OrderStatus.AWAITING_DELIVERY),
        ("Not yet dispatched", OrderStatus.AWAITING_SHIPMENT),
        ("Nicht zugestellt", None),
    ],
)
def test_amazons_words(printed: str, status: OrderStatus | None, change: Callable[[str], str]) -> None:
    page = change(f"<html><body>{_AMAZON.replace('Delivered August 12', printed)}</body></html>")
    url = "https://www.amazon.com/your-orders"
    (order,) = read_page(Capture(kind="page", form="html", url=url, body=page, seen_at=_SEEN)).orders
    assert (order.fields["status"].value if "status" in order.fields else None) == status


def test_ebay_with_hashed_classes() -> None:
    page = f"<html><body>{_EBAY}</body></html>".replace("m-order-card", "m-order-card--x7Yq2")
    url = "https://www.ebay.com/mye/myebay/purchase"
    (order,) = read_page(Capture(kind="page", form="html", url=url, body=page, seen_at=_SEEN)).orders
    assert order.order_id == "00-00000-00001"
