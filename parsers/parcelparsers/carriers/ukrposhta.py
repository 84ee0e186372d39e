"""Ukrposhta (`POSTS_AND_COURIERS.md` §15): the interface for its counterparties, which needs their token."""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, number_of, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes, not_known, weighed
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.carriers._slavic import meaning
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, field
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "10601"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "10100"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "20700 20800 21500 21600"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "70800 4006 4024 4074"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "67300 4021 2201 89000 82700"),
    (_S.IN_TRANSIT, Leg.CLEARED, "97700 89100 82800"),
    (_S.IN_TRANSIT, Leg.LOCAL, "27900"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "24300"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "29500"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "21400 21700"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "31100 31300 31400"),
    (_S.RETURNED, Leg.LOCAL, "31200"),
    (_S.DELIVERED, Leg.FINAL, "41000 48000"),
)
_TO_THE_SENDER = re.compile(r"відправнику|отправителю|to (?:the )?sender|\Areturn\b|\Aповернення", re.I)
"""Every code is used on the way back too; then its words say so."""
_HOME = re.compile(r"укра[їи]н|ukraine", re.I)


class _Row(Shape, frozen=True):
    barcode: Code = None
    date: str | None = None
    name: str | None = None
    event: Code = None
    event_name: str | None = None
    event_reason: str | None = None
    country: str | None = None


class _Answer(Shape, frozen=True):
    found: dict[str, list[_Row]] = field(default_factory=dict)
    not_found: list[str] = field(default_factory=list)


class _Fault(Shape, frozen=True):
    code: str | None = None
    message: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, with the token of the user."""
    return tuple(
        Request(
            url=f"https://www.ukrposhta.ua/status-tracking/0.0.1/statuses?barcode={normalise(number)}&lang=en",
            headers={"Authorization": "Bearer {key}"},
        )
        for number in asked.numbers
    )


def _fits_list(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"[" and (
        b'"barcode"' in body.data or body.data.split() in ([b"[]"], [b"[", b"]"])
    )


def _fits(body: Body) -> bool:
    keys = (b'"found"', b'"notFound"', b'"message"')
    return body.data.lstrip()[:1] == b"{" and any(key in body.data for key in keys)


def _read_list(body: Body, asked: Asked) -> Reading:
    """The rows of one number, or of several; an unknown one is left out. Raises `Unreadable`."""
    rows = convert(body.json, list[_Row])
    grouped: dict[str, list[_Row]] = {}
    for row in rows:
        grouped.setdefault(number_in(asked, plain(row.barcode)), []).append(row)
    if not grouped:
        return nothing(asked)
    return told([_parcel(number, found) for number, found in grouped.items()], [], asked)


def _read(body: Body, asked: Asked) -> Reading:
    """`found` by number and `notFound`; or a message that refuses. Raises `Unreadable`."""
    raw = body.json
    if "found" not in raw and "notFound" not in raw:
        fault = convert(raw, _Fault)
        if fault.message and re.search(r"not found|не знайд", fault.message, re.I):
            return nothing(asked)
        return refused(fault.code, fault.message)
    answer = convert({key: raw[key] for key in ("found", "notFound") if raw.get(key) is not None}, _Answer)
    parcels = [_parcel(number_of(number), rows) for number, rows in answer.found.items() if rows]
    empty = [number_of(number) for number, rows in answer.found.items() if not rows]
    missing = [n for n in (*map(number_of, answer.not_found), *empty) if n]
    if not parcels and not missing:
        raise Unreadable("found", "a number that was asked for")
    return told(parcels, missing, asked)


def _parcel(number: str, rows: list[_Row]) -> Parcel:
    """Without the names of the offices' clerks and the reasons' ids, which are not declared."""
    return concluded(
        Parcel(
            number=number,
            unknown_codes=not_known([plain(row.event) for row in rows], _CODES),
            events=tuple(map(_event, rows)),
        ),
        newest_first=False,
    )


def _meaning(row: _Row) -> Meaning | None:
    known = weighed(_CODES.get(plain(row.event)), meaning(row.event_name or ""))
    said = (row.event_name or "", row.event_reason or "")
    if known and known.state and any(map(_TO_THE_SENDER.search, said)):
        return Meaning(_S.RETURNED, min(known.leg, Leg.LOCAL))
    return known


def _event(row: _Row) -> Event:
    """The clock is Kyiv's; a scan abroad has the clock of its place."""
    at_home = not row.country or _HOME.search(row.country)
    when = stamp(row.date, place="Europe/Kyiv" if at_home else "")
    place = ", ".join(filter(None, (row.name, row.country)))
    return event(when, row.event_name, _meaning(row), code=plain(row.event), place=place)


SOURCE = Source(
    id="ukrposhta",
    name="Ukrposhta",
    access=Access.KEY,
    evidence=Evidence.CAPTURED,
    hosts=("www.ukrposhta.ua",),
    readers=(
        Reader(name="statuses", fits=_fits_list, read=_read_list),
        Reader(name="with-not-found", fits=_fits, read=_read),
        PAGE_FOR_DATA,
    ),
    clock="Kyiv's wall clock; a scan abroad has none",
    page="https://track.ukrposhta.ua/tracking_UA.html?barcode={number}",
    ask=ask,
    countries=("UA",),
)
