"""GLS in Europe (`POSTS_AND_COURIERS.md` §25): the group's tracking service, and the one of the Netherlands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._meanings import Meaning, cautious, codes
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_STATUS = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "PREADVICE PLANNEDPICKUP"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "INPICKUP"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "INTRANSIT"),
    (_S.IN_TRANSIT, Leg.LOCAL, "INWAREHOUSE"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "INDELIVERY"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "DELIVEREDPS"),
    (_S.DELIVERED, Leg.FINAL, "DELIVERED"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "NOTDELIVERED"),
    (_S.EXCEPTION, Leg.ACCEPTED, "NOTPICKEDUP CANCELED CANCELLED"),
    (_S.RETURNED, Leg.LOCAL, "RETURNED"),
)
"""`statusInfo`. DELIVEREDPS is the arrival in a parcel shop, whatever its name."""
_RETURNED = Meaning(_S.RETURNED, Leg.LOCAL)

_EVENTS = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "0.100"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "0.0"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "1.0 2.0 2.29 2.106"),
    (_S.IN_TRANSIT, Leg.LOCAL, "35.260"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "11.0"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "2.124 3.124"),
    (_S.DELIVERED, Leg.FINAL, "3.0"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "4.40 4.260"),
    (None, Leg.ANNOUNCED, "90.132"),
)
"""Event and reason number, as far as captured answers show their wording."""


class _Place(Shape, frozen=True):
    city: str | None = None
    country_code: str | None = None


class _Row(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    evt_dscr: str | None = None
    evt_no: str | None = None
    address: _Place | None = None


class _Bar(Shape, frozen=True):
    status_info: str | None = None
    status_text: str | None = None
    retour_flag: bool | None = None
    evt_nos: list[str] | None = None


class _Pair(Shape, frozen=True):
    type: str | None = None
    value: Any = None


class _Unit(Shape, frozen=True):
    tu_no: str
    progress_bar: _Bar | None = None
    history: list[_Row] | None = None
    references: list[_Pair] | None = None
    infos: list[_Pair] | None = None
    arrival_time: _Pair | None = None


class _Answer(Shape, frozen=True):
    tu_status: list[_Unit]


class _Fault(Shape, frozen=True):
    last_error: str


class _Scan(Shape, frozen=True):
    date_time: str | None = None
    event_no: int | None = None
    reason_no: int | None = None
    event_reason_descr: str | None = None
    depot_name: str | None = None
    country_code: str | None = None


class _Handed(Shape, frozen=True):
    is_delivered: bool | None = None


class _Dutch(Shape, frozen=True):
    parcel_no: str
    scans: list[_Scan]
    unique_no: str | None = None
    country_code: str | None = None
    is_retour: bool | None = None
    delivery_scan_info: _Handed | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number: the history with the postcode of the delivery, without it the overview."""
    postcode = "".join(filter(str.isalnum, (asked.postcode or "").upper()))[:10]
    base = "https://gls-group.com/app/service/open/rest/GROUP/en"
    if postcode.isascii() and postcode:
        return tuple(Request(url=f"{base}/rstt028/{normalise(n)}?postalCode={postcode}") for n in asked.numbers)
    return tuple(Request(url=f"{base}/rstt029?match={normalise(n)}") for n in asked.numbers)


def _fits_group(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and ("tuStatus" in body.json or "tuNo" in body.json)


def _fits_dutch(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "parcelNo" in body.json and "scans" in body.json


def _fits_fault(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "lastError" in body.json


def _read_group(body: Body, asked: Asked) -> Reading:
    """`tuStatus[]`, or one unit alone. Raises `Unreadable`."""
    units = convert(body.json, _Answer).tu_status if "tuStatus" in body.json else [convert(body.json, _Unit)]
    if not units:
        raise Unreadable("tuStatus", "a parcel")
    if all(unit.progress_bar and unit.progress_bar.status_info == "NORECORD" for unit in units):
        return nothing(asked, units[0].tu_no)
    return found(*(_unit(unit, asked) for unit in units))


def _unit(unit: _Unit, asked: Asked) -> Parcel:
    bar = unit.progress_bar or _Bar()
    status = (bar.status_info or "").upper()
    own = _STATUS.get(status)
    if bar.retour_flag and own and own.state is State.DELIVERED:
        own = _RETURNED
    events = tuple(_history(unit, bar)) or tuple(_arrival(unit, own))
    if not events and own is None:
        raise Unreadable(f"parcel {unit.tu_no}", "a history, or a known status")
    parcel = Parcel(
        number=_number(unit.tu_no, unit.references or [], asked),
        service_line=next((str(p.value) for p in unit.infos or () if p.type == "PRODUCT" and p.value), None),
        unknown_codes=(status,) if status and status not in _STATUS and status != "FINAL" else (),
        events=events,
    )
    return agree(settled(parcel, newest_first=True), own)


def _number(printed_number: str, references: list[_Pair], asked: Asked) -> str:
    """The number as it was asked for: with its check digit (12 for 11), or as the track id among the references."""
    for number in asked.numbers:
        if number[:-1] == printed_number or any(str(pair.value).upper() == number for pair in references):
            return number
    return the_number(printed_number, asked)


def _history(unit: _Unit, bar: _Bar) -> Iterator[Event]:
    """The rows; `evtNos` stands beside them, one a row, where the two are equally long."""
    rows = unit.history or []
    numbers = bar.evt_nos if bar.evt_nos and len(bar.evt_nos) == len(rows) else [""] * len(rows)
    for row, number in zip(rows, numbers, strict=True):
        place = row.address or _Place()
        yield event(
            _group_time(f"{row.date or ''} {row.time or ''}"),
            row.evt_dscr,
            _meaning(row.evt_no or number, row.evt_dscr or ""),
            code=row.evt_no or number,
            place=", ".join(filter(None, (place.city, place.country_code))),
        )


def _arrival(unit: _Unit, own: Meaning | None) -> Iterator[Event]:
    """The overview has no history: only the time of an arrival that has happened."""
    value = str(unit.arrival_time.value) if unit.arrival_time and unit.arrival_time.value else ""
    if own and own.state in (State.DELIVERED, State.AVAILABLE_FOR_PICKUP, State.RETURNED) and value:
        text = unit.progress_bar.status_text if unit.progress_bar else None
        yield event(_group_time(value), text, own)


def _group_time(text: str) -> Stamp:
    return stamp(dated(text), place="Europe/Berlin") if text.strip() else stamp(None)


def _meaning(number: str, text: str) -> Meaning | None:
    known, words = _EVENTS.get(number), WORDS.of(text)
    if known and known.state is None:
        return known
    return cautious(known, words)


def _read_dutch(body: Body, asked: Asked) -> Reading:
    """`scans[]`, oldest first, the clock of the Netherlands. Raises `Unreadable`."""
    answer = decode(body, _Dutch)
    if not answer.scans:
        raise Unreadable("scans", "events")
    rows = [_dutch_event(row) for row in answer.scans]
    handed = answer.delivery_scan_info and answer.delivery_scan_info.is_delivered
    own = (_RETURNED if answer.is_retour else _STATUS["DELIVERED"]) if handed else None
    reference = [_Pair(value=answer.unique_no)] if answer.unique_no else []
    parcel = Parcel(
        number=_number(answer.parcel_no, reference, asked), destination=answer.country_code, events=tuple(rows)
    )
    return found(agree(settled(parcel, newest_first=False), own))


def _dutch_event(row: _Scan) -> Event:
    code = f"{row.event_no}.{row.reason_no}" if row.event_no is not None else ""
    depot = (row.depot_name or "").strip(" -")
    return event(
        stamp(row.date_time, place="Europe/Amsterdam"),
        row.event_reason_descr,
        _meaning(code, row.event_reason_descr or ""),
        code=code,
        place=", ".join(filter(None, (depot, row.country_code))),
    )


def _read_fault(body: Body, asked: Asked) -> Reading:
    """`lastError` E000 is the only one that says that the number is unknown. Raises `Unreadable`."""
    fault = decode(body, _Fault)
    if fault.last_error == "E000":
        return nothing(asked)
    return Reading(outcome=Outcome.BLOCKED, reason="inconclusive", detail=f"lastError {fault.last_error[:20]}")


SOURCE = Source(
    id="gls",
    name="GLS",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("gls-group.com",),
    readers=(
        Reader(name="group", fits=_fits_group, read=_read_group),
        Reader(name="Netherlands", fits=_fits_dutch, read=_read_dutch),
        Reader(name="error", fits=_fits_fault, read=_read_fault),
        PAGE_FOR_DATA,
    ),
    clock="wall clock of Central Europe, without a zone",
    page="https://gls-group.com/GROUP/en/parcel-tracking?match={number}",
    ask=ask,
    countries=(
        "DE",
        "AT",
        "NL",
        "BE",
        "LU",
        "DK",
        "FR",
        "IT",
        "ES",
        "PT",
        "PL",
        "CZ",
        "SK",
        "HU",
        "SI",
        "HR",
        "RO",
        "CH",
    ),
)
