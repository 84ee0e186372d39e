"""DPD (`POSTS_AND_COURIERS.md` §24): Germany's life cycle, the myDPD page of NL and CH, and myDPD's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._dpd_page import PAGE
from parcelparsers.carriers._meanings import Meaning, cautious, codes, not_known
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

_S = State

_STATUS = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "SHIPMENT ORDER_CREATED"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "ACCEPTED PARCEL_HANDED"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "AT_SENDING_DEPOT ON_THE_ROAD IN_TRANSIT"),
    (_S.IN_TRANSIT, Leg.LOCAL, "AT_DELIVERY_DEPOT AT_DELIVERY_CENTER"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "OUT_FOR_DELIVERY PARCEL_OUT_FOR_DELIVERY"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "PICKUP_POINT READY_FOR_PICKUP DELIVERED_TO_PICKUP_POINT"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "UNSUCCESSFUL_DELIVERY_ATTEMPT NOT_DELIVERED"),
    (_S.DELIVERED, Leg.FINAL, "DELIVERED PICKED_UP"),
    (_S.RETURNED, Leg.LOCAL, "RETURNED RETURNING"),
)
_ABROAD = 2.0
"""Hours that a scan in another country of the network may be off Germany's clock."""
_COUNTRY = re.compile(r"\(([A-Z]{2})\)")


class _Words(Shape, frozen=True):
    label: str | None = None
    content: list[str] | None = None


class _Step(Shape, frozen=True):
    status: str = ""
    label: str | None = None
    description: _Words | None = None
    status_has_been_reached: bool | None = None
    is_current_status: bool | None = None
    location: str | None = None
    date: str | None = None


class _Where(Shape, frozen=True):
    location: str | None = None


class _Scan(Shape, frozen=True):
    date: str | None = None
    scan_data: _Where | None = None
    scan_description: _Words | None = None


class _Scans(Shape, frozen=True):
    scan: list[_Scan] | None = None


class _Info(Shape, frozen=True):
    parcel_label_number: str | None = None
    product_name: str | None = None
    receiver_country_iso_code: str | None = None


class _Life(Shape, frozen=True):
    status_info: list[_Step] | None = None
    shipment_info: _Info | None = None
    scan_info: _Scans | None = None


class _Response(Shape, frozen=True):
    parcel_life_cycle_data: _Life | None


class _Cycle(Shape, frozen=True, rename=None):
    parcellifecycleResponse: _Response


class _Moment(Shape, frozen=True):
    description: str | None = None
    event_date_and_time: str | None = None
    event_date_and_time_zone_id: str | None = None
    city: str | None = None
    country_code: str | None = None


class _Mine(Shape, frozen=True):
    parcel_number: str
    parcel_history: list[_Moment]
    status: _Moment | None = None
    returning: bool | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(Request(url=f"https://tracking.dpd.de/rest/plc/en_DE/{normalise(n)}") for n in asked.numbers)


def _read_cycle(body: Body, asked: Asked) -> Reading:
    """The steps of the life cycle that were reached, the scans where there are any. Raises `Unreadable`."""
    life = decode(body, _Cycle).parcellifecycleResponse.parcel_life_cycle_data
    if life is None:
        return nothing(asked)
    info = life.shipment_info or _Info()
    steps = [step for step in life.status_info or () if step.status_has_been_reached or step.is_current_status]
    scans = list(map(_scan, (life.scan_info.scan if life.scan_info else None) or ()))
    events = scans or [_event(step) for step in steps]
    if not events:
        raise Unreadable("parcelLifeCycleData", "a step that was reached")
    listed: list[str | None] = [step.status for step in steps]
    parcel = Parcel(
        number=the_number(info.parcel_label_number, asked),
        service_line=info.product_name or None,
        destination=info.receiver_country_iso_code or None,
        unknown_codes=not_known(listed, _STATUS),
        events=tuple(events),
    )
    return found(agree(settled(parcel), _current(steps)))


def _current(steps: list[_Step]) -> Meaning | None:
    step = next((step for step in steps if step.is_current_status), steps[-1] if steps else None)
    return _meaning(step) if step else None


def _meaning(step: _Step) -> Meaning | None:
    return cautious(_STATUS.get(step.status), WORDS.of(" ".join(_texts(step))))


def _texts(step: _Step) -> Iterator[str]:
    yield step.label or ""
    yield from (step.description.content if step.description else None) or ()


def _event(step: _Step) -> Event:
    return event(_time(step.date), step.label or step.status, _meaning(step), code=step.status, place=step.location)


def _scan(row: _Scan) -> Event:
    words = row.scan_description or _Words()
    text = ", ".join(words.content or ()) or words.label
    place = row.scan_data.location if row.scan_data else None
    return event(_time(row.date, place), text, WORDS.of(text or ""), place=place)


def _time(text: str | None, place: str | None = None) -> Stamp:
    """Germany's clock; a scan elsewhere, or at an unnamed place, may be off."""
    country = _COUNTRY.search(place or "")
    off = 0.0 if country and country[1] == "DE" else _ABROAD
    return stamp(dated(text) if text else None, place="Europe/Berlin", uncertain=off)


def _read_mine(body: Body, asked: Asked) -> Reading:
    """`parcelHistory[]` of myDPD, each time with its zone. Raises `Unreadable`."""
    answer = decode(body, _Mine)
    rows = answer.parcel_history or ([answer.status] if answer.status else [])
    if not rows:
        raise Unreadable("parcelHistory", "events")
    parcel = Parcel(
        number=the_number(answer.parcel_number, asked),
        unknown_codes=not_known([row.description for row in rows], _STATUS),
        events=tuple(map(_moment, rows)),
    )
    own = _mine(answer.status.description if answer.status else None)
    if answer.returning:
        own = _STATUS["RETURNED"]
    return found(agree(settled(parcel), own))


def _mine(code: str | None) -> Meaning | None:
    return _STATUS.get(code or "") or WORDS.of((code or "").replace("_", " "))


def _moment(row: _Moment) -> Event:
    return event(
        stamp(row.event_date_and_time, row.event_date_and_time_zone_id),
        (row.description or "").replace("_", " ").capitalize(),
        _mine(row.description),
        code=row.description,
        place=", ".join(filter(None, (row.city, row.country_code))),
    )


SOURCE = Source(
    id="dpd",
    name="DPD",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("tracking.dpd.de", "www.dpdgroup.com"),
    readers=(
        Reader(
            name="life cycle",
            fits=lambda body: body.is_json and b'"parcellifecycleResponse"' in body.data[:200],
            read=_read_cycle,
        ),
        Reader(name="myDPD data", fits=lambda body: body.is_json and b'"parcelHistory"' in body.data, read=_read_mine),
        PAGE,
    ),
    clock="Germany's wall clock; the page of NL and CH prints days only",
    page="https://tracking.dpd.de/status/en_DE/parcel/{number}",
    ask=ask,
    countries=(
        "DE",
        "NL",
        "CH",
        "AT",
        "BE",
        "LU",
        "FR",
        "PL",
        "CZ",
        "SK",
        "HU",
        "SI",
        "HR",
        "EE",
        "LV",
        "LT",
        "IE",
        "PT",
    ),
)
