"""CDEK (`POSTS_AND_COURIERS.md` §38): the account's status report in XML, and the order of API v2.

Both are answers to accounts; what the public page shows has no known body, so the user pastes what they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._aggregators import Snake
from parcelparsers.carriers._answers import answer, blocked, nothing, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import codes, not_known
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.typed import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "1 CREATED ACCEPTED"),
    (_S.EXCEPTION, Leg.ANNOUNCED, "2 REMOVED INVALID"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "3 RECEIVED_AT_SHIPMENT_WAREHOUSE"),
    (
        _S.IN_TRANSIT,
        Leg.ORIGIN,
        "6 7 16 17 19 20 21 22 13 27 28 READY_FOR_SHIPMENT_IN_SENDER_CITY SENT_TO_TRANSIT_CITY",
    ),
    (_S.IN_TRANSIT, Leg.ORIGIN, "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY RETURNED_TO_SENDER_CITY_WAREHOUSE"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "ACCEPTED_IN_TRANSIT_CITY ACCEPTED_AT_TRANSIT_WAREHOUSE ENTERED_TO_TRANSIT_WAREHOUSE"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "RETURNED_TO_TRANSIT_WAREHOUSE READY_FOR_SHIPMENT_IN_TRANSIT_CITY SENT_TO_SENDER_CITY"),
    (
        _S.IN_TRANSIT,
        Leg.ORIGIN,
        "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY ACCEPTED_IN_SENDER_CITY IN_CUSTOMS_INTERNATIONAL",
    ),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "8 SENT_TO_RECIPIENT_CITY SHIPPED_TO_DESTINATION PASSED_TO_TRANSIT_CARRIER"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "IN_CUSTOMS_LOCAL"),
    (_S.IN_TRANSIT, Leg.CLEARED, "CUSTOMS_COMPLETE"),
    (_S.IN_TRANSIT, Leg.LOCAL, "9 10 ACCEPTED_IN_RECIPIENT_CITY ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE"),
    (_S.IN_TRANSIT, Leg.LOCAL, "ENTERED_TO_RECIPIENT_CITY_WAREHOUSE"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "11 TAKEN_BY_COURIER"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "12 ACCEPTED_AT_PICK_UP_POINT ENTERED_TO_PICK_UP_POINT POSTOMAT_POSTED"),
    # The courier brought it back to the delivery stock; and "not delivered", after which it may go back.
    (_S.DELIVERY_FAILED, Leg.LOCAL, "18 RETURNED_TO_RECIPIENT_CITY_WAREHOUSE 5 NOT_DELIVERED POSTOMAT_SEIZED"),
    (_S.DELIVERED, Leg.FINAL, "4 DELIVERED POSTOMAT_RECEIVED"),
)
"""Numbers of the XML and names of API v2: the notes' list, and the names of CDEK's public status list."""
_NO_ORDER = "ERR_ORDERS_NOT_FOUND"
_NO_NUMBER = "ERR_INVALID_DISPATCHNUMBER"


class _Status(Snake, frozen=True):
    code: str | None = None
    name: str | None = None
    date_time: str | None = None
    city: str | None = None


class _Entity(Snake, frozen=True):
    cdek_number: str
    statuses: list[_Status] | None = None


class _Order(Snake, frozen=True):
    entity: _Entity | None = None


def _read_report(body: Body, asked: Asked) -> Reading:
    """`<StatusReport>` with its orders. Raises `Unreadable`."""
    root = body.xml()
    orders = list(root.iter("Order"))
    missing = [tidy(o.get("DispatchNumber")) for o in orders if o.get("ErrorCode") == _NO_NUMBER]
    parcels = [_parcel(o) for o in orders if not o.get("ErrorCode")]
    wrong = root.get("ErrorCode")
    if parcels or (missing and (not asked.numbers or any(n in asked.numbers for n in missing))):
        return answer(parcels, missing, asked)
    if wrong == _NO_ORDER:
        return nothing(asked)
    if wrong or orders:
        return blocked("refused", f"{wrong or ''} {root.get('Msg') or ''}")
    raise Unreadable("StatusReport", "an Order or an ErrorCode")


def _parcel(order: _Element) -> Parcel:
    """One order; its own number at the shop and the receiver's name are not read."""
    status = order.find("Status")
    rows = [] if status is None else list(status.findall("State")) or [status]
    return _concluded(order.get("DispatchNumber"), [_state(row) for row in rows])


def _concluded(number: str | None, events: list[Event]) -> Parcel:
    unknown = not_known([e.code for e in events], _CODES)
    parcel = Parcel(number=tidy(number), unknown_codes=unknown, events=tuple(events))
    if not parcel.events or not parcel.number:
        raise Unreadable("order", "its number and its states")
    return concluded(parcel)


def _state(row: _Element) -> Event:
    code = (row.get("Code") or "").strip()
    when = stamp(row.get("Date"))
    return event(when, row.get("Description"), _CODES.get(code), code=code, place=row.get("CityName"))


def _read_order(body: Body, asked: Asked) -> Reading:
    """The order of API v2. Raises `Unreadable`."""
    entity = decode(body, _Order).entity
    if entity is None:
        return blocked("refused", "requests without an entity")
    events = [
        event(stamp(s.date_time), flat(s.name), _CODES.get(s.code or ""), code=s.code, place=s.city)
        for s in entity.statuses or ()
    ]
    return answer([_concluded(entity.cdek_number, events)], [], asked)


SOURCE = Source(
    id="cdek",
    name="CDEK",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("www.cdek.ru",),
    readers=(
        Reader(name="status report", fits=lambda b: b.is_html and b"<StatusReport" in b.data[:1024], read=_read_report),
        Reader(name="API v2", fits=lambda b: b.is_json and b'"requests"' in b.data, read=_read_order),
    ),
    clock="an offset in each time; +00:00 and +03:00 are mixed",
    page="https://www.cdek.ru/ru/tracking?order_id={number}",
    countries=("RU", "BY", "KZ"),
)
