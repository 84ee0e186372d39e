"""The event codes and status categories of USPS (`POSTS_AND_COURIERS.md` §1; USPS Publication 199)."""

from __future__ import annotations

from parcelparsers.carriers._meanings import (
    ACCEPTED,
    DELIVERED,
    FAILED,
    LABEL,
    LOCAL,
    MOVING,
    RETURNED,
    ROUND,
    TROUBLE,
    WAITING,
    codes,
)

CODES = codes(
    (*LABEL, "MA GX GC 89"),
    (*ACCEPTED, "03 OA PA TM UA AD 80 83 41"),
    (*MOVING, "SF EF TL T1 A1 10 06 08 15 19 81 82 42 NT"),
    (*LOCAL, "07 PC"),
    (*ROUND, "OF"),
    (*WAITING, "14 16"),
    (*FAILED, "02 30 51 52 53 54 55 56"),
    (*TROUBLE, "04 05 11 21 22 23 24 25 26 27 28 44"),
    (*RETURNED, "09 29 31"),
    (*DELIVERED, "01 17 43"),
)
"""`eventCode` of the XML and JSON answers. 21 to 28 say why an item cannot be delivered; that it goes back is said by
the words beside them."""

SILENT = ("DX", "71")
"""Known codes that say nothing of the parcel's state: no scan of the delivery, delivery on another day."""

CATEGORIES = {
    "pre-shipment": LABEL,
    "accepted": ACCEPTED,
    "in transit": MOVING,
    "in-transit": MOVING,
    "out for delivery": ROUND,
    "out-for-delivery": ROUND,
    "available for pickup": WAITING,
    "delivery attempt": FAILED,
    "delivered": DELIVERED,
    "delivered to agent": DELIVERED,
    "alert": TROUBLE,
    "return to sender": RETURNED,
}
"""`StatusCategory` and the headline of the page, lower case."""
