"""The order list that the buyer's browser showed: one card without any date but that of the order.

Constructed; the shape follows `ORDER_PAGES.md` §3.2 (the list knows neither shipping date nor tracking number).
"""

from __future__ import annotations

import json

from parcelparsers.page import Capture
from parcelwarden.demo.stories import SEEN_IN_LIST, day

_CARD = f"pc_om_list_order_{SEEN_IN_LIST}"
_TREE = {
    "api": "mtop.aliexpress.trade.buyer.order.list",
    "ret": ["SUCCESS::ok"],
    "data": {
        "hierarchy": {"structure": {"pc_om_list_body_1": [_CARD]}},
        "data": {
            _CARD: {
                "tag": "pc_om_list_order",
                "fields": {
                    "orderId": SEEN_IN_LIST,
                    "orderDateText": "Mar 3, 2026",
                    "statusText": "Awaiting delivery",
                    "totalPriceText": "€12.40",
                    "currencyCode": "EUR",
                    "buttons": [{"type": "CONFIRM_GOODS"}, {"type": "TRACKING"}],
                    "orderLines": [{"itemTitle": "Garden lights", "quantity": "1"}],
                    "utParams": {"args": {"orderStatus": "8"}},
                },
            }
        },
    },
}


def order_list() -> Capture:
    """What the extension hands over when the buyer looks at her list on the second day."""
    return Capture(
        url="https://www.aliexpress.com/p/order/index.html",
        kind="order_list",
        form="json",
        api="mtop.aliexpress.trade.buyer.order.list",
        body=json.dumps(_TREE),
        seen_at=day(1.5),
        zone="Europe/Madrid",
        locale="en",
    )
