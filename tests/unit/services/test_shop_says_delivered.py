"""A shop's word for "delivered" is the order's status, never the buyer's confirmation: no window closes by it."""

from __future__ import annotations

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
