"""FedEx (`POSTS_AND_COURIERS.md` §23): the site's own answers of 2018 and since 2021, and those of `_fedex_other`.

The site refuses programs, so the user's own browser asks. Its page says "can't find that tracking number" of
refused calls too: nothing of that page is read.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answered, newest_of, number_of, refused, the_only
from parcelparsers.carriers._fedex_codes import CODES, meaning_of, parcel_of, status_of
from parcelparsers.carriers._fedex_other import CARD, SOAP, V1, unknown
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event, flat, joined
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

PAGE = "https://www.fedex.com/fedextrack/?trknbr={number}"


class _Scan(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    gmt_offset: str | None = None
    status: str | None = None
    status_cd: str | None = None
    scan_location: str | None = None
    scan_details: str | None = None
    clearance_delay: bool | None = None
    is_clearance_delay: bool | None = None
    del_exception: bool | None = None
    is_del_exception: bool | None = None


class _Fault(Shape, frozen=True):
    code: str | None = None
    message: str | None = None


class _Package(Shape, frozen=True):
    tracking_nbr: str | None = None
    key_status: str | None = None
    key_status_cd: str | None = None
    sub_status: str | None = None
    service_desc: str | None = None
    est_delivery_dt: str | None = None
    scan_event_list: list[_Scan] | None = None
    error_list: list[_Fault] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits(body: Body) -> bool:
    return body.is_json and (b'"packages"' in body.data or b'"TrackPackagesResponse"' in body.data)


def _listed(body: Body) -> list[object]:
    """The packages of either answer. Raises `Unreadable`."""
    top = body.json if isinstance(body.json, dict) else {}
    inner = top.get("output") or top.get("TrackPackagesResponse")
    if isinstance(inner, dict):
        found = inner["packages"] if "packages" in inner else inner.get("packageList")
        if isinstance(found, list):
            return found
    raise Unreadable("output.packages", "a list of packages")


def _read(body: Body, asked: Asked) -> Reading:
    """One package a number; an empty list says that FedEx knows none of them. Raises `Unreadable`."""
    packages = [convert(_keyed(raw), _Package, f"packages[{n}]") for n, raw in enumerate(_listed(body))]
    if not packages:
        return answered((), asked.numbers, nothing=True)
    parcels, missing, refusals = [], [], []
    for package in packages:
        number = number_of(package.tracking_nbr) or the_only(asked)
        fault = next((f for f in package.error_list or () if f.code not in (None, "", "0")), None)
        if package.scan_event_list or not fault:
            parcels.append(_parcel(number, package))
        elif unknown(fault.code, fault.message):
            missing.append(number)
        else:
            refusals.append(fault)
    if refusals and not parcels and not missing:
        return refused(refusals[0].code, refusals[0].message)
    return answered(newest_of(parcels), missing)


def _keyed(raw: object) -> object:
    """The code's keys end in two capitals (`statusCD`)."""
    if not isinstance(raw, dict):
        return raw
    rows = raw.get("scanEventList")
    if isinstance(rows, list):
        rows = [r | {"statusCd": r.get("statusCD")} if isinstance(r, dict) else r for r in rows]
    return raw | {"keyStatusCd": raw.get("keyStatusCD"), "scanEventList": rows}


def _parcel(number: str, package: _Package) -> Parcel:
    rows = [row for row in package.scan_event_list or () if row.status or row.date]
    status = status_of(package.key_status_cd, joined(package.key_status, package.sub_status))
    return parcel_of(
        number, [_event(row) for row in rows], status, eta=package.est_delivery_dt or "", service=package.service_desc
    )


def _event(row: _Scan) -> Event:
    """A scan at midnight without an offset was printed without a time."""
    timed = row.time and (row.gmt_offset or row.time != "00:00:00")
    when = stamp(f"{row.date}T{row.time}" if row.date and timed else row.date, row.gmt_offset or None)
    code, text = (row.status_cd or "").strip().upper(), flat(row.status)
    told = _flagged(row) or meaning_of(code, joined(text, row.scan_details))
    return event(when, text, told, code=code, place=flat(row.scan_location))


def _flagged(row: _Scan) -> Meaning | None:
    """What the scan's own switches say."""
    if row.clearance_delay or row.is_clearance_delay:
        return Meaning(State.CUSTOMS_HOLD, Leg.ARRIVED)
    if (row.del_exception or row.is_del_exception) and (row.status_cd or "") not in CODES:
        return Meaning(State.DELIVERY_FAILED, Leg.LOCAL)
    return None


SOURCE = Source(
    id="fedex",
    name="FedEx",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.fedex.com", "api.fedex.com"),
    readers=(Reader(name="packages", fits=_fits, read=_read), V1, SOAP, CARD, PAGE_FOR_DATA),
    clock="the wall clock of the place of the scan, with its offset in each event",
    page=PAGE,
    ask=ask,
)
