"""DHL and Deutsche Post (`POSTS_AND_COURIERS.md` §9, §10, §11).

It is asked through the unified API with the user's own free key. The site, the eCommerce services and the Express
waybill are formats of their own, read where the user's browser shows them.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Evidence, Request, Source
from parcelparsers.carriers._dhl_ecommerce import AMERICAS, NETHERLANDS
from parcelparsers.carriers._dhl_express import EXPRESS
from parcelparsers.carriers._dhl_site import OLD_PAGE, SITE, STATE
from parcelparsers.carriers._dhl_unified import UNIFIED_API, UNIFIED_PROBLEM
from parcelparsers.numbers import normalise
from parcelparsers.walls import PAGE_FOR_DATA


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, with the user's key."""
    return tuple(
        Request(
            url=f"https://api-eu.dhl.com/track/shipments?trackingNumber={normalise(n)}",
            headers={"DHL-API-Key": "{key}"},
        )
        for n in asked.numbers
    )


SOURCE = Source(
    id="dhl",
    name="DHL, Deutsche Post",
    access=Access.KEY,
    evidence=Evidence.CAPTURED,
    hosts=("api-eu.dhl.com",),
    readers=(UNIFIED_API, UNIFIED_PROBLEM, SITE, EXPRESS, NETHERLANDS, STATE, OLD_PAGE, AMERICAS, PAGE_FOR_DATA),
    clock="the offset in each time; Express: wall clock of the place; the page of early 2018: Germany's",
    page="https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={number}",
    ask=ask,
    countries=("DE", "NL"),
)
