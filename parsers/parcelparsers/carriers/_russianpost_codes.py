"""Operations of Russian Post: type, or type and attribute, as `8/2`. The table is the one that clients of its
interface publish (lapaygroup/RussianPost, `StatusList`; `POSTS_AND_COURIERS.md` §14).
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Meaning, codes
from parcelparsers.model import Leg, State

_S = State

_TYPES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "27 28 34 37"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "1"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "4 8 13 20 25 29 32 33 39 41"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "10 31"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "9 11 14 19 40"),
    (_S.IN_TRANSIT, Leg.LOCAL, "35"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "24"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "6"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "12 22 42"),
    (_S.EXCEPTION, Leg.ACCEPTED, "5 7 15 16 17 18 23 26 38"),
    (_S.RETURNED, Leg.LOCAL, "3"),
    (_S.DELIVERED, Leg.FINAL, "2 21"),
    (None, Leg.ANNOUNCED, "30 36"),
)
_ATTRIBUTES = codes(
    (_S.RETURNED, Leg.LOCAL, "2/2 2/4 2/7 2/9 8/20"),
    (_S.EXCEPTION, Leg.ACCEPTED, "4/6 8/12 12/28 42/28"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "5/3"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "6/5 14/4 14/7 14/8 14/9 14/14 14/15 14/17 14/18 14/19 39/3 39/4 39/5 39/6"),
    (_S.IN_TRANSIT, Leg.CLEARED, "14/1 14/2 14/5 14/6 14/13 14/16"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "8/7 8/8"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "8/13"),
    (_S.IN_TRANSIT, Leg.LOCAL, "8/22"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "8/15 8/18"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "8/2 8/9 8/10 8/14 8/23 8/27 8/28 8/33 8/35"),
    (None, Leg.LOCAL, "8/24 8/25"),
)
"""Attributes that say something else than their type. Refusals of customs, and what it waits for, are holds."""


def meaning_of(code: str | None) -> Meaning | None:
    """What an operation says, None where its type is not known."""
    return _ATTRIBUTES.get(code or "") or _TYPES.get((code or "").partition("/")[0])
