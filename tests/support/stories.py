"""The demo's stories, lived up to a day and assessed. Constructed, like the demo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from parcelparsers.model import Event, Leg, State
from parcelwarden.demo.stories import STORIES, Scan, day
from parcelwarden.domain.facts import parse_facts
from parcelwarden.domain.model import Assessment, Order, ParcelFacts
from parcelwarden.domain.reassess import reassess
from support.assessing import rules

_MOVES = {
    "PU_PICKUP_SUCCESS": (State.IN_TRANSIT, 1),
    "SC_INBOUND_SUCCESS": (State.IN_TRANSIT, 2),
    "SC_OUTBOUND_SUCCESS": (State.IN_TRANSIT, 2),
    "LH_HO_AIRLINE": (State.IN_TRANSIT, 3),
    "LH_DEPART": (State.IN_TRANSIT, 3),
    "LH_ARRIVE": (State.IN_TRANSIT, 4),
    "CC_IM_SUCCESS": (State.IN_TRANSIT, 5),
    "GTMS_ACCEPT": (State.IN_TRANSIT, 6),
    "GTMS_DO_DEPART": (State.OUT_FOR_DELIVERY, 7),
    "GTMS_SIGNED": (State.DELIVERED, 7),
    "RT_HO_OUT": (State.RETURNED, 4),
}
NORMAL, ECONOMY, STALLED, RETURNED, COMPLETED, DATELESS = range(6)


def lived(story: int, until: float, **changed: Any) -> tuple[Order, Assessment, datetime]:
    """One of the demo's orders on a day of its story, what follows from it, and that instant. `changed`: of the
    order."""
    told = STORIES[story]
    facts = {name: value for name, value in told.facts.items() if name not in ("total", "currency")}
    dispute: dict[str, Any] = {}
    for act in told.acts:
        if act.day <= until:
            facts |= {name: value for name, value in act.facts.items() if "." not in name}
            dispute |= {name.partition(".")[2]: value for name, value in act.facts.items() if "." in name}
    if dispute:
        facts["dispute"] = dispute
    order = Order(
        facts=parse_facts({"marketplace": "aliexpress", "order_id": told.order_id, **facts}),
        title=told.title.partition(":")[0],
        total=told.facts.get("total"),
        currency=told.facts.get("currency"),
        parcels=(_parcel(told.number, told.scans, until),) if told.number else (),
    )
    order = msgspec.structs.replace(order, **changed)
    return order, reassess(order, day(until), rules()), day(until)


def scans_until(story: int, until: float) -> tuple[Event, ...]:
    """What the carrier of a story prints on a day."""
    return tuple(_event(scan) for scan in STORIES[story].scans if scan.day <= until)


def _parcel(number: str, scans: tuple[Scan, ...], until: float) -> ParcelFacts:
    events = tuple(_event(scan) for scan in scans if scan.day <= until)
    outcome = "found" if events else "not_found"
    return ParcelFacts(number=number, source="cainiao", outcome=outcome, last_ok_at=day(until - 0.2), events=events)


def _event(scan: Scan) -> Event:
    state, leg = _MOVES[scan.code]
    at = day(scan.day)
    local = f"{at:%Y-%m-%dT%H:%M:%S}"
    return Event(local_time=local, at=at, code=scan.code, state=state, leg=Leg(leg), description=scan.text)
