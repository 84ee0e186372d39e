"""Hermes in Germany (`POSTS_AND_COURIERS.md` §26): the recipients' service, old and new, and the senders' one."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._hermes_de_codes import CODES, NUMBERS, SILENT
from parcelparsers.carriers._meanings import cautious, not_known
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert, decode
from parcelparsers.walls import PAGE_FOR_DATA


class _Step(Shape, frozen=True):
    timestamp: str | None = None
    status: str | None = None
    parcel_status: str | None = None
    status_history_text: str | None = None
    history_text: str | None = None


class _Now(Shape, frozen=True):
    parcel_status: str | None = None


class _Details(Shape, frozen=True):
    parcel_history: list[_Step]
    status: _Now | None = None
    barcode: str | None = None


class _Traits(Shape, frozen=True):
    delivered: bool | None = None


class _Found(Shape, frozen=True):
    barcode: str
    parcel_progress: list[_Step]
    parcel_attributes: _Traits | None = None


class _Unit(Shape, frozen=True):
    city: str | None = None
    country_code: str | None = None


class _Scan(Shape, frozen=True):
    timestamp: str | None = None
    code: str | None = None
    description: str | None = None
    scanning_unit: _Unit | None = None


class _Forecast(Shape, frozen=True):
    date: str | None = None


class _Shipment(Shape, frozen=True, rename={"shipment_id": "shipmentID", "delivery_forecast": "deliveryForecast"}):
    status: list[_Scan]
    shipment_id: str | None = None
    delivery_forecast: _Forecast | None = None


class _Shipments(Shape, frozen=True):
    shipmentinfo: list[_Shipment]


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    base = "https://api.my-deliveries.de/tnt/parcelservice/parceldetails"
    return tuple(Request(url=f"{base}/{normalise(n)}") for n in asked.numbers)


def _fits_details(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "parcelHistory" in body.json


def _fits_search(body: Body) -> bool:
    if not body.is_json or not isinstance(body.json, list):
        return False
    return not body.json or any(isinstance(each, dict) and "parcelProgress" in each for each in body.json)


def _read_details(body: Body, asked: Asked) -> Reading:
    """`parcelHistory[]`; steps that are still to come have no time. Raises `Unreadable`."""
    answer = decode(body, _Details)
    steps = [step for step in answer.parcel_history if step.timestamp]
    status = answer.status.parcel_status if answer.status else None
    return found(_parcel(the_number(answer.barcode, asked), steps, status))


def _read_search(body: Body, asked: Asked) -> Reading:
    """`[{barcode, parcelProgress[]}]`; an empty list is nothing. Raises `Unreadable`."""
    entries = convert(body.json, list[_Found])
    if not entries:
        return nothing(asked)
    return found(*(_found(entry, asked) for entry in entries))


def _found(entry: _Found, asked: Asked) -> Parcel:
    traits = entry.parcel_attributes or _Traits()
    steps = [step for step in entry.parcel_progress if step.timestamp]
    parcel = _parcel(the_number(entry.barcode, asked), steps, None)
    return agree(parcel, CODES["DELIVERED"] if traits.delivered else None)


def _parcel(number: str, steps: list[_Step], status: str | None) -> Parcel:
    """The history; the status field of the whole parcel counts where it is known."""
    listed = [_code(step) for step in steps]
    events = tuple(_event(step) for step in steps)
    own = CODES.get(status or "")
    if not events and own is None:
        raise Unreadable(f"parcel {number}", "a history, or a known status")
    unknown = tuple(code for code in not_known([*listed, status], CODES) if not code.startswith(SILENT))
    return agree(settled(Parcel(number=number, unknown_codes=unknown, events=events)), own)


def _code(step: _Step) -> str | None:
    return step.parcel_status or step.status


def _event(step: _Step) -> Event:
    code = _code(step) or ""
    text = step.status_history_text or step.history_text or code.replace("_", " ").capitalize()
    return event(stamp(step.timestamp, place="Europe/Berlin"), text, CODES.get(code), code=code)


def _read_shipments(body: Body, asked: Asked) -> Reading:
    """`shipmentinfo[].status[]` of the senders' service. Raises `Unreadable`."""
    answer = decode(body, _Shipments)
    if not answer.shipmentinfo:
        return nothing(asked)
    return found(*(_shipment(entry, asked) for entry in answer.shipmentinfo))


def _shipment(entry: _Shipment, asked: Asked) -> Parcel:
    events = tuple(map(_scan, entry.status))
    if not events:
        raise Unreadable("shipmentinfo", "events")
    listed: list[str | None] = [row.code for row in entry.status]
    done = any(row.state in (State.DELIVERED, State.RETURNED) for row in events)
    return settled(
        Parcel(
            number=the_number(entry.shipment_id, asked),
            eta=None if done else _eta(entry.delivery_forecast),
            unknown_codes=not_known(listed, NUMBERS),
            events=events,
        )
    )


def _eta(forecast: _Forecast | None) -> Eta | None:
    day = stamp(forecast.date if forecast else None).local_time[:10]
    return Eta(earliest=day, latest=day) if day else None


def _scan(row: _Scan) -> Event:
    unit = row.scanning_unit or _Unit()
    return event(
        stamp(row.timestamp, place="Europe/Berlin"),
        row.description,
        cautious(NUMBERS.get(row.code or ""), WORDS.of(row.description or "")),
        code=row.code,
        place=", ".join(filter(None, (unit.city, unit.country_code))),
    )


def _fits_nothing(body: Body) -> bool:
    return body.is_json and body.status == 404


def _read_nothing(body: Body, asked: Asked) -> Reading:
    """The service's own 404, in JSON: unknown, or too old."""
    return nothing(asked)


SOURCE = Source(
    id="hermes_de",
    name="Hermes (Germany)",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("api.my-deliveries.de",),
    readers=(
        Reader(name="parcel details", fits=_fits_details, read=_read_details),
        Reader(name="search", fits=_fits_search, read=_read_search),
        Reader(name="shipment info", fits=lambda body: b'"shipmentinfo"' in body.data[:200], read=_read_shipments),
        Reader(name="unknown", fits=_fits_nothing, read=_read_nothing),
        PAGE_FOR_DATA,
    ),
    clock="the offset in each time, Germany's clock without one",
    page="https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{number}",
    ask=ask,
    countries=("DE",),
)
