"""The codes of AliExpress's tracking data, read as states and legs.

Source: `CHINA_AND_AGGREGATORS.md` §5 (mtop codes), `ORDER_PAGES.md` §3.4; the words after `AE_` are Cainiao's.
"""

from __future__ import annotations

from parcelparsers.model import Leg, State

Meaning = tuple[State | None, Leg]

# The longest prefix decides.
_PREFIXES: dict[str, Meaning] = {
    "ORDER_PLACED": (State.INFO_RECEIVED, Leg.ANNOUNCED),
    "ORDER_PAID": (State.INFO_RECEIVED, Leg.ANNOUNCED),
    "ORDER_SHIPPED": (State.INFO_RECEIVED, Leg.ANNOUNCED),
    "GWMS_ACCEPT": (State.INFO_RECEIVED, Leg.ANNOUNCED),
    "GWMS_PACKAGE": (State.INFO_RECEIVED, Leg.ANNOUNCED),
    "GWMS_OUTBOUND": (State.IN_TRANSIT, Leg.ACCEPTED),
    "GOT": (State.IN_TRANSIT, Leg.ACCEPTED),
    "PICK_UP": (State.IN_TRANSIT, Leg.ACCEPTED),
    "SC_": (State.IN_TRANSIT, Leg.ORIGIN),
    "CC_EX_": (State.IN_TRANSIT, Leg.ORIGIN),
    "LH_HO_IN": (State.IN_TRANSIT, Leg.ORIGIN),
    "LH_HO_AIRLINE": (State.IN_TRANSIT, Leg.LINE_HAUL),
    "LH_DEPART": (State.IN_TRANSIT, Leg.LINE_HAUL),
    "LH_ARRIVE": (State.IN_TRANSIT, Leg.ARRIVED),
    "CC_IM_START": (State.IN_TRANSIT, Leg.ARRIVED),
    "CC_IM_SUCCESS": (State.IN_TRANSIT, Leg.CLEARED),
    "CC_HO_": (State.IN_TRANSIT, Leg.CLEARED),
    "LAST_MILE_HO": (State.IN_TRANSIT, Leg.CLEARED),
    "GTMS_ACCEPT": (State.IN_TRANSIT, Leg.LOCAL),
    "GTMS_SC_": (State.IN_TRANSIT, Leg.LOCAL),
    "GTMS_DO_ARRIVE": (State.IN_TRANSIT, Leg.LOCAL),
    "GTMS_DO_DEPART": (State.OUT_FOR_DELIVERY, Leg.LOCAL),
    "GTMS_DELIVERING": (State.OUT_FOR_DELIVERY, Leg.LOCAL),
    "GTMS_DEL_FAILURE": (State.DELIVERY_FAILED, Leg.LOCAL),
    "GTMS_STA_SIGNED": (State.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "GSTA_INBOUND": (State.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "GSTA_SIGN": (State.DELIVERED, Leg.FINAL),
    "GTMS_SIGNED": (State.DELIVERED, Leg.FINAL),
    "SIGNED": (State.DELIVERED, Leg.FINAL),
    "RT_": (State.RETURNED, Leg.ANNOUNCED),
    "GTMS_ORDER_INFO_UPDATE": (None, Leg.LOCAL),
}


def meaning(code: str) -> Meaning | None:
    """State and leg of a code (`AE_LH_DEPART_SUCCESS`), None for an unknown one."""
    bare = code.removeprefix("AE_")
    if bare.startswith("CC_") and "FAILURE" in bare:
        return State.CUSTOMS_HOLD, Leg.ORIGIN if bare.startswith("CC_EX") else Leg.ARRIVED
    matches = [prefix for prefix in _PREFIXES if bare.startswith(prefix)]
    if matches:
        return _PREFIXES[max(matches, key=len)]
    return (State.EXCEPTION, Leg.ANNOUNCED) if bare.endswith("FAILURE") else None
