"""Nova Poshta and Nova Post, Ukraine (`POSTS_AND_COURIERS.md` §16): the international service, which is asked, the
domestic interface with one current status, and NP Shopping, which carries parcels of AliExpress. Of the status numbers
9 is seen; the others are general knowledge.
"""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, number_of, others, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import codes, not_known, weighed
from parcelparsers.carriers._printed_dates import dated, forecast
from parcelparsers.carriers._rows import Code, event, flat, plain
from parcelparsers.carriers._slavic import meaning
from parcelparsers.clock import epoch, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_STATUSES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "1"),
    (_S.EXCEPTION, Leg.ANNOUNCED, "2 105"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "4 41 12"),
    (_S.IN_TRANSIT, Leg.LOCAL, "5 6 104 112"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "101"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "7 8 14"),
    (_S.DELIVERED, Leg.FINAL, "9 10 11 106"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "102 103 111"),
)
"""`StatusCode`; beside those of the notes, those that the service documents for its clients."""
_UNKNOWN = "3"
_NO_NUMBER = "20001401442"
_STEPS = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "1-0"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "20 400"),
    (_S.IN_TRANSIT, Leg.CLEARED, "401 23"),
    (_S.IN_TRANSIT, Leg.LOCAL, "30"),
    (_S.DELIVERED, Leg.FINAL, "3-1"),
)
"""Codes of NP Shopping, as far as they were seen."""
_BOX = re.compile(r'class="status_text[^"]{0,80}">(.{0,400}?)</div>', re.S)


class _Document(Shape, frozen=True, rename="pascal"):
    number: Code = None
    status_code: Code = None
    status: str | None = None
    tracking_update_date: str | None = None
    date_scan: str | None = None
    recipient_date_time: str | None = None
    date_created: str | None = None
    scheduled_delivery_date: str | None = None
    city_sender: str | None = None
    city_recipient: str | None = None


class _Documents(Shape, frozen=True):
    success: bool
    data: list[_Document] | None = None
    errors: list[str] | None = None
    error_codes: list[str] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, to the international service."""
    return tuple(
        Request(url=f"https://api.novapost.com/site/v.1.0/shipments/tracking/{normalise(number)}")
        for number in asked.numbers
    )


def _fits_documents(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"success"' in body.data and b'"data"' in body.data


def _read_documents(body: Body, asked: Asked) -> Reading:
    """`getStatusDocuments`: one document a number. Raises `Unreadable`."""
    answer = decode(body, _Documents)
    if not answer.success or not answer.data:
        if _NO_NUMBER in (answer.error_codes or ()):
            return nothing(asked)
        if answer.success:
            raise Unreadable("data", "a document")
        return refused(next(iter(answer.error_codes or ()), ""), next(iter(answer.errors or ()), ""))
    unknown = [d for d in answer.data if plain(d.status_code) == _UNKNOWN]
    known = [d for d in answer.data if plain(d.status_code) != _UNKNOWN]
    return told([_document(d, asked) for d in known], [number_of(plain(d.number)) for d in unknown], asked)


def _document(given: _Document, asked: Asked) -> Parcel:
    """The current status as the only event, at the time at which it was set."""
    dates = (given.tracking_update_date, given.date_scan, given.recipient_date_time, given.date_created)
    day = next((d for d in dates if d and d.strip("0:- .")), "")
    known = weighed(_STATUSES.get(plain(given.status_code)), meaning(given.status or ""))
    there = known is not None and known.leg >= Leg.LOCAL
    newest = event(
        stamp(dated(day) if day else "", place="Europe/Kyiv"),
        given.status,
        known,
        code=plain(given.status_code),
        place=given.city_recipient if there else given.city_sender,
    )
    return concluded(
        Parcel(
            number=number_in(asked, plain(given.number)),
            eta=forecast(given.scheduled_delivery_date),
            unknown_codes=not_known([plain(given.status_code)], _STATUSES),
            events=(newest,),
        )
    )


class _Step(Shape, frozen=True):
    code: Code = None
    description: str | None = None
    date: Code = None
    country: str | None = None


class _Reference(Shape, frozen=True):
    num: str | None = None
    type: str | None = None


class _Address(Shape, frozen=True):
    country: str | None = None


class _Shopping(Shape, frozen=True, rename="lower"):
    waybill_number: str | None = None
    tracking_history: list[_Step] | None = None
    references: list[_Reference] | None = None
    pickup_address: _Address | None = None
    delivery_address: _Address | None = None
    result: str | None = None


def _fits_shopping(body: Body) -> bool:
    keys = (b'"tracking_history"', b'"search_hystory"', b'"waybill_number"')
    return body.data.lstrip()[:1] == b"{" and any(key in body.data for key in keys)


def _read_shopping(body: Body, asked: Asked) -> Reading:
    """The history as data, beside a piece of page; where nothing is known, the piece alone, with an empty status.

    Raises `Unreadable`.
    """
    answer = decode(body, _Shopping)
    if answer.tracking_history:
        return told([_shopped(answer, asked)], [], asked)
    box = _BOX.search(answer.result or "")
    if box and not flat(box[1]):
        return nothing(asked)
    raise Unreadable("tracking_history", "events, or an empty status in the piece of page")


def _shopped(answer: _Shopping, asked: Asked) -> Parcel:
    ways = [r.num for r in answer.references or () if r.type in ("Waybill number", "Last mile")]
    number = number_in(asked, answer.waybill_number, *ways)
    steps = answer.tracking_history or []
    return concluded(
        Parcel(
            number=number,
            aliases=others(number, answer.waybill_number, *ways),
            origin=answer.pickup_address.country if answer.pickup_address else None,
            destination=answer.delivery_address.country if answer.delivery_address else None,
            unknown_codes=not_known([plain(step.code) for step in steps], _STEPS),
            events=tuple(map(_step, steps)),
        )
    )


def _step(step: _Step) -> Event:
    known = _STEPS.get(plain(step.code)) or meaning(step.description or "")
    return event(epoch(step.date, "UTC"), step.description, known, code=plain(step.code), place=step.country)


class _Scan(Shape, frozen=True, rename="lower"):
    code: Code = None
    event_name: str | None = None
    date: str | None = None
    settlement_name: str | None = None


class _International(Shape, frozen=True, rename="lower"):
    number: str | None = None
    scheduled_delivery_date: str | None = None
    tracking: list[_Scan] | None = None


def _fits_international(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"tracking"' in body.data


def _read_international(body: Body, asked: Asked) -> Reading:
    """`tracking` with a scan each, in UTC. Raises `Unreadable`."""
    answer = decode(body, _International)
    if not answer.tracking:
        raise Unreadable("tracking", "scans")
    parcel = Parcel(
        number=number_in(asked, answer.number),
        eta=forecast(answer.scheduled_delivery_date),
        events=tuple(map(_scan, answer.tracking)),
    )
    return told([concluded(parcel)], [], asked)


def _scan(scan: _Scan) -> Event:
    """The words decide: the codes of this service are not described."""
    when = stamp(scan.date, place="UTC")
    return event(
        when, scan.event_name, meaning(scan.event_name or ""), code=plain(scan.code), place=scan.settlement_name
    )


SOURCE = Source(
    id="novaposhta",
    name="Nova Poshta",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("api.novapost.com",),
    readers=(
        Reader(name="getStatusDocuments", fits=_fits_documents, read=_read_documents),
        Reader(name="NP Shopping", fits=_fits_shopping, read=_read_shopping),
        Reader(name="international", fits=_fits_international, read=_read_international),
        PAGE_FOR_DATA,
    ),
    clock="Kyiv's wall clock; NP Shopping and the international service: instants",
    page="https://tracking.novaposhta.ua/#/uk/chat/messages/{number}",
    ask=ask,
    countries=("UA",),
)
