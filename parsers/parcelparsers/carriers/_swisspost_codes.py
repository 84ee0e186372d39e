"""Swiss Post's codes (`POSTS_AND_COURIERS.md` §30, and the list that the scraper named there publishes)."""

from __future__ import annotations

from parcelparsers.carriers._meanings import codes
from parcelparsers.model import Leg, State

_S = State

CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "600 620 854 859"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "100 200 500 501 502 912"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "820 906 909 920 1202 1204"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "815 915 4020"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "803 813 818 819 842 902 908 913 918 919 921"),
    (_S.IN_TRANSIT, Leg.CLEARED, "804 805 847 904"),
    (_S.IN_TRANSIT, Leg.LOCAL, "1001 1002 1100 1201 1213 1218"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "1003"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "910 926 2102"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "923 924 934"),
    (_S.RETURNED, Leg.LOCAL, "3600"),
    (_S.DELIVERED, Leg.FINAL, "938 3800 4000 4001 4600"),
    (None, Leg.ANNOUNCED, "1800 9112 9224"),
)
"""The last part of `eventCode`. 620 words itself "(data delivered)"; 2102 is a locker, 910 an invitation to collect."""

GLOBAL = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "REPORTED REGISTERED"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "TO_BE_DELIVERED"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "CUSTOMS"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "IN_DELIVERY"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "MISSED_DELIVERY NOT_DELIVERED"),
    (_S.RETURNED, Leg.LOCAL, "RETURNED"),
    (_S.DELIVERED, Leg.FINAL, "DELIVERED"),
)
"""`globalStatus` of the shipment."""

EASYTRACK = codes(
    (_S.IN_TRANSIT, Leg.ACCEPTED, "10"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "30"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "160 170_21 195"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "210_21"),
    (_S.IN_TRANSIT, Leg.LOCAL, "210_10"),
    (_S.DELIVERED, Leg.FINAL, "220_20"),
)
"""What follows `ITM_IMP_`. 220_20 is "Delivered to counter": handed over there."""
