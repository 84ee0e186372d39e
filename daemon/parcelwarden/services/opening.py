"""The address of an order's page at its shop, built from our own constants: no address that was read is ever opened."""

from __future__ import annotations

import re

from parcelwarden.domain.model import OrderRef

ORDER_PAGES = {"aliexpress": "https://www.aliexpress.com/p/order/detail.html?orderId="}
"""By marketplace, the order's id to be put behind it (`ORDER_PAGES.md` §2)."""
_ID = re.compile(r"\d{6,24}", re.ASCII)


def order_page(ref: OrderRef) -> str | None:
    """The page of this order, None where the shop's address is not known or the id is none of its ids."""
    page = ORDER_PAGES.get(ref.marketplace)
    return page + ref.order_id if page and _ID.fullmatch(ref.order_id) else None
