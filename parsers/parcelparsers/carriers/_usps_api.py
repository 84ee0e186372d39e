"""The answers of the two USPS interfaces: TrackV2 (XML, until 2025) and v3 (JSON), `POSTS_AND_COURIERS.md` §1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._american_words import contradicted, meaning
from parcelparsers.carriers._answers import answered, number_of, refused, the_only
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._printed_dates import printed, shown
from parcelparsers.carriers._rows import event, flat, joined
from parcelparsers.carriers._usps_codes import CATEGORIES, CODES, SILENT
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.typed import Shape, convert

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTHING_NUMBERS = ("-2147219301", "-2147219302", "-2147219283", "-2147219040", "-2147219284")
_NOTHING = re.compile(
    r"could not locate|not yet available|not been included|no (?:record|information|tracking)|not found"
    r"|not available|tracking number (?:may be )?in(?:correct|valid)|invalid tracking|duplicate",
    re.I,
)
_OFFSET = re.compile(r"[+-]\d\d:\d\d")


def status_of(*texts: str | None) -> Meaning | None:
    """What the status category says, else the words of the status."""
    low = [flat(text).lower() for text in texts if text]
    return next((CATEGORIES[t] for t in low if t in CATEGORIES), None) or next(filter(None, map(meaning, low)), None)


def parcel_of(
    number: str, events: list[Event], status: Meaning | None, eta: str = "", service: str | None = None
) -> Parcel:
    """The parcel of any USPS answer, its events newest first; `eta` as an ISO day. Raises `Unreadable`."""
    codes = (e.code for e in events if e.code and e.code not in CODES and e.code not in SILENT)
    parcel = Parcel(
        number=number,
        flags=contradicted((CODES.get(e.code or ""), e.description) for e in events),
        service_line=flat(re.sub(r"<[^>]{0,20}>[^<]{0,10}</[^>]{0,20}>", "", unescape(service or ""))) or None,
        unknown_codes=tuple(dict.fromkeys(codes)),
        events=tuple(events),
    )
    return concluded(parcel, status, eta=eta, newest_first=True, wall_clock=True)


def line(when: Stamp, text: str, code: str | None, place: str) -> Event:
    """One scan; an undated one keeps its place between its neighbours."""
    known = CODES.get(code or "")
    told = None if code in SILENT else meaning(text, known)
    return event(when, text, told, code=code, place=without_zip(place))


def without_zip(place: str) -> str:
    """A place without its ZIP code: nine digits name a house."""
    return re.sub(r"[ ,]{1,3}\d{5}(?:-?\d{4})?\Z", "", flat(place))


def _fits_xml(body: Body) -> bool:
    return body.is_html and (b"<TrackInfo" in body.data or (b"<Error>" in body.data and b"<Number>" in body.data))


def _read_xml(body: Body, asked: Asked) -> Reading:
    """`TrackResponse` with one `TrackInfo` a number, or one `Error` for all. Raises `Unreadable`."""
    root = body.xml()
    if root.tag == "Error":
        return _error(root, asked)
    parcels, missing, refusals = [], [], []
    for info in root.iter("TrackInfo"):
        number = number_of(info.get("ID")) or the_only(asked)
        error = info.find("Error")
        if error is None:
            parcels.append(_from_xml(number, info))
        elif _unknown(error.findtext("Number"), error.findtext("Description")):
            missing.append(number)
        else:
            refusals.append(error)
    if refusals and not parcels and not missing:
        return _error(refusals[0], asked)
    return answered(parcels, missing)


def _unknown(code: str | None, text: str | None) -> bool:
    return (code or "").strip() in _NOTHING_NUMBERS or bool(_NOTHING.search(flat(text)[:500]))


def _error(error: _Element, asked: Asked) -> Reading:
    code, text = error.findtext("Number"), error.findtext("Description")
    if _unknown(code, text):
        return answered((), (the_only(asked),), nothing=True)
    return refused(code, text)


def _from_xml(number: str, info: _Element) -> Parcel:
    rows = [*info.findall("TrackSummary"), *info.findall("TrackDetail")]
    forecast = info.findtext("ExpectedDeliveryDate") or info.findtext("PredictedDeliveryDate") or ""
    status = status_of(info.findtext("StatusCategory"), info.findtext("Status"))
    return parcel_of(number, [_row(row) for row in rows], status, shown(forecast), info.findtext("Class"))


def _row(row: _Element) -> Event:
    """Fields, or, in the oldest answers, one sentence that may hold a date."""
    text = row.findtext("Event")
    if text is None:
        sentence = flat("".join(map(str, row.itertext())))
        return line(stamp(_day_in(sentence)), sentence, None, "")
    when = stamp(shown(row.findtext("EventDate") or "", row.findtext("EventTime") or ""))
    place = joined(row.findtext("EventCity"), row.findtext("EventState"), row.findtext("EventCountry"))
    return line(when, text, flat(row.findtext("EventCode")).upper() or None, place)


def _day_in(sentence: str) -> str:
    try:
        return printed(sentence[:500])
    except Unreadable:
        return ""


class _Scan(Shape, frozen=True):
    event_type: str = ""
    event_timestamp: str | None = None
    event_city: str | None = None
    event_state: str | None = None
    event_country: str | None = None
    event_code: str | None = None
    offset: str | None = None


class _Parcel(Shape, frozen=True):
    tracking_number: str | None = None
    status: str | None = None
    status_category: str | None = None
    mail_class: str | None = None
    expected_delivery_date: str | None = None
    tracking_events: list[_Scan] | None = None


class _Error(Shape, frozen=True):
    code: str | None = None
    message: str | None = None


def _fits_json(body: Body) -> bool:
    return body.is_json and any(
        isinstance(e, dict) and ("trackingEvents" in e or "statusCategory" in e or "error" in e) for e in _entries(body)
    )


def _entries(body: Body) -> list[object]:
    return body.json if isinstance(body.json, list) else [body.json]


def _read_json(body: Body, asked: Asked) -> Reading:
    """One object a number, or a list of them, or an `error`. Raises `Unreadable`."""
    entries = [e for e in _entries(body) if isinstance(e, dict)]
    parcels = list(_parcels([e for e in entries if "error" not in e], asked))
    missing: list[str] = []
    for entry in entries:
        if "error" in entry:
            error = convert(entry["error"], _Error, "error")
            if not _unknown(error.code, error.message):
                return refused(error.code, error.message)
            missing.append(number_of(str(entry.get("trackingNumber") or "")) or the_only(asked))
    return answered(parcels, missing, nothing=bool(missing))


def _parcels(entries: list[dict[str, object]], asked: Asked) -> Iterator[Parcel]:
    for n, raw in enumerate(entries):
        entry = convert(_with_offsets(raw), _Parcel, f"[{n}]")
        number = number_of(entry.tracking_number) or the_only(asked)
        events = [_scan(scan) for scan in entry.tracking_events or ()]
        forecast = _day_in(entry.expected_delivery_date or "")
        yield parcel_of(number, events, status_of(entry.status_category, entry.status), forecast, entry.mail_class)


def _with_offsets(raw: dict[str, object]) -> dict[str, object]:
    """The offset's key is not in camel case (`GMTOffset`)."""
    rows = raw.get("trackingEvents")
    if not isinstance(rows, list):
        return raw
    return raw | {"trackingEvents": [r | {"offset": r.get("GMTOffset")} if isinstance(r, dict) else r for r in rows]}


def _scan(scan: _Scan) -> Event:
    offset = scan.offset if scan.offset and _OFFSET.fullmatch(scan.offset) else None
    place = joined(scan.event_city, scan.event_state, scan.event_country)
    code = flat(scan.event_code).upper() or None
    return line(stamp(scan.event_timestamp, offset), scan.event_type, code, place)


XML = Reader(name="TrackV2", fits=_fits_xml, read=_read_xml)
JSON = Reader(name="tracking v3", fits=_fits_json, read=_read_json)
