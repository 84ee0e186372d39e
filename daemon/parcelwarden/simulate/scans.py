"""The way of a parcel as its carrier prints it, ending at some point of it. Codes are Cainiao's
(`CHINA_AND_AGGREGATORS.md` §3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from random import Random

from parcelwarden.simulate.life import Scan

TEXTS = {
    "PU_PICKUP_SUCCESS": "Received by logistics company",
    "SC_INBOUND_SUCCESS": "Processing at sorting center",
    "SC_OUTBOUND_SUCCESS": "Left from sorting center",
    "LH_HO_AIRLINE": "Leaving from departure country/region",
    "LH_DEPART": "Left from departure country/region",
    "LH_ARRIVE": "Arrived at linehaul office",
    "CC_IM_FAILURE": "Held by customs",
    "CC_IM_SUCCESS": "Import customs clearance complete",
    "GTMS_ACCEPT": "Received by local delivery company",
    "GTMS_DO_DEPART": "Out for delivery",
    "GTMS_SIGNED": "Delivered",
    "GTMS_STA_SIGNED": "Ready for collection",
    "GTMS_DEL_FAILURE": "Delivery attempt failed",
    "RT_HO_OUT": "Returned to sender",
}
_ORIGIN = ("PU_PICKUP_SUCCESS", "SC_INBOUND_SUCCESS", "SC_OUTBOUND_SUCCESS")
_AIRLINE = (*_ORIGIN, "LH_HO_AIRLINE", "LH_DEPART")
_ARRIVED = (*_AIRLINE, "LH_ARRIVE")
_LOCAL = (*_ARRIVED, "CC_IM_SUCCESS", "GTMS_ACCEPT", "GTMS_DO_DEPART")


class Way(Enum):
    """How far it gets: the codes in their order."""

    NOTHING = ()
    ORIGIN = _ORIGIN
    AIRLINE = _AIRLINE
    ARRIVED = _ARRIVED
    RETURNED = (*_ARRIVED, "RT_HO_OUT")
    HELD = (*_ARRIVED, "CC_IM_FAILURE")
    RELEASED = (*_ARRIVED, "CC_IM_FAILURE", "CC_IM_SUCCESS", "GTMS_ACCEPT")
    PICKUP = (*_LOCAL, "GTMS_STA_SIGNED")
    FAILED = (*_LOCAL, "GTMS_DEL_FAILURE")
    DELIVERED = (*_LOCAL, "GTMS_SIGNED")


def way(rng: Random, begins: datetime, end: Way, within: timedelta = timedelta(days=30)) -> list[Scan]:
    """The scans from `begins` on, the last at the most `within` after it."""
    codes = end.value
    shares = sorted(rng.uniform(0.03, 1) for _ in codes)
    span = within * rng.uniform(0.6, 1)
    return [
        Scan((begins + span * share).replace(microsecond=0), code) for share, code in zip(shares, codes, strict=True)
    ]
