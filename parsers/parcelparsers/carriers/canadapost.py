"""Canada Post (`POSTS_AND_COURIERS.md` §20): the data of its tracking page, and the merchants' interface (XML)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._american_words import contradicted, meaning
from parcelparsers.carriers._answers import answered, number_of, refused, the_only
from parcelparsers.carriers._canadapost_codes import CODES, NOTICES, STATUSES, TYPES
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event, flat, joined
from parcelparsers.clock import ANYWHERE, Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, replace
from parcelparsers.walls import PAGE_FOR_DATA

if TYPE_CHECKING:
    from lxml.etree import _Element

HOST = "www.canadapost-postescanada.ca"
PAGE = f"https://{HOST}/track-reperage/en#/search?searchFor={{number}}"

_NOTHING_CODES = ("004", "4")
_NOTHING = re.compile(r"no pin history|no history|not found|aucun historique", re.I)
_ZONES = {
    "N": "America/St_Johns",
    "A": "America/Halifax",
    "E": "America/Toronto",
    "C": "America/Winnipeg",
    "M": "America/Edmonton",
    "P": "America/Vancouver",
    "Y": "America/Whitehorse",
}
_LABEL = re.compile(r"([NAECMPY])(?:[SD])?T")


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page's own request, with the empty credential that the page sends."""
    return tuple(
        Request(
            url=f"https://{HOST}/track-reperage/rs/track/json/package/{normalise(number)}/detail",
            headers={
                "Authorization": "Basic Og==",
                "Referer": f"https://{HOST}/track-reperage/en",
                "X-Requested-With": "XMLHttpRequest",
            },
        )
        for number in asked.numbers
    )


def line(when: Stamp, text: str, code: str, place: str, kind: str = "", zone: str | None = None) -> Event:
    """One scan; `kind` is its type on the page."""
    known = CODES.get(code.lstrip("0")) or TYPES.get(kind)
    notice = kind in NOTICES
    return event(when, text, meaning(text, known), code=code, place=place, zone=zone, advisory=notice)


def _parcel(number: str, events: list[Event], status: Meaning | None, eta: str | None, service: str | None) -> Parcel:
    """The parcel of either answer, its events newest first. Raises `Unreadable`."""
    codes = (e.code for e in events if e.code and not e.advisory and e.state is None)
    parcel = Parcel(
        number=number,
        flags=contradicted((CODES.get((e.code or "").lstrip("0")), e.description) for e in events),
        service_line=service or None,
        unknown_codes=tuple(dict.fromkeys(codes)),
        events=tuple(_to_the_sender(events)),
    )
    return concluded(parcel, status, eta=eta, newest_first=True)


def _to_the_sender(newest_first: list[Event]) -> list[Event]:
    """A delivery after the item was sent back is the sender's."""
    done, back = [], False
    for each in reversed(newest_first):
        back = back or each.state is State.RETURNED
        if back and each.state is State.DELIVERED:
            done.append(replace(each, state=State.RETURNED, leg=Leg.LOCAL))
        else:
            done.append(each)
    return done[::-1]


class _When(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    zone_offset: str | None = None


class _Where(Shape, frozen=True):
    city: str | None = None
    region_cd: str | None = None
    country_cd: str | None = None


class _Row(Shape, frozen=True):
    cd: str | None = None
    desc_en: str | None = None
    desc_fr: str | None = None
    type: str | None = None
    datetime: _When | None = None
    location_addr: _Where | None = None


class _Forecast(Shape, frozen=True):
    dlvry_date: str | None = None
    revised_date: str | None = None


class _Fault(Shape, frozen=True):
    cd: str | None = None
    desc_en: str | None = None


class _Entry(Shape, frozen=True):
    pin: str | None = None
    status: str | None = None
    product_nm_en: str | None = None
    expected_dlvry_date_time: _Forecast | None = None
    events: list[_Row] | None = None
    error: _Fault | None = None


def _entries(body: Body) -> list[object]:
    return body.json if isinstance(body.json, list) else [body.json]


def _fits_page(body: Body) -> bool:
    return body.is_json and any(isinstance(e, dict) and ("pin" in e or "error" in e) for e in _entries(body))


def _read_page(body: Body, asked: Asked) -> Reading:
    """One object a number, or a list of them; without events it says nothing of the parcel. Raises `Unreadable`."""
    parcels, missing, refusals = [], [], []
    for n, raw in enumerate(_entries(body)):
        entry = convert(raw, _Entry, f"[{n}]")
        number = number_of(entry.pin) or the_only(asked)
        if entry.events:
            parcels.append(_from_page(number, entry))
        elif entry.error and _unknown(entry.error.cd, entry.error.desc_en):
            missing.append(number)
        else:
            refusals.append(entry)
    if refusals and not parcels and not missing:
        fault = refusals[0].error
        detail = flat(fault.desc_en if fault else "")[:200] or "no history: unknown, expired or refused"
        return Reading(outcome=Outcome.BLOCKED, reason="inconclusive", detail=detail)
    return answered(parcels, missing, nothing=bool(missing))


def _from_page(number: str, entry: _Entry) -> Parcel:
    forecast = entry.expected_dlvry_date_time or _Forecast()
    status = STATUSES.get(entry.status or "")
    eta = forecast.revised_date or forecast.dlvry_date
    return _parcel(number, [_page_row(row) for row in entry.events or ()], status, eta, entry.product_nm_en)


def _page_row(row: _Row) -> Event:
    when, where = row.datetime or _When(), row.location_addr or _Where()
    read = stamp(" ".join(filter(None, (when.date, when.time))), when.zone_offset or None)
    place = joined(where.city, where.region_cd, where.country_cd)
    return line(read, row.desc_en or row.desc_fr or "", flat(row.cd), place, flat(row.type))


def _fits_xml(body: Body) -> bool:
    return body.is_html and (b"<tracking-detail" in body.data or b"canadapost.ca/ws/messages" in body.data)


def _find(element: _Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return flat(found.text) if found is not None else ""


def _read_xml(body: Body, asked: Asked) -> Reading:
    """`tracking-detail`, or `messages`. Raises `Unreadable`."""
    root = body.xml()
    if root.tag.rpartition("}")[2] == "messages":
        message = root.find("{*}message")
        if message is None:
            raise Unreadable("messages", "a message")
        code, text = _find(message, "code"), _find(message, "description")
        if _unknown(code, text):
            return answered((), (the_only(asked),), nothing=True)
        if "SLM Monitor" in text:
            return Reading(outcome=Outcome.BLOCKED, reason="rate_limited", detail=text[:200])
        return refused(code, text)
    rows = [_occurrence(row) for row in root.iter("{*}occurrence")]
    forecast = _find(root, "changed-expected-date") or _find(root, "expected-delivery-date")
    number = number_of(_find(root, "pin")) or the_only(asked)
    return answered((_parcel(number, rows, None, forecast, _find(root, "service-name")),))


def _unknown(code: str | None, text: str | None) -> bool:
    return (code or "").strip() in _NOTHING_CODES or bool(_NOTHING.search((text or "")[:200]))


def _occurrence(row: _Element) -> Event:
    """The label names a zone by its winter name in summer too, so it may be an hour off; it may be empty."""
    text = " ".join(filter(None, (_find(row, "event-date"), _find(row, "event-time"))))
    label = _find(row, "event-time-zone").upper()
    named = _LABEL.fullmatch(label)
    when = stamp(text, place=_ZONES[named[1]], uncertain=1.0) if named else stamp(text, uncertain=ANYWHERE)
    place = joined(_find(row, "event-site"), _find(row, "event-province"))
    words = _find(row, "event-description")
    return line(when, words, _find(row, "event-identifier"), place, zone=label or None)


SOURCE = Source(
    id="canadapost",
    name="Canada Post",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=(HOST,),
    readers=(
        Reader(name="tracking detail (XML)", fits=_fits_xml, read=_read_xml),
        Reader(name="track-reperage", fits=_fits_page, read=_read_page),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place of the scan, with its offset; the XML names the zone, or nothing",
    page=PAGE,
    ask=ask,
    countries=("CA",),
)
