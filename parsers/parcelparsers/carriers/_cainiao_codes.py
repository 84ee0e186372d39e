"""Cainiao's 147 action codes, what each says of the parcel and how far it got (`CHINA_AND_AGGREGATORS.md`
§3, Codes).

States are those of the list; legs are our reading of its meanings, the lower one where a code may stand for
two places, because a leg that is too high would make normal silence look like a standstill.
"""

from __future__ import annotations

from typing import NamedTuple

from parcelparsers.model import Leg, State


class Meaning(NamedTuple):
    """What a code says; `advisory`: a notice that decides nothing."""

    state: State
    leg: Leg
    advisory: bool = False


_S = State

_ANNOUNCED = {
    _S.INFO_RECEIVED: (
        "CONSIGN OM_CONSIGN GTMS_ASN GWMS_ACCEPT PRE_READY_TO_SHIP WAIT_SELLER_SEND_GOODS SELLER_SEND_GOODS"
    ),
    # A token of the order, without a place.
    _S.IN_TRANSIT: "WAIT_BUYER_ACCEPT_GOODS",
    _S.EXCEPTION: ("GWMS_REJECT GWMS_EXCEPTION GWMS_CANCEL REJECT EXCEPTION PU_PICKUP_FAILURE PU_SIGN_IN_FAILURE"),
}
_ACCEPTED = {
    _S.IN_TRANSIT: (
        "COMMON_ACCEPT COMMON_DEPART GWMS_PICK GWMS_PACKAGE GWMS_OUTBOUND GWMS_HANDOVER PU_PICKUP_SUCCESS "
        # Import clearance may start, and be processed, days before take-off: it says nothing of the place.
        "PU_PRE_PICKUP_SUCCESS PU_SIGN_IN_SUCCESS GOT CUS_DECLARE CC_IM_START CC_IM_PROCESS"
    ),
    _S.EXCEPTION: "SC_INBOUND_FAILURE SC_SIGN_IN_FAILURE",
}
_ORIGIN = {
    _S.IN_TRANSIT: (
        "CW_INBOUND CW_OUTBOUND CW_COMMON_PROCESSING1 SC_INBOUND_SUCCESS SC_OUTBOUND_SUCCESS SC_HO_OUT_SUCCESS "
        "SC_SIGN_IN_SUCCESS SC_ARRIVE SC_DEPART SC_TRANS_INBOUND_SUCCESS SC_TRANS_OUTBOUND_SUCCESS DEPARTURE "
        "ARRIVAL CC_EX_START CC_EX_SUCCESS LH_HO_IN_SUCCESS LH_BIGBAG_SHELVE LH_OTHER"
    ),
    _S.CUSTOMS_HOLD: "CC_EX_FAILURE",
    _S.EXCEPTION: "SC_OUTBOUND_FAILURE SC_HO_OUT_FAILURE LH_HO_IN_FAILURE LH_HO_AIRLINE_FAILURE",
}
_LINE_HAUL = {
    _S.IN_TRANSIT: (
        # LH_POST_COLLECTION: the list calls it a failure, its wording is benign.
        "LH_HO_AIRLINE LH_DEPART LH_POST_COLLECTION TD_TRANS_ARRIVE TD_TRANS_DEPART TD_TRANS_ARRIVE_C "
        "TD_TRANS_DEPART_C TD_TRANS_ARRIVE_DCP TD_TRANSWH_OUTBOUND CC_TRANS_START CC_TRANS_SUCCESS "
        "CC_HO_IN_SUCCESS"
    ),
    _S.CUSTOMS_HOLD: "CC_TRANS_FAILURE CC_HO_IN_FAILURE CC_IM_FAILURE CC_IM_EXCEPTION",
    _S.EXCEPTION: "LH_ARRIVE_FAILURE",
}
_ARRIVED = {
    _S.IN_TRANSIT: "LH_ARRIVE LH_LINEHAUL_ARRIVE LH_HO_OUT_SUCCESS CIQ_SUCCESS",
    _S.CUSTOMS_HOLD: "CUS_TAX CC_HO_OUT_FAILURE CUS_FAILURE CIQ_FAILURE",
    _S.EXCEPTION: "LH_HO_OUT_FAILURE",
    _S.RETURNED: (
        "RT_INBOUND RT_OUTBOUND RT_HO_OUT RT_WH_HO_IN RT_WH_HO_IN_FAIL RT_WH_INBOUND RT_WH_INBOUND_FAILURE "
        "RT_WH_OUTBOUND RT_WH_HO_OUT RT_TRANSWH_HO_IN RT_TRANSWH_INBOUND RT_TRANSWH_OUTBOUND RT_TMS_ACCEPT"
    ),
}
_CLEARED = {
    _S.IN_TRANSIT: "CC_IM_SUCCESS CC_HO_OUT_SUCCESS CUS_SUCCESS GTMS_ACCEPT GTMS_OE_DEPART OE_DEPART",
    _S.EXCEPTION: "GTMS_SC_ARRIVE_FAILURE",
}
_LOCAL = {
    _S.IN_TRANSIT: (
        "GTMS_SC_ARRIVE GTMS_SC_DEPART GTMS_DO_ARRIVE GTMS_STATION_IN GTMS_STATION_OUT GTMS_RELABEL GTMS_OTHER "
        "GSTAHUB_INBOUND GSTA_OTHER GTMS_STA_WAIT_CUST_CHANGE_ADDRESS GTMS_STA_CUST_TO_DOOR GTMS_STA_CHANGE "
        "GTMS_STA_CN_TO_DOOR GTMS_STA_CN_CHANGE GTMS_STA_CNCP_TO_DOOR GTMS_STA_CNCP_CHANGE"
    ),
    _S.OUT_FOR_DELIVERY: "GTMS_DELIVERING GTMS_DO_DEPART GTMS_RE_DELIVERING SENT_SCAN",
    # GTMS_STA_SIGNED: the pickup station signed for it, not the buyer.
    _S.AVAILABLE_FOR_PICKUP: "GTMS_STA_SIGNED GTMS_WAIT_SELF_PICK GSTA_INBOUND GSTA_INFORM_BUYER POSTMAN_POST",
    _S.DELIVERY_FAILED: (
        "GTMS_DEL_FAILURE GTMS_SIGN_FAILURE GTMS_STA_SIGN_FAILURE GSTA_SIGN_FAIL GSTA_BUYER_SIGN_FAIL "
        "STA_SIGN_FAIL GTMS_FAILURE FAILED"
    ),
    _S.EXCEPTION: "GSTAHUB_INBOUND_FAIL GSTA_INBOUND_FAIL",
}
_FINAL = {
    _S.DELIVERED: ("GTMS_SIGNED SIGNED SIGN GSTA_SIGN GSTA_BUYER_SIGN STA_SIGN COMMON_SIGNED GTMS_STA_SIGNED_DELIVER"),
    _S.RETURNED: "RETURNED RT_DESTROY RT_WH_DESTROY",
}

_LEGS = (_ANNOUNCED, _ACCEPTED, _ORIGIN, _LINE_HAUL, _ARRIVED, _CLEARED, _LOCAL, _FINAL)

CODES = {
    code: Meaning(state, leg)
    for leg, states in zip(Leg, _LEGS, strict=True)
    for state, codes in states.items()
    for code in codes.split()
} | {
    # Both come while the parcel is still at its origin: pre-advice, never movement.
    "LAST_MILE_ASN_NOTIFY": Meaning(State.INFO_RECEIVED, Leg.ANNOUNCED, advisory=True),
    "COMMON_INTRANSIT": Meaning(State.IN_TRANSIT, Leg.ANNOUNCED, advisory=True),
}

STATIONS = frozenset(("GSTA_SIGN", "GSTA_BUYER_SIGN", "STA_SIGN", "GTMS_STA_SIGNED_DELIVER"))
"""Codes of a delivery at a pickup station."""

_FAILURES = ("_FAILURE", "_FAIL", "_REJECT", "_CANCEL")


def meaning(code: str) -> Meaning | None:
    """What a code (stripped, upper case) says, by the table or by the family of its name; None: unknown."""
    if known := CODES.get(code):
        return known
    if code.startswith("RT_"):
        return Meaning(State.RETURNED, Leg.ANNOUNCED)
    return Meaning(State.EXCEPTION, Leg.ANNOUNCED) if code.endswith(_FAILURES) else None


LEGACY = {
    "PENDING": Meaning(State.INFO_RECEIVED, Leg.ANNOUNCED),
    "SHIPPING": Meaning(State.IN_TRANSIT, Leg.ACCEPTED),
    "PICKEDUP": Meaning(State.IN_TRANSIT, Leg.ACCEPTED),
    "DEPART_FROM_ORIGINAL_COUNTRY": Meaning(State.IN_TRANSIT, Leg.LINE_HAUL),
    "DEPART_FROM_ORIGINAL_COUNTRY_EXC": Meaning(State.EXCEPTION, Leg.ORIGIN),
    "ARRIVED_AT_DEST_COUNTRY": Meaning(State.IN_TRANSIT, Leg.ARRIVED),
    "ARRIVED_AT_DEST_COUNTRY_EXC": Meaning(State.EXCEPTION, Leg.LINE_HAUL),
    "WAIT4PICKUP": Meaning(State.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "WAIT4SIGNIN": Meaning(State.OUT_FOR_DELIVERY, Leg.LOCAL),
    "SIGNIN": Meaning(State.DELIVERED, Leg.FINAL),
    "SIGNIN_EXC": Meaning(State.DELIVERY_FAILED, Leg.LOCAL),
    "RETURN": Meaning(State.RETURNED, Leg.ARRIVED),
}
"""Statuses of the page until about 2021 (§4)."""
