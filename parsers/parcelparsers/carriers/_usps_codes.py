"""The event codes and status categories of USPS (`POSTS_AND_COURIERS.md` §1; USPS Publication 199)."""

from __future__ import annotations

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._meanings import codes

CODES = codes(
    (*say.LABEL, "MA GX GC 89"),
    (*say.ACCEPTED, "03 OA PA TM UA AD 80 83 41"),
    (*say.MOVING, "SF EF TL T1 A1 10 06 08 15 19 81 82 42 NT"),
    (*say.LOCAL, "07 PC"),
    (*say.ROUND, "OF"),
    (*say.WAITING, "14 16"),
    (*say.FAILED, "02 30 51 52 53 54 55 56"),
    (*say.TROUBLE, "04 05 11 21 22 23 24 25 26 27 28 44"),
    (*say.RETURNED, "09 29 31"),
    (*say.DELIVERED, "01 17 43"),
)
"""`eventCode` of the XML and JSON answers. 21 to 28 say why an item cannot be delivered; that it goes back is said by
the words beside them."""

SILENT = ("DX", "71")
"""Known codes that say nothing of the parcel's state: no scan of the delivery, delivery on another day."""

CATEGORIES = {
    "pre-shipment": say.LABEL,
    "accepted": say.ACCEPTED,
    "in transit": say.MOVING,
    "in-transit": say.MOVING,
    "out for delivery": say.ROUND,
    "out-for-delivery": say.ROUND,
    "available for pickup": say.WAITING,
    "delivery attempt": say.FAILED,
    "delivered": say.DELIVERED,
    "delivered to agent": say.DELIVERED,
    "alert": say.TROUBLE,
    "return to sender": say.RETURNED,
}
"""`StatusCategory` and the headline of the page, lower case."""
