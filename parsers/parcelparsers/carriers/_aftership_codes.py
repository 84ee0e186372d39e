"""AfterShip's tags and subtags as states and legs (`STATUSES.md` §2)."""

from __future__ import annotations

from parcelparsers.model import Flag, Leg, State

_S = State

_TAGS: dict[str, tuple[State | None, Leg]] = {
    "Pending": (None, Leg.ANNOUNCED),
    "InfoReceived": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "InTransit": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "OutForDelivery": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "AttemptFail": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "Delivered": (_S.DELIVERED, Leg.FINAL),
    "AvailableForPickup": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "Exception": (_S.EXCEPTION, Leg.ANNOUNCED),
    "Expired": (_S.EXPIRED, Leg.ANNOUNCED),
}
_HIGHEST = {
    "Pending": 6,
    "InfoReceived": 1,
    "InTransit": 9,
    "OutForDelivery": 4,
    "AttemptFail": 3,
    "Delivered": 4,
    "AvailableForPickup": 1,
    "Exception": 13,
    "Expired": 1,
}
_OWN: dict[str, tuple[State | None, Leg]] = {
    "InTransit_004": (_S.IN_TRANSIT, Leg.ARRIVED),
    "InTransit_005": (_S.IN_TRANSIT, Leg.CLEARED),
    "InTransit_006": (_S.IN_TRANSIT, Leg.ARRIVED),
    "Exception_004": (_S.CUSTOMS_HOLD, Leg.ARRIVED),
    "Exception_010": (_S.RETURNED, Leg.ANNOUNCED),
    "Exception_011": (_S.RETURNED, Leg.ANNOUNCED),
}
_SUBTAGS = {
    f"{tag}_{number:03}": _OWN.get(f"{tag}_{number:03}", _TAGS[tag])
    for tag, highest in _HIGHEST.items()
    for number in range(1, highest + 1)
    if (tag, number) != ("OutForDelivery", 2)
}

FLAGS = {
    "Exception_006": Flag.PAYMENT_DUE,
    "Exception_012": Flag.DAMAGED,
    "Exception_013": Flag.LOST,
}


def meaning(subtag: str | None, tag: str | None) -> tuple[State | None, Leg, bool]:
    """State, leg, and whether the words are known; an unknown subtag speaks by its tag alone."""
    if subtag in _SUBTAGS:
        return (*_SUBTAGS[subtag], True)
    if tag := tag or (subtag or "").partition("_")[0]:
        state, leg = _TAGS.get(tag, (None, Leg.ANNOUNCED))
        return state, leg, tag in _TAGS and not subtag
    return None, Leg.ANNOUNCED, True
