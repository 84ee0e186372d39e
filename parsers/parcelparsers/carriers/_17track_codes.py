"""The status words of 17TRACK as states and legs (`STATUSES.md` §3: enums of the v2.4 documents of 2026-07-03)."""

from __future__ import annotations

from parcelparsers.model import Flag, Leg, State

_S = State
Meaning = tuple[State | None, Leg]

NOT_FOUND = "NotFound"

_MAIN: dict[str, Meaning] = {
    "InfoReceived": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "InTransit": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "Expired": (_S.EXPIRED, Leg.ANNOUNCED),
    "AvailableForPickup": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "OutForDelivery": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "DeliveryFailure": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "Delivered": (_S.DELIVERED, Leg.FINAL),
    "Exception": (_S.EXCEPTION, Leg.ANNOUNCED),
    "NotFound": (None, Leg.ANNOUNCED),
}
_SUB: dict[str, Meaning] = {
    "InTransit_PickedUp": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "InTransit_Other": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "InTransit_Departure": (_S.IN_TRANSIT, Leg.LINE_HAUL),
    "InTransit_Arrival": (_S.IN_TRANSIT, Leg.ARRIVED),
    "InTransit_CustomsProcessing": (_S.IN_TRANSIT, Leg.ARRIVED),
    "InTransit_CustomsReleased": (_S.IN_TRANSIT, Leg.CLEARED),
    "InTransit_CustomsRequiringInformation": (_S.CUSTOMS_HOLD, Leg.ARRIVED),
    "DeliveryFailure_Security": (_S.CUSTOMS_HOLD, Leg.ARRIVED),
    "Exception_Security": (_S.CUSTOMS_HOLD, Leg.ORIGIN),
    "Exception_Returning": (_S.RETURNED, Leg.ANNOUNCED),
    "Exception_Returned": (_S.RETURNED, Leg.ANNOUNCED),
}
_AS_MAIN = (
    "NotFound_Other",
    "NotFound_InvalidCode",
    "Expired_Other",
    "AvailableForPickup_Other",
    "OutForDelivery_Other",
    "DeliveryFailure_Other",
    "DeliveryFailure_NoBody",
    "DeliveryFailure_Rejected",
    "DeliveryFailure_InvalidAddress",
    "Delivered_Other",
    "Exception_Other",
    "Exception_NoBody",
    "Exception_Damage",
    "Exception_Rejected",
    "Exception_Delayed",
    "Exception_Lost",
    "Exception_Destroyed",
    "Exception_Cancel",
)
_MILESTONES: dict[str, Meaning] = {
    "PickedUp": _SUB["InTransit_PickedUp"],
    "Departure": _SUB["InTransit_Departure"],
    "Arrival": _SUB["InTransit_Arrival"],
    "Returning": _SUB["Exception_Returning"],
    "Returned": _SUB["Exception_Returned"],
}
_KNOWN: dict[str, Meaning] = _MAIN | _MILESTONES | _SUB | {code: _MAIN[code.partition("_")[0]] for code in _AS_MAIN}

CUSTOMS = ("InTransit_CustomsProcessing", "InTransit_CustomsReleased", "InTransit_CustomsRequiringInformation")
"""Said of export and import alike: abroad only after a scan on or past the line."""

FLAGS = {
    "Exception_Lost": Flag.LOST,
    "Exception_Damage": Flag.DAMAGED,
    "Exception_Destroyed": Flag.DAMAGED,
}

OLD: dict[int, Meaning] = {
    10: (_S.IN_TRANSIT, Leg.ACCEPTED),
    20: (_S.EXPIRED, Leg.ANNOUNCED),
    30: (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    35: (_S.DELIVERY_FAILED, Leg.LOCAL),
    40: (_S.DELIVERED, Leg.FINAL),
    50: (_S.EXCEPTION, Leg.ANNOUNCED),
}
"""States of the old site, of v1 and of the buyer's site; 0 is not found. 5, 32 and 5000 occur undescribed."""
OLD_NOT_FOUND = 0


def known(code: str) -> bool:
    """Whether the word stands in the documents."""
    return code in _KNOWN


def meaning(*codes: str | None) -> Meaning:
    """State and leg of the first word that says something; an unknown sub status speaks by its main status alone."""
    for code in filter(None, codes):
        if code in _KNOWN:
            return _KNOWN[code]
        if main := _MAIN.get(code.partition("_")[0]):
            return main[0], Leg.ANNOUNCED
    return None, Leg.ANNOUNCED
