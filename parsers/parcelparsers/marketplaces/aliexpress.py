"""AliExpress: order list, one order, tracking, refunds; as page data and as markup of every known layout.

What is known of each layout and from where: `ORDER_PAGES.md` §2 to §6.
"""

from __future__ import annotations

import re

from parcelparsers.marketplaces import (
    _aliexpress_any_list,
    _aliexpress_detail,
    _aliexpress_dom_detail,
    _aliexpress_dom_list,
    _aliexpress_dom_track,
    _aliexpress_legacy,
    _aliexpress_legacy_detail,
    _aliexpress_legacy_track,
    _aliexpress_list,
    _aliexpress_refund,
    _aliexpress_refused,
    _aliexpress_ru,
    _aliexpress_track,
)
from parcelparsers.marketplaces._aliexpress_tree import HOST, ID
from parcelparsers.marketplaces.shop import PageReader, Shop

SHOP = Shop(
    id=ID,
    name="AliExpress",
    host=HOST,
    order_id=re.compile(r"(?<![0-9A-Za-z])[0-9]{15,19}(?![0-9])"),
    words=re.compile(r"ali\s?express", re.I),
    readers=(
        PageReader("order list data", _aliexpress_list.fits, _aliexpress_list.read),
        PageReader("order data", _aliexpress_detail.fits, _aliexpress_detail.read),
        PageReader("tracking data", _aliexpress_track.fits, _aliexpress_track.read),
        PageReader("refund list data", _aliexpress_refund.fits, _aliexpress_refund.read),
        PageReader("refused data", _aliexpress_refused.fits, _aliexpress_refused.read),
        PageReader("order list page", _aliexpress_dom_list.fits, _aliexpress_dom_list.read),
        PageReader("order page", _aliexpress_dom_detail.fits, _aliexpress_dom_detail.read),
        PageReader("tracking page", _aliexpress_dom_track.fits, _aliexpress_dom_track.read),
        PageReader("old order list page", _aliexpress_legacy.fits, _aliexpress_legacy.read),
        PageReader("old order page", _aliexpress_legacy_detail.fits, _aliexpress_legacy_detail.read),
        PageReader("old tracking page", _aliexpress_legacy_track.fits, _aliexpress_legacy_track.read),
        PageReader("aliexpress.ru page", _aliexpress_ru.fits, _aliexpress_ru.read),
        PageReader("order list of unknown layout", _aliexpress_any_list.fits, _aliexpress_any_list.read),
    ),
)
