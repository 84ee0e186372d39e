"""The Universal Postal Union's Global Track & Trace (`CHINA_AND_AGGREGATORS.md` §11), from a description: every post's
S10 numbers, in the events of the union's standard (`STATUSES.md` §7).
"""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import codes, not_known
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, epoch, stamp
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, field
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.IN_TRANSIT, Leg.ACCEPTED, "EMA"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "EMB EXA EXC"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "EMC EMJ EMK"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "EMD EDB EDD EDE"),
    (_S.IN_TRANSIT, Leg.CLEARED, "EMF EDC"),
    (_S.IN_TRANSIT, Leg.LOCAL, "EMG"),
    (_S.CUSTOMS_HOLD, Leg.ORIGIN, "EXB"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "EME EDA"),
    (_S.EXCEPTION, Leg.ORIGIN, "EXD"),
    (_S.EXCEPTION, Leg.ARRIVED, "EDX"),
    (_S.EXCEPTION, Leg.LOCAL, "EDF"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "EDG"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "EDH"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "EMH"),
    (_S.RETURNED, Leg.ORIGIN, "EXX"),
    (_S.DELIVERED, Leg.FINAL, "EMI"),
)
_FORECAST = "DLV"
_DATE = re.compile(r"/Date\((-?\d{1,15})(?:([+-])(\d\d)(\d\d))?\)/", re.ASCII)


class _Row(Shape, frozen=True, rename="pascal"):
    event_cd: str | None = None
    event_nm: str | None = None
    event_dt: str | None = field(default=None, name="EventDT")
    event_location: str | None = None


class _Entry(Shape, frozen=True, rename="pascal"):
    number: str | None = field(default=None, name="ID")
    events: list[_Row] = field(default_factory=list)


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, in English."""
    return tuple(
        Request(
            url=f"https://globaltracktrace.ptc.post/gtt.api/service.svc/rest/ItemTTWithTrans/{normalise(number)}/EN"
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    data = body.data.strip()
    return not data or data == b"[]" or (data[:1] == b"[" and b'"EventCd"' in data)


def _read(body: Body, asked: Asked) -> Reading:
    """Items with events, oldest first; an empty body, an empty list or a forecast alone: unknown or expired.

    Raises `Unreadable`.
    """
    entries = convert(body.json, list[_Entry]) if body.data.strip() else []
    parcels = [_parcel(entry, rows, asked) for entry in entries if (rows := _scans(entry))]
    return told(parcels, [], asked) if parcels else nothing(asked, entries[0].number if entries else None)


def _scans(entry: _Entry) -> list[_Row]:
    return [row for row in entry.events if row.event_cd != _FORECAST]


def _parcel(entry: _Entry, rows: list[_Row], asked: Asked) -> Parcel:
    return concluded(
        Parcel(
            number=number_in(asked, entry.number),
            unknown_codes=not_known([row.event_cd for row in rows], _CODES),
            events=tuple(map(_event, rows)),
        ),
        newest_first=False,
        wall_clock=True,
    )


def _event(row: _Row) -> Event:
    known = _CODES.get(row.event_cd or "") or meaning(row.event_nm or "")
    return event(_when(row.event_dt), row.event_nm, known, code=row.event_cd, place=row.event_location)


def _when(text: str | None) -> Stamp:
    """The wall clock alone: the offsets beside it are off."""
    if not text or not (found := _DATE.fullmatch(text)):
        return stamp(text)
    minutes = int(found[3] or 0) * 60 + int(found[4] or 0)
    return stamp(epoch(int(found[1]), _label(found[2] or "+", minutes)).local_time)


def _label(sign: str, minutes: int) -> str:
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"


SOURCE = Source(
    id="upu",
    name="UPU Global Track & Trace",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("globaltracktrace.ptc.post",),
    readers=(Reader(name="ItemTTWithTrans", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the wall clock of each office; its offsets are false",
    page="https://globaltracktrace.ptc.post/gtt.web/Search.aspx?id={number}",
    ask=ask,
)
