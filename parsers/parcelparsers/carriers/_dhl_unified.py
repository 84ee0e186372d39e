"""DHL's unified API (`POSTS_AND_COURIERS.md` §10)."""

from __future__ import annotations

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._dhl_codes import STATUSES, UNIFIED
from parcelparsers.carriers._meanings import Meaning, cautious, not_known
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import between
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Outcome, Parcel, Reading, State
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

_NO_SUCH = (400, 404)
"""404 is "no shipment with given tracking number", 400 what cannot be one (`title`: "Invalid input")."""


class _Address(Shape, frozen=True):
    country_code: str | None = None
    address_locality: str | None = None


class _Location(Shape, frozen=True):
    address: _Address | None = None


class _Row(Shape, frozen=True):
    timestamp: str | None = None
    location: _Location | None = None
    status_code: str | None = None
    status: str | None = None
    description: str | None = None


class _Frame(Shape, frozen=True):
    estimated_from: str | None = None
    estimated_through: str | None = None


class _Product(Shape, frozen=True):
    product_name: str | None = None


class _Details(Shape, frozen=True):
    product: _Product | None = None


class _Shipment(Shape, frozen=True):
    id: str
    status: _Row | None = None
    events: list[_Row] | None = None
    service: str | None = None
    origin: _Location | None = None
    destination: _Location | None = None
    estimated_time_of_delivery: str | None = None
    estimated_delivery_time_frame: _Frame | None = None
    details: _Details | None = None


class _Answer(Shape, frozen=True):
    shipments: list[_Shipment]


class _Problem(Shape, frozen=True):
    status: int
    title: str


def _fits(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "shipments" in body.json


def _read(body: Body, asked: Asked) -> Reading:
    """`shipments[]`. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if not answer.shipments:
        return nothing(asked)
    return found(*(_parcel(shipment, asked) for shipment in answer.shipments))


def _parcel(shipment: _Shipment, asked: Asked) -> Parcel:
    rows = shipment.events or ([shipment.status] if shipment.status else [])
    if not rows:
        raise Unreadable(f"shipment {shipment.id}", "events, or a status")
    contradicted = any(map(_contradicts, rows))
    parcel = settled(
        Parcel(
            number=the_number(shipment.id, asked),
            flags=(Flag.CODE_AND_WORDING_DISAGREE,) if contradicted else (),
            eta=_eta(shipment),
            service_line=_line(shipment),
            origin=_country(shipment.origin),
            destination=_country(shipment.destination),
            unknown_codes=not_known([row.status_code for row in rows], UNIFIED),
            events=tuple(map(_event, rows)),
        )
    )
    return agree(parcel, _meaning(shipment.status) if shipment.status else None)


def _words(row: _Row) -> Meaning | None:
    """The status word of the service counts before the sentence."""
    status = row.status or ""
    known = STATUSES.get(status.upper().replace(" ", "_"))
    return known or WORDS.of(row.description or "") or WORDS.of(status.replace("_", " "))


def _contradicts(row: _Row) -> bool:
    """Announced only, says the code, and the word says more: DHL's own sample is "pre-transit" and "DELIVERED"."""
    words = _words(row)
    return row.status_code == "pre-transit" and bool(words and words.state not in (None, State.INFO_RECEIVED))


def _meaning(row: _Row) -> Meaning | None:
    """The code, and the words where they say more of a parcel that is under way."""
    code, words = UNIFIED.get(row.status_code or ""), _words(row)
    if _contradicts(row):
        return Meaning(State.IN_TRANSIT, Leg.ACCEPTED)
    if code is None or code.state is None or words is None:
        return words
    if code.state is State.INFO_RECEIVED or words.state is None:
        return code
    if code.state is State.IN_TRANSIT and words.state in (State.INFO_RECEIVED, State.DELIVERED):
        return code
    return words if code.state in (State.IN_TRANSIT, State.DELIVERY_FAILED) else cautious(code, words)


def _event(row: _Row) -> Event:
    address = (row.location.address if row.location else None) or _Address()
    return event(
        stamp(row.timestamp),
        row.description or row.status,
        _meaning(row),
        code=row.status or row.status_code,
        place=", ".join(filter(None, (address.address_locality, address.country_code))),
    )


def _country(location: _Location | None) -> str | None:
    return location.address.country_code if location and location.address else None


def _line(shipment: _Shipment) -> str | None:
    product = shipment.details.product if shipment.details else None
    return (product.product_name if product else None) or shipment.service


def _eta(shipment: _Shipment) -> Eta | None:
    frame = shipment.estimated_delivery_time_frame or _Frame()
    first = frame.estimated_from or shipment.estimated_time_of_delivery
    return between(stamp(first), stamp(frame.estimated_through)) if first else None


def _fits_problem(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "title" in body.json and "status" in body.json


def _read_problem(body: Body, asked: Asked) -> Reading:
    """`{"title", "status", "detail"}`. Raises `Unreadable`."""
    problem = decode(body, _Problem)
    if problem.status in _NO_SUCH:
        return nothing(asked)
    return Reading(outcome=Outcome.BLOCKED, reason="refused", detail=f"{problem.status} {problem.title}"[:200])


UNIFIED_API = Reader(name="unified API", fits=_fits, read=_read)
UNIFIED_PROBLEM = Reader(name="unified API problem", fits=_fits_problem, read=_read_problem)
