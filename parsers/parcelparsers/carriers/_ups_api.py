"""The data answers of UPS: the XML interface until 2024, its JSON successor and the site's own (`GetStatus`).

`POSTS_AND_COURIERS.md` §22; fields that neither the notes nor a known body have are general knowledge, checked against
no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._american_words import contradicted, meaning
from parcelparsers.carriers._answers import answered, number_of, refused, the_only
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat, joined
from parcelparsers.carriers._ups_codes import ACTIVITIES, BARS, TEXTS, TYPES, meaning_of
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading, State
from parcelparsers.typed import Shape, convert

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTHING_CODES = ("150022", "151018", "151044", "151045", "151062", "TV1002", "TW0001", "504")
_NOTHING = re.compile(
    r"invalid (?:tracking|inquiry) number|no (?:tracking )?information|not (?:be )?found|could not locate"
    r"|did not find|no match|unable to locate",
    re.I,
)


def unknown(code: str | None, text: str | None) -> bool:
    """Whether an error says that UPS does not know the number."""
    return (code or "").strip() in _NOTHING_CODES or bool(_NOTHING.search(flat(text)[:500]))


def line(
    when: Stamp, text: str, place: str, activity: str | None = None, number: str | None = None, kind: str | None = None
) -> Event:
    """One scan; `activity`, the `number` of its text and the `kind` are its codes, from narrow to broad."""
    told = meaning_of(activity, number, kind)
    if told and (activity or "").upper() not in ACTIVITIES:
        told = _refined(told, meaning(text))
    code = activity or number or kind
    return event(when, _cased(text), meaning(text, told), code=code, place=place)


def _refined(broad: Meaning, words: Meaning | None) -> Meaning:
    """The types "in transit" and "exception" cover much that the words tell apart; neither is ever a delivery."""
    if not words or words.state in (None, State.DELIVERED):
        return broad
    if broad.state is State.IN_TRANSIT:
        return words
    plain = words.state in (State.IN_TRANSIT, State.INFO_RECEIVED)
    return words if broad.state is State.EXCEPTION and not plain else broad


def _cased(text: str) -> str:
    return text if not text.isupper() else text.capitalize()


def parcel_of(
    number: str, events: list[Event], status: Meaning | None, *, eta: str = "", service: str | None = None
) -> Parcel:
    """The parcel of any UPS answer, its events newest first; `eta` as an ISO day. Raises `Unreadable`."""
    codes = (e.code for e in events if e.code and not _known(e.code) and e.state is None)
    parcel = Parcel(
        number=number,
        flags=contradicted((meaning_of(e.code, e.code, e.code), e.description) for e in events),
        service_line=flat(service) or None,
        unknown_codes=tuple(dict.fromkeys(codes)),
        events=tuple(events),
    )
    return concluded(parcel, status, eta=eta, newest_first=True, wall_clock=True)


def _known(code: str) -> bool:
    return code in ACTIVITIES or code in TYPES or (code.isdigit() and int(code) in TEXTS)


def _fits_xml(body: Body) -> bool:
    return body.is_html and b"TrackResponse" in body.data and b"ResponseStatus" in body.data


def _read_xml(body: Body, asked: Asked) -> Reading:
    """`TrackResponse` with packages, or an error. Raises `Unreadable`."""
    root = body.xml()
    packages = [(shipment, package) for shipment in root.iter("Shipment") for package in shipment.iter("Package")]
    if not packages:
        code, text = root.findtext(".//Error/ErrorCode"), root.findtext(".//Error/ErrorDescription")
        if unknown(code, text):
            return answered((), (the_only(asked),), nothing=True)
        if code or text:
            return refused(code, text)
    return answered(_wanted([_from_xml(*pair) for pair in packages], asked))


def _wanted(parcels: Iterable[Parcel], asked: Asked) -> list[Parcel]:
    """The packages that were asked for; one that travels under another number keeps it as an alias."""
    found = list(parcels)
    named = [p for p in found if p.number in asked.numbers]
    return named or found


def _from_xml(shipment: _Element, package: _Element) -> Parcel:
    number = number_of(package.findtext("TrackingNumber") or shipment.findtext("ShipmentIdentificationNumber"))
    forecast = package.findtext("RescheduledDeliveryDate") or shipment.findtext("ScheduledDeliveryDate") or ""
    return parcel_of(
        number,
        [_activity(row) for row in package.findall("Activity")],
        None,
        eta=shown(forecast),
        service=shipment.findtext("Service/Description"),
    )


def _activity(row: _Element) -> Event:
    def text(path: str) -> str:
        return flat(row.findtext(path))

    place = joined(*(text(f"ActivityLocation/Address/{part}") for part in ("City", "StateProvinceCode", "CountryCode")))
    when = stamp(shown(text("Date"), text("Time")))
    words = text("Status/StatusType/Description") or text("Status/Description")
    return line(when, words, place, text("Status/StatusCode/Code"), None, text("Status/StatusType/Code"))


class _Address(Shape, frozen=True):
    city: str | None = None
    state_province: str | None = None
    country: str | None = None
    country_code: str | None = None


class _Location(Shape, frozen=True):
    address: _Address | None = None


class _Status(Shape, frozen=True):
    type: str | None = None
    description: str | None = None
    code: str | None = None
    status_code: str | None = None


class _Activity(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    gmt_offset: str | None = None
    location: _Location | None = None
    status: _Status | None = None


class _Delivery(Shape, frozen=True):
    type: str | None = None
    date: str | None = None


class _Described(Shape, frozen=True):
    description: str | None = None
    code: str | None = None


class _Package(Shape, frozen=True):
    tracking_number: str | None = None
    activity: list[_Activity] | None = None
    delivery_date: list[_Delivery] | None = None
    current_status: _Described | None = None
    service: _Described | None = None


class _Warning(Shape, frozen=True):
    code: str | None = None
    message: str | None = None


class _Shipment(Shape, frozen=True):
    inquiry_number: str | None = None
    package: list[_Package] | None = None
    warnings: list[_Warning] | None = None


class _Body(Shape, frozen=True):
    shipment: list[_Shipment]


def _fits_json(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and ("trackResponse" in body.json or "response" in body.json)


def _read_json(body: Body, asked: Asked) -> Reading:
    """`trackResponse.shipment[]`, or `response.errors[]`. Raises `Unreadable`."""
    inner = body.json.get("response")
    if isinstance(inner, dict) and "errors" in inner:
        error = next(iter(convert(inner["errors"], list[_Warning], "response.errors")), _Warning())
        return _error(error, asked)
    shipments = convert(body.json.get("trackResponse"), _Body, "trackResponse").shipment
    parcels = [_package(s, p) for s in shipments for p in s.package or ()]
    if not parcels:
        return _error(next((w for s in shipments for w in s.warnings or ()), _Warning()), asked)
    return answered(_wanted(parcels, asked))


def _error(error: _Warning, asked: Asked) -> Reading:
    if unknown(error.code, error.message):
        return answered((), (the_only(asked),), nothing=True)
    if not error.code and not error.message:
        raise Unreadable("trackResponse", "a package or an error")
    return refused(error.code, error.message)


def _package(shipment: _Shipment, package: _Package) -> Parcel:
    forecasts = [d.date for d in package.delivery_date or () if d.type != "DEL" and d.date]
    now = package.current_status
    return parcel_of(
        number_of(package.tracking_number or shipment.inquiry_number),
        [_scan(row) for row in package.activity or ()],
        meaning(now.description or "", meaning_of(None, now.code)) if now else None,
        eta=shown(forecasts[-1]) if forecasts else "",
        service=package.service.description if package.service else None,
    )


def _scan(row: _Activity) -> Event:
    where = row.location.address if row.location and row.location.address else _Address()
    status = row.status or _Status()
    when = stamp(shown(row.date or "", row.time or ""), row.gmt_offset or None)
    place = joined(where.city, where.state_province, where.country or where.country_code)
    return line(when, flat(status.description), place, status.code, status.status_code, flat(status.type))


class _Progress(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    location: str | None = None
    activity_scan: str | None = None
    act_code: str | None = None
    gmt_date: str | None = None
    gmt_time: str | None = None
    gmt_offset: str | None = None


class _Details(Shape, frozen=True):
    tracking_number: str | None = None
    requested_tracking_number: str | None = None
    error_code: str | None = None
    error_text: str | None = None
    package_status: str | None = None
    package_status_type: str | None = None
    package_status_code: str | None = None
    progress_bar_type: str | None = None
    shipment_progress_activities: list[_Progress] | None = None


class _Site(Shape, frozen=True):
    track_details: list[_Details]


def _fits_site(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "trackDetails" in body.json


def _read_site(body: Body, asked: Asked) -> Reading:
    """`trackDetails[]`, one a number. Raises `Unreadable`."""
    parcels, missing = [], []
    details = convert(body.json, _Site).track_details
    for entry in details:
        number = number_of(entry.requested_tracking_number or entry.tracking_number) or the_only(asked)
        if not (entry.error_code or entry.error_text):
            parcels.append(_from_site(number, entry))
        elif unknown(entry.error_code, entry.error_text):
            missing.append(number)
    if details and not parcels and not missing:
        return refused(details[0].error_code, details[0].error_text)
    return answered(parcels, missing)


def _from_site(number: str, entry: _Details) -> Parcel:
    rows = [row for row in entry.shipment_progress_activities or () if row.activity_scan]
    told = meaning_of(None, entry.package_status_code, entry.package_status_type)
    status = BARS.get(entry.progress_bar_type or "") or meaning(entry.package_status or "", told)
    return parcel_of(number, [_progress(row) for row in rows], status)


def _progress(row: _Progress) -> Event:
    """The printed wall clock; the offset beside it counts, else the instant in GMT tells it.

    Raises `Unreadable`.
    """
    local = shown(row.date or "", row.time or "", day_first=_day_first(row))
    when = stamp(local, row.gmt_offset or None)
    if row.gmt_date and row.gmt_time and not row.gmt_offset and len(local) > 10:
        at = stamp(shown(row.gmt_date, row.gmt_time), "GMT").at
        when = Stamp(local, at, None, 0.0)
    return line(when, flat(row.activity_scan), flat(row.location), row.act_code)


def _day_first(row: _Progress) -> bool:
    """Figures are in the page's order: the day of the date in GMT beside it (`20240301`) tells which."""
    gmt = re.sub(r"\D", "", row.gmt_date or "")
    figures = re.findall(r"\d+", row.date or "")
    if len(gmt) != 8 or len(figures) < 3 or len(figures[0]) > 2:
        return False
    month_first = abs(int(figures[0]) * 31 + int(figures[1]) - int(gmt[4:6]) * 31 - int(gmt[6:]))
    day_first = abs(int(figures[1]) * 31 + int(figures[0]) - int(gmt[4:6]) * 31 - int(gmt[6:]))
    return day_first < month_first


XML = Reader(name="Track (XML)", fits=_fits_xml, read=_read_xml)
JSON = Reader(name="Track (JSON)", fits=_fits_json, read=_read_json)
SITE = Reader(name="GetStatus", fits=_fits_site, read=_read_site)
