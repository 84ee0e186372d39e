"""Royal Mail (`POSTS_AND_COURIERS.md` §2): the business interface, and the summary that the page loads behind a
captcha. Both say `mailPieces`; the page's answer has no history but its newest event.
"""

from __future__ import annotations

import re
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, others, refused, told
from parcelparsers.carriers._concluding import agree, concluded
from parcelparsers.carriers._meanings import Families, Meaning, codes, not_known, weighed
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import forecast
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.DELIVERED, Leg.FINAL, "EVKSP EVKSF"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "EVGPD"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "EVNDA"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "EVKNA"),
    (_S.IN_TRANSIT, Leg.LOCAL, "EVNSR EVODO"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "EVNMI"),
)
_WORDS = Families(
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"(?:ready|available) for (?:redelivery or |customer )?collection"),
    (_S.IN_TRANSIT, Leg.LOCAL, r"ready for delivery|(?:prepared|arranged|booked) for redelivery"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"due (?:to be delivered )?today|on its way to you"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"\A\W*(?:item )?(?:collected|received)\W*\Z|we.ve got it|item received"),
    (
        _S.INFO_RECEIVED,
        Leg.ANNOUNCED,
        r"sender (?:is )?preparing|(?:expecting|waiting) to receive|despatch(?:ing)? it to us",
    ),
)
"""Wordings that are Royal Mail's own; a scan "Collected" is an acceptance."""
_CATEGORIES = {
    "IN TRANSIT": Meaning(_S.IN_TRANSIT, Leg.ACCEPTED),
    "COLLECTED": Meaning(_S.DELIVERED, Leg.FINAL),
    "DELIVERED": Meaning(_S.DELIVERED, Leg.FINAL),
    "OUT FOR DELIVERY": Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "READY FOR DELIVERY": Meaning(_S.IN_TRANSIT, Leg.LOCAL),
    "DUE TODAY": Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "AVAILABLE FOR COLLECTION": Meaning(_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "READY FOR COLLECTION": Meaning(_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "ATTEMPTED DELIVERY": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "DELIVERY ATTEMPTED": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "NOT DELIVERED": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "RETURNED": Meaning(_S.RETURNED, Leg.LOCAL),
    "RETURN TO SENDER": Meaning(_S.RETURNED, Leg.LOCAL),
    "RETURNED TO SENDER": Meaning(_S.RETURNED, Leg.LOCAL),
}
"""`statusCategory`: here "Collected" means that the customer has it."""
_UNKNOWN = re.compile(
    r"n.t recogni[sz]ed|not (?:been )?(?:recogni[sz]ed|found)|invalid|no (?:tracking )?information", re.I
)
_NEVER = ("E0015",)


class _Summary(Shape, frozen=True):
    one_d_barcode: str | None = None
    product_name: str | None = None
    origin_country_code: str | None = None
    destination_country_code: str | None = None
    last_event_code: str | None = None
    last_event_name: str | None = None
    last_event_date_time: str | None = None
    last_event_location_name: str | None = None
    status_description: str | None = None
    status_category: str | None = None


class _Row(Shape, frozen=True):
    event_code: str | None = None
    event_name: str | None = None
    event_date_time: str | None = None
    location_name: str | None = None


class _Forecast(Shape, frozen=True):
    date: str | None = None


class _Fault(Shape, frozen=True):
    error_code: str | None = None
    error_description: str | None = None


class _Piece(Shape, frozen=True):
    mail_piece_id: str | None = None
    summary: _Summary | None = None
    events: list[_Row] | None = None
    estimated_delivery: _Forecast | None = None
    error: _Fault | None = None


class _Answer(Shape, frozen=True):
    mail_pieces: Any = None
    errors: list[_Fault] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The request of the page itself, which the site answers to people only."""
    return tuple(
        Request(url=f"https://api-web.royalmail.com/mailpieces/microsummary/v1/summary/{normalise(number)}")
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and any(key in body.json for key in ("mailPieces", "errors"))


def _read(body: Body, asked: Asked) -> Reading:
    """One piece, or a list of them; or errors. Raises `Unreadable`."""
    answer = convert(body.json, _Answer)
    pieces = answer.mail_pieces if isinstance(answer.mail_pieces, list) else [answer.mail_pieces]
    parcels, missing = [], []
    faults = list(answer.errors or ())
    for n, raw in enumerate(filter(None, pieces)):
        piece = convert(raw, _Piece, f"mailPieces[{n}]")
        if piece.error:
            faults.append(piece.error)
            missing += [number_of(piece.mail_piece_id)] if _unknown(piece.error) else []
        else:
            parcels.append(_parcel(piece, asked))
    if parcels or missing:
        return told(parcels, missing, asked)
    if not faults:
        raise Unreadable("mailPieces", "a piece or errors")
    if all(map(_unknown, faults)):
        return told([], [""], asked)
    return refused(faults[0].error_code, faults[0].error_description, "inconclusive")


def _unknown(fault: _Fault) -> bool:
    """E1142 is "isn't recognised" in the interface and "cannot currently confirm" on the page: the words decide."""
    return fault.error_code not in _NEVER and bool(_UNKNOWN.search(fault.error_description or ""))


def _parcel(piece: _Piece, asked: Asked) -> Parcel:
    summary = piece.summary or _Summary()
    rows = piece.events or [_newest(summary)]
    number = number_in(asked, piece.mail_piece_id, summary.one_d_barcode)
    parcel = Parcel(
        number=number,
        aliases=others(number, piece.mail_piece_id, summary.one_d_barcode),
        service_line=summary.product_name or None,
        origin=summary.origin_country_code or None,
        destination=summary.destination_country_code or None,
        eta=forecast(piece.estimated_delivery.date) if piece.estimated_delivery else None,
        unknown_codes=not_known([row.event_code for row in rows], _CODES),
        events=tuple(_event(row, summary) for row in rows if row.event_date_time or row.event_name),
    )
    own = _CATEGORIES.get((summary.status_category or "").strip().upper())
    if not parcel.events:
        parcel = agree(parcel, own or _words(summary.status_description or ""))
    return concluded(agree(concluded(parcel, newest_first=True), own))


def _newest(summary: _Summary) -> _Row:
    return _Row(
        summary.last_event_code,
        summary.last_event_name or summary.status_description,
        summary.last_event_date_time,
        summary.last_event_location_name,
    )


def _words(text: str) -> Meaning | None:
    return _WORDS.of(text) or meaning(text)


def _event(row: _Row, summary: _Summary) -> Event:
    """The newest event has a sentence for people in the summary, which is shown beside its name."""
    text, sentence = row.event_name or "", summary.status_description or ""
    if row.event_code and row.event_code == summary.last_event_code and sentence.lower() not in text.lower():
        text = f"{text} ({sentence})"
    known = weighed(_CODES.get(row.event_code or ""), _words(row.event_name or ""))
    return event(stamp(row.event_date_time), text, known, code=row.event_code, place=row.location_name)


SOURCE = Source(
    id="royalmail",
    name="Royal Mail",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("api-web.royalmail.com", "www.royalmail.com"),
    readers=(Reader(name="mailpieces", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the place of the scan, with its offset",
    page="https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    ask=ask,
    countries=("GB",),
)
