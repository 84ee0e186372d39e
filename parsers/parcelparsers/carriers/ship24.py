"""Ship24's answers and webhooks (`CHINA_AND_AGGREGATORS.md` §23, `STATUSES.md` §6).

`occurrenceDatetime` is the carrier's wall clock; the `Z` of `datetime` is false.
"""

from __future__ import annotations

import re
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Source
from parcelparsers.carriers._aggregators import Told, concluded, told
from parcelparsers.carriers._answers import answer, blocked, nothing, others, tidy
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, State
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_MILESTONES: dict[str, tuple[State | None, Leg]] = {
    "pending": (None, Leg.ANNOUNCED),
    "info_received": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "in_transit": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "out_for_delivery": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "failed_attempt": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "available_for_pickup": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "delivered": (_S.DELIVERED, Leg.FINAL),
    "exception": (_S.EXCEPTION, Leg.ANNOUNCED),
}
_NARROWER = (
    (re.compile(r"return"), (_S.RETURNED, Leg.ANNOUNCED)),
    (re.compile(r"customs_(?:exception|reject|held|hold)"), (_S.CUSTOMS_HOLD, Leg.ANNOUNCED)),
    (re.compile(r"customs_(?:cleared|released)"), (_S.IN_TRANSIT, Leg.ORIGIN)),
    (re.compile(r"destination_arrival"), (_S.IN_TRANSIT, Leg.ARRIVED)),
)
"""Families of `statusCode`, which may be null: they narrow *in transit* and *exception*, nothing else."""
_NO_ZONE = re.compile(r"(?:\.\d+)?Z?\s*\Z")
_GONE = re.compile(r"not[ _]found", re.I)
_QUOTA = re.compile(r"quota|limit|plan", re.I)


class _Row(Shape, frozen=True):
    status: str | None = None
    occurrence_datetime: str | None = None
    datetime: str | None = None
    has_no_time: bool | None = None
    utc_offset: str | None = None
    location: str | None = None
    status_code: str | None = None
    status_milestone: str | None = None


class _Tracker(Shape, frozen=True):
    tracking_number: str


class _Delivery(Shape, frozen=True):
    estimated_delivery_date: str | None = None
    service: str | None = None


class _Other(Shape, frozen=True):
    tn: str | None = None


class _Shipment(Shape, frozen=True):
    status_code: str | None = None
    status_milestone: str | None = None
    origin_country_code: str | None = None
    destination_country_code: str | None = None
    delivery: _Delivery | None = None
    tracking_numbers: list[_Other] | None = None


class _Tracking(Shape, frozen=True):
    tracker: _Tracker
    shipment: Any = None
    events: list[_Row] | None = None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _fits(body: Body) -> bool:
    return body.is_json and bool({"data", "trackings", "errors"} & set(_object(body.json)))


def _read(body: Body, asked: Asked) -> Reading:
    """`trackings`, alone or in `data`. Raises `Unreadable`."""
    whole = _object(body.json)
    if faults := whole.get("errors"):
        return _refused(faults, asked)
    listed = _object(whole.get("data")).get("trackings", whole.get("trackings"))
    if not isinstance(listed, list):
        raise Unreadable("data.trackings", "a list of trackings")
    if not listed:
        return nothing(asked)
    entries = [convert(raw, _Tracking, f"trackings[{n}]") for n, raw in enumerate(listed)]
    read = [(tidy(entry.tracker.tracking_number), _parcel(entry)) for entry in entries]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def _refused(faults: Any, asked: Asked) -> Reading:
    first = _object(faults[0]) if isinstance(faults, list) and faults else _object(faults)
    said = f"{first.get('code') or ''} {first.get('message') or ''}"
    if _GONE.search(said[:200]):
        return nothing(asked)
    return blocked("quota" if _QUOTA.search(said[:200]) else "refused", said)


def _meaning(milestone: str | None, code: str | None) -> tuple[State | None, Leg]:
    state, leg = _MILESTONES.get((milestone or "").lower(), (None, Leg.ANNOUNCED))
    if state in (State.IN_TRANSIT, State.EXCEPTION) and code:
        return next((found for words, found in _NARROWER if words.search(code[:80].lower())), (state, leg))
    return state, leg


def _parcel(entry: _Tracking) -> Parcel | None:
    """One tracking, None while it is pending. Raises `Unreadable` where a parcel under way has no events."""
    number, ship = tidy(entry.tracker.tracking_number), convert(entry.shipment or {}, _Shipment, "shipment")
    rows = entry.events or []
    own, leg = _meaning(ship.status_milestone, ship.status_code)
    if not rows:
        return _without_rows(number, ship, own)
    aliases = others(number, *(other.tn for other in ship.tracking_numbers or []))
    said = [told(*_meaning(row.status_milestone, row.status_code), (row.status or "")[:500]) for row in rows]
    found = Parcel(
        number=number,
        aliases=aliases,
        flags=_flags(said, aliases),
        eta=_eta(ship) if own is not State.DELIVERED else None,
        service_line=(ship.delivery.service or None) if ship.delivery else None,
        origin=ship.origin_country_code or None,
        destination=ship.destination_country_code or None,
        unknown_codes=_unknown(ship, rows),
        events=tuple(map(_event, rows, said)),
    )
    return concluded(found, own, leg if own is not State.IN_TRANSIT else Leg.ACCEPTED, newest_first=True)


def _without_rows(number: str, ship: _Shipment, own: State | None) -> Parcel | None:
    if own is None and (ship.status_milestone or "pending") == "pending":
        return None
    if own is State.INFO_RECEIVED:
        return Parcel(number=number, state=own)
    raise Unreadable(f"events of {number}", f"a history beside {(ship.status_milestone or '')[:40]!r}")


def _event(row: _Row, said: Told) -> Event:
    return event(_when(row), row.status, said.meaning, code=row.status_code or row.status_milestone, place=row.location)


def _when(row: _Row) -> Stamp:
    text = _NO_ZONE.sub("", (row.occurrence_datetime or row.datetime or "").strip()[:40], count=1)
    return stamp(text[:10] if row.has_no_time else text, row.utc_offset)


def _flags(said: list[Told], aliases: tuple[str, ...]) -> tuple[Flag, ...]:
    flags = () if all(s.agreed for s in said) else (Flag.CODE_AND_WORDING_DISAGREE,)
    return (*flags, Flag.HANDOFF_NUMBER) if aliases else flags


def _unknown(ship: _Shipment, rows: list[_Row]) -> tuple[str, ...]:
    codes = (ship.status_milestone, *(row.status_milestone for row in rows))
    return tuple(dict.fromkeys(code[:80] for code in codes if code and code.lower() not in _MILESTONES))


def _eta(ship: _Shipment) -> Eta | None:
    day = stamp(ship.delivery.estimated_delivery_date).local_time[:10] if ship.delivery else ""
    return Eta(earliest=day, latest=day) if day else None


SOURCE = Source(
    id="ship24",
    name="Ship24",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("www.ship24.com",),
    readers=(Reader(name="trackings", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the wall clock of each scan; the Z beside it is false",
    page="https://www.ship24.com/tracking?p={number}",
)
