"""FedEx answers that are not the site's own: the SOAP TrackService (retired), the interface that follows it (v1), and
the search engine's tracking card of 2022. `POSTS_AND_COURIERS.md` §23; of v1 only a "not found" is known, its other
fields are general knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import answered, newest_of, number_of, refused, the_only
from parcelparsers.carriers._fedex_codes import meaning_of, parcel_of, status_of
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat, is_page, joined
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.typed import Shape, convert

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTHING_CODES = ("9040", "9041", "6035", "TRACKING.TRACKINGNUMBER.NOTFOUND", "TRACKING.TRACKINGNUMBER.INVALID")
_NOTHING = re.compile(r"cannot be found|could not be found|not found|no record|invalid tracking", re.I)


def unknown(code: str | None, text: str | None) -> bool:
    """Whether an error says that FedEx does not know the number."""
    return (code or "").strip() in _NOTHING_CODES or bool(_NOTHING.search(flat(text)[:500]))


def _fits_soap(body: Body) -> bool:
    return body.is_html and b"TrackReply" in body.data


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of these names, whatever the name space: it has the version of the service in it."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if _name(e) == name), None)
    return element


def _text(element: _Element | None, *path: str) -> str:
    found = _child(element, *path)
    return flat(found.text) if found is not None else ""


def _read_soap(body: Body, asked: Asked) -> Reading:
    """`TrackReply` of any version, with one `TrackDetails` a shipment. Raises `Unreadable`."""
    root = body.xml()
    parcels, missing, refusals = [], [], []
    for details in (e for e in root.iter() if _name(e) == "TrackDetails"):
        number = number_of(_text(details, "TrackingNumber")) or the_only(asked)
        fault = _fault(details)
        if fault is None:
            parcels.append(_from_soap(number, details))
        elif unknown(*fault):
            missing.append(number)
        else:
            refusals.append(fault)
    if not parcels and not missing:
        fault = refusals[0] if refusals else _reply_fault(root)
        if fault is None:
            raise Unreadable("TrackReply", "details or an error")
        return answered((), (the_only(asked),), nothing=True) if unknown(*fault) else refused(*fault)
    return answered(newest_of(parcels), missing)


def _fault(parent: _Element) -> tuple[str, str] | None:
    for note in (e for e in parent if _name(e) in ("Notification", "Notifications")):
        if _text(note, "Severity") in ("ERROR", "FAILURE"):
            return _text(note, "Code"), _text(note, "Message")
    return None


def _reply_fault(root: _Element) -> tuple[str, str] | None:
    replies = (e for e in root.iter() if _name(e) in ("TrackReply", "CompletedTrackDetails"))
    return next(filter(None, map(_fault, replies)), None)


def _from_soap(number: str, details: _Element) -> Parcel:
    code = _text(details, "StatusDetail", "Code") or _text(details, "StatusCode")
    text = _text(details, "StatusDetail", "Description") or _text(details, "StatusDescription")
    return parcel_of(
        number,
        [_soap_scan(row) for row in details if _name(row) == "Events"],
        status_of(code, text),
        eta=_text(details, "EstimatedDeliveryTimestamp"),
        service=_text(details, "Service", "Description") or _text(details, "ServiceInfo"),
    )


def _soap_scan(row: _Element) -> Event:
    parts = (_text(row, "Address", part) for part in ("City", "StateOrProvinceCode", "CountryCode"))
    code, text = _text(row, "EventType").upper(), _text(row, "EventDescription")
    details = _text(row, "StatusExceptionDescription")
    told = meaning_of(code, f"{text} {details}" if details else text)
    return event(stamp(_text(row, "Timestamp")), text, told, code=code, place=joined(*parts))


class _Place(Shape, frozen=True):
    city: str | None = None
    state_or_province_code: str | None = None
    country_code: str | None = None


class _Scan(Shape, frozen=True):
    date: str | None = None
    event_type: str | None = None
    event_description: str | None = None
    exception_description: str | None = None
    scan_location: _Place | None = None


class _Status(Shape, frozen=True):
    code: str | None = None
    derived_code: str | None = None
    description: str | None = None


class _When(Shape, frozen=True):
    type: str | None = None
    date_time: str | None = None


class _Service(Shape, frozen=True):
    description: str | None = None


class _Fault(Shape, frozen=True):
    code: str | None = None
    message: str | None = None


class _Result(Shape, frozen=True):
    error: _Fault | None = None
    latest_status_detail: _Status | None = None
    date_and_times: list[_When] | None = None
    scan_events: list[_Scan] | None = None
    service_detail: _Service | None = None


class _Complete(Shape, frozen=True):
    tracking_number: str | None = None
    track_results: list[_Result] | None = None


class _Output(Shape, frozen=True):
    complete_track_results: list[_Complete]


def _fits_v1(body: Body) -> bool:
    return body.is_json and (b'"completeTrackResults"' in body.data or _errors(body) is not None)


def _errors(body: Body) -> list[object] | None:
    found = body.json.get("errors") if isinstance(body.json, dict) else None
    return found if isinstance(found, list) and found else None


def _read_v1(body: Body, asked: Asked) -> Reading:
    """`output.completeTrackResults[].trackResults[]`, or `errors[]`. Raises `Unreadable`."""
    if (errors := _errors(body)) is not None:
        fault = convert(errors[0], _Fault, "errors[0]")
        return (
            answered((), (the_only(asked),), nothing=True)
            if unknown(fault.code, fault.message)
            else refused(fault.code, fault.message)
        )
    output = body.json.get("output") if isinstance(body.json, dict) else None
    parcels, missing, refusals = [], [], []
    for entry in convert(output, _Output, "output").complete_track_results:
        number = number_of(entry.tracking_number) or the_only(asked)
        for result in entry.track_results or ():
            if not result.error:
                parcels.append(_from_v1(number, result))
            elif unknown(result.error.code, result.error.message):
                missing.append(number)
            else:
                refusals.append(result.error)
    if refusals and not parcels and not missing:
        return refused(refusals[0].code, refusals[0].message)
    return answered(newest_of(parcels), missing)


def _from_v1(number: str, result: _Result) -> Parcel:
    status = result.latest_status_detail or _Status()
    forecast = next((w.date_time for w in result.date_and_times or () if w.type == "ESTIMATED_DELIVERY"), None)
    return parcel_of(
        number,
        [_v1_scan(scan) for scan in result.scan_events or ()],
        status_of(status.derived_code or status.code, status.description),
        eta=forecast or "",
        service=result.service_detail.description if result.service_detail else None,
    )


def _v1_scan(scan: _Scan) -> Event:
    where = scan.scan_location or _Place()
    code, text = (scan.event_type or "").upper(), flat(scan.event_description)
    told = meaning_of(code, joined(text, scan.exception_description))
    place = joined(where.city, where.state_or_province_code, where.country_code)
    return event(stamp(scan.date), text, told, code=code, place=place)


def _fits_card(body: Body) -> bool:
    return is_page(body) and b"rpt_se" in body.data


_YEAR = re.compile(r"\b(20\d\d)\b")


def _read_card(body: Body, asked: Asked) -> Reading:
    """The card's table of date, time, place and status, in the language of the viewer's country. It names no
    number, so it is about the only one that was asked for. The year stands in the first line alone.

    Raises `Unreadable`.
    """
    page = body.html("div", "table")
    headline = page.select_one(".b_focusTextSmall")
    head = flat(headline.get_text(" ")) if headline else ""
    rows = [[flat(cell.get_text(" ")) for cell in row.find_all("td")] for row in page.select("table.rpt_se tr")]
    events = list(_card_events([row for row in rows if len(row) == 4], head))
    state = page.select_one(".pr-tr-currentState")
    text = re.sub(r"\APackage current status", "", flat(state.get_text(" ")) if state else "").strip()
    return answered((parcel_of(the_only(asked), events, status_of(None, text)),))


def _card_events(rows: list[list[str]], head: str) -> Iterator[Event]:
    """Newest first: a later month further down belongs to the year before."""
    found = _YEAR.search(head)
    year = int(found[1]) if found else None
    above = ""
    for day, time, place, text in rows:
        local = shown(day, time, year=year) if year else ""
        if year and above and local[5:10] > above:
            year -= 1
            local = shown(day, time, year=year)
        above = local[5:10]
        yield event(stamp(local), text, meaning_of("", text), place=place)


SOAP = Reader(name="TrackService", fits=_fits_soap, read=_read_soap)
V1 = Reader(name="track v1", fits=_fits_v1, read=_read_v1)
CARD = Reader(name="tracking card", fits=_fits_card, read=_read_card)
