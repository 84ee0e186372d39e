"""Posti, Finland (`POSTS_AND_COURIERS.md` §29), from descriptions of the search behind its page: read where the user
has its answer, never asked, because each question needs a session of its own.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import number_of, refused, told
from parcelparsers.carriers._concluding import agree, concluded
from parcelparsers.carriers._meanings import Meaning, codes
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event, joined
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_MAIN = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "WAITING ORDER_RECEIVED"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "RECEIVED IN_TRANSPORT"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "IN_DELIVERY"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "READY_FOR_PICKUP"),
    (_S.DELIVERED, Leg.FINAL, "DELIVERED"),
    (_S.RETURNED, Leg.LOCAL, "RETURN_WAITING RETURN_IN_TRANSPORT RETURN_READY_FOR_PICKUP RETURN_DELIVERED"),
)
_CUSTOMS = Meaning(_S.CUSTOMS_HOLD, Leg.ARRIVED)
_ABROAD = "ULKOMAILLA"
"""Stands for the place of every scan outside Finland."""


class _Status(Shape, frozen=True):
    main: str | None = None
    sub_status: list[str] | None = None


class _Row(Shape, frozen=True):
    timestamp: str | None = None
    event_description: str | None = None
    reason_description: str | None = None
    city: str | None = None


class _Package(Shape, frozen=True):
    tracking_number: str | None = None


class _Hit(Shape, frozen=True):
    display_id: str
    events: list[_Row]
    status: _Status | None = None
    packages: list[_Package] | None = None


class _Search(Shape, frozen=True):
    total_hits: int
    hits: list[_Hit]


class _Data(Shape, frozen=True):
    consumer_search_shipments: _Search | None = None


class _Fault(Shape, frozen=True):
    message: str | None = None


class _Answer(Shape, frozen=True):
    data: _Data | None = None
    errors: list[_Fault] | None = None


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and (b'"consumerSearchShipments"' in body.data or b'"errors"' in body.data)


def _read(body: Body, asked: Asked) -> Reading:
    """Hits, one a shipment; nothing is `totalHits` 0. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    search = answer.data.consumer_search_shipments if answer.data else None
    if answer.errors:
        return refused("", answer.errors[0].message)
    if search is None or (search.total_hits == 0) != (not search.hits):
        raise Unreadable("consumerSearchShipments", "hits, or that there are none")
    return told(map(_parcel, search.hits), [] if search.hits else [""], asked)


def _parcel(hit: _Hit) -> Parcel:
    """A shipment of several parcels tells of none of them. Raises `Unreadable`."""
    number = number_of(hit.display_id)
    if not number or any(number_of(each.tracking_number) != number for each in hit.packages or ()):
        raise Unreadable("displayId", "a shipment of one parcel, under its number")
    own = _own(hit.status)
    return agree(concluded(Parcel(number=number, events=tuple(map(_event, hit.events))), own), own)


def _own(status: _Status | None) -> Meaning | None:
    main = status.main if status else None
    if status and main == "IN_TRANSPORT" and {"IN_CUSTOMS_PROCESS", "UNDECLARED"} & {*(status.sub_status or ())}:
        return _CUSTOMS
    return _MAIN.get(main or "")


def _event(row: _Row) -> Event:
    """The reason beside a scan is shown; what the scan means its own words say."""
    text = row.event_description or ""
    place = "" if row.city == _ABROAD else row.city
    return event(stamp(row.timestamp), joined(text, row.reason_description), meaning(text), place=place)


SOURCE = Source(
    id="posti",
    name="Posti",
    access=Access.PASTE,
    evidence=Evidence.DOCUMENTED,
    hosts=("www.posti.fi",),
    readers=(Reader(name="SearchShipments", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="offsets",
    page="https://www.posti.fi/seuranta/{number}",
    countries=("FI",),
)
