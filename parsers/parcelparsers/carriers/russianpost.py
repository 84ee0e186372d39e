"""Russian Post (`POSTS_AND_COURIERS.md` §14): the XML of its interface, single and by ticket, and the site's data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, number_of, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import contradicted, weighed
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import Code, event, flat, plain
from parcelparsers.carriers._russianpost_codes import meaning_of
from parcelparsers.carriers._slavic import meaning
from parcelparsers.clock import Stamp, epoch, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, field
from parcelparsers.walls import PAGE_FOR_DATA

if TYPE_CHECKING:
    from lxml.etree import _Element

SPREAD = 9.0
"""Hours: a time without a zone is the office's, and Russia has eleven zones."""
LIMIT = "3"
"""`ErrorTypeID` of a spent quota."""
_LOGIN = re.compile(r"авториз|authoriz|логин|парол|login|password|доступ|access", re.I)
_UNKNOWN = re.compile(
    r"не (?:найден|обнаруж|зарегистр)|нет (?:данных|информ)|некоррект|неверн\w+ (?:номер|шпи|трек)|not found|invalid",
    re.I,
)


def ask(asked: Asked) -> tuple[Request, ...]:
    """The data of the page, which the site is said to refuse to programs and from abroad."""
    return tuple(
        Request(
            url="https://www.pochta.ru/api/tracking/api/v1/trackings/by-barcodes"
            f"?language=ru&track-numbers={normalise(number)}"
        )
        for number in asked.numbers
    )


def _parcel(number: str, events: Iterable[Event], destination: str = "") -> Parcel:
    rows = tuple(events)
    unknown = (e.code for e in rows if e.code and meaning_of(e.code) is None)
    parcel = Parcel(
        number=number,
        destination=destination or None,
        flags=contradicted((meaning_of(e.code), meaning(e.description)) for e in rows),
        unknown_codes=tuple(dict.fromkeys(unknown)),
        events=rows,
    )
    return concluded(parcel)


def _line(when: Stamp, kind: str, attribute: str, text: str, place: str) -> Event:
    """One operation. The code decides; a word takes back only a delivery."""
    code = f"{kind}/{attribute}" if kind and attribute not in ("", "0") else kind
    known = meaning_of(code)
    return event(
        when, text, weighed(known, meaning(text)) if known is None or known.state else known, code=code, place=place
    )


def _office(text: str) -> Stamp:
    return stamp(text, place="Europe/Moscow", uncertain=0.0 if re.search(r"[+-]\d\d:?\d\d\Z|Z\Z", text) else SPREAD)


def _fits_xml(body: Body) -> bool:
    marks = (b"russianpost.org", b"OperationHistory", b"historyRecord", b"ticketResponse", b"answerByTicket")
    return body.is_html and any(mark in body.data for mark in marks)


def _read_xml(body: Body, asked: Asked) -> Reading:
    """Operations of one barcode (`historyRecord`), of several (`Item`), or an error. Raises `Unreadable`."""
    root = body.xml()
    error = next((e for e in root.iter("{*}error", "{*}Error") if e.get("ErrorTypeID")), None)
    items = list(root.iter("{*}Item", "{*}item"))
    if error is not None and not items:
        return _error(error.get("ErrorTypeID") or "", error.get("ErrorName") or "")
    if root.find(".//{*}Fault") is not None:
        said = next((flat(f.text) for f in root.iter("{*}faultstring", "{*}Text")), "")
        return refused("", said, "login" if _LOGIN.search(said) else "refused")
    if items:
        return _batch(items, asked)
    records = list(root.iter("{*}historyRecord"))
    if not records and root.find(".//{*}OperationHistoryData") is None:
        raise Unreadable("Body", "OperationHistoryData, items or an error")
    return _single(records, asked) if records else nothing(asked)


def _error(kind: str, name: str) -> Reading:
    reason = "rate_limited" if kind == LIMIT else "login" if _LOGIN.search(name) else "refused"
    return refused(kind, name, reason)


def _deep(element: _Element, path: str) -> str:
    return flat(element.findtext("/".join("{*}" + part for part in path.split("/"))))


def _single(records: list[_Element], asked: Asked) -> Reading:
    number = number_in(asked, _deep(records[0], "ItemParameters/Barcode"))
    destination = _deep(records[0], "AddressParameters/MailDirect/Code2A")
    return told([_parcel(number, map(_record, records), destination)], [], asked)


def _record(record: _Element) -> Event:
    kind, attribute = (_deep(record, f"OperationParameters/{part}/Id") for part in ("OperType", "OperAttr"))
    names = [_deep(record, f"OperationParameters/{part}/Name") for part in ("OperType", "OperAttr")]
    place = _deep(record, "AddressParameters/OperationAddress/Description")
    country = _deep(record, "AddressParameters/CountryOper/Code2A")
    where = ", ".join(filter(None, (place, country)))
    return _line(
        _office(_deep(record, "OperationParameters/OperDate")), kind, attribute, ". ".join(filter(None, names)), where
    )


def _batch(items: list[_Element], asked: Asked) -> Reading:
    """Items with their operations, or with an error of their own. Raises `Unreadable`."""
    parcels, missing, faults = [], [], []
    for item in items:
        number = number_of(item.get("Barcode"))
        rows = list(item.iter("{*}Operation", "{*}operation"))
        error = next(item.iter("{*}Error", "{*}error"), None)
        if rows:
            parcels.append(_parcel(number_in(asked, number), map(_operation, rows)))
        elif error is None or _UNKNOWN.search(error.get("ErrorName") or ""):
            missing.append(number)
        else:
            faults.append(_error(error.get("ErrorTypeID") or "", error.get("ErrorName") or ""))
    return faults[0] if faults and not parcels and not missing else told(parcels, missing, asked)


def _operation(row: _Element) -> Event:
    when = _office(dated(row.get("DateOper") or ""))
    kind, attribute = row.get("OperTypeID") or "", row.get("OperCtgID") or ""
    return _line(when, kind, attribute, row.get("OperName") or "", row.get("IndexOper") or "")


class _Row(Shape, frozen=True):
    date: Any = None
    human_status: str | None = None
    operation_type: Code = None
    operation_attr: Code = None
    city_name: str | None = None
    country_name: str | None = None
    description: str | None = None


class _Item(Shape, frozen=True):
    barcode: str | None = None
    tracking_history_item_list: list[_Row] | None = None


class _Entry(Shape, frozen=True):
    tracking_item: _Item | None = None


class _Fault(Shape, frozen=True):
    code: str | None = None
    description: str | None = None


class _Site(Shape, frozen=True):
    detailed_trackings: list[_Entry] | None = None
    listed: Any = field(default=None, name="list")
    response: Any = None
    error: _Fault | None = None


def _fits_site(body: Body) -> bool:
    keys = (b'"detailedTrackings"', b'"trackingItem"', b'"trackingHistoryItemList"', b'"error"')
    return body.data.lstrip()[:1] == b"{" and any(key in body.data for key in keys)


def _read_site(body: Body, asked: Asked) -> Reading:
    """`detailedTrackings`, in the years before `list` or `response`: one `trackingItem` a number.

    Raises `Unreadable`.
    """
    site = convert(body.json, _Site)
    raw = site.listed or site.response or []
    entries = site.detailed_trackings or [convert(e, _Entry) for e in raw if isinstance(e, dict)]
    parcels, missing = [], []
    for entry in entries:
        item = entry.tracking_item or _Item()
        if item.tracking_history_item_list:
            rows = map(_row, item.tracking_history_item_list)
            parcels.append(_parcel(number_in(asked, item.barcode), rows))
        else:
            missing.append(number_of(item.barcode))
    if parcels or missing:
        return told(parcels, missing, asked)
    if site.error and _UNKNOWN.search(site.error.description or ""):
        return nothing(asked)
    if site.error:
        return _error(site.error.code or "", site.error.description or "")
    raise Unreadable("detailedTrackings", "a tracking, or an error")


def _row(row: _Row) -> Event:
    when = _office(row.date) if isinstance(row.date, str) else epoch(row.date, "UTC")
    place = ", ".join(filter(None, (row.city_name or row.description, row.country_name)))
    return _line(when, plain(row.operation_type), plain(row.operation_attr), row.human_status or "", place)


SOURCE = Source(
    id="russianpost",
    name="Russian Post",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.pochta.ru",),
    readers=(
        Reader(name="operation history (XML)", fits=_fits_xml, read=_read_xml),
        Reader(name="by-barcodes", fits=_fits_site, read=_read_site),
        PAGE_FOR_DATA,
    ),
    clock="the office's wall clock, with its offset; the tickets name none and may be nine hours off",
    page="https://www.pochta.ru/tracking?barcode={number}",
    ask=ask,
    countries=("RU",),
)
