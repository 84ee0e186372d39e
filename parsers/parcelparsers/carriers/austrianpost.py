"""Austrian Post (`POSTS_AND_COURIERS.md` §31): the anonymous GraphQL of today, and the page of 2018."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._meanings import Meaning, cautious, codes
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import NO_DATE, dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_S = State

_SUMMARY = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "AV"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "AN"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "IV"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "IZ"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "EB"),
    (_S.RETURNED, Leg.LOCAL, "RE"),
    (_S.DELIVERED, Leg.FINAL, "ZU"),
)
_REASONS = codes(
    (_S.DELIVERED, Leg.FINAL, "ZA"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "BH BN HB NZ 2055 2065"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "EAW HO UPB 2034"),
)
"""`reasontypecode`; the status of a scan is coarser and may lag behind it."""
_SCANS = codes(
    (_S.IN_TRANSIT, Leg.ACCEPTED, "BNT AN"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "IV BEI PUG EXP"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "AZT"),
    (_S.RETURNED, Leg.LOCAL, "RU RE"),
)
_POSTCODE = re.compile(r"[;,]?\s*\bPLZ\b[ \w-]{0,20}")
_NOT_FOUND = re.compile(
    r"(?:keine|nicht) .{0,80}gefunden|no (?:shipments?|items?|results?) .{0,40}found|sendungsnummer .{0,40}ungültig",
    re.I,
)


class _Row(Shape, frozen=True, rename="camel"):
    timestamp: str | None = None
    status: str | None = None
    reasontypecode: str | None = None
    tracking_desc: str | None = None
    event_place_name: str | None = None


class _Parcel(Shape, frozen=True):
    sendungsnummer: str
    sendungs_events: list[_Row]
    status: str | None = None


class _Data(Shape, frozen=True):
    einzelsendung: _Parcel | None


class _Answer(Shape, frozen=True):
    data: _Data


def ask(asked: Asked) -> tuple[Request, ...]:
    """One query a number, of the fields that are read and no others."""
    return tuple(
        Request(
            url="https://api.post.at/sendungen/sv/graphqlPublic",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"query": _query(normalise(n))}).encode(),
        )
        for n in asked.numbers
    )


def _query(number: str) -> str:
    return (
        f'query {{ einzelsendung(sendungsnummer: "{number}") {{ sendungsnummer status sendungsEvents '
        "{ timestamp status reasontypecode trackingDesc eventPlaceName } } }"
    )


def _fits_data(body: Body) -> bool:
    return body.is_json and b'"einzelsendung"' in body.data


def _read_data(body: Body, asked: Asked) -> Reading:
    """`data.einzelsendung`; null: Austrian Post has none. Raises `Unreadable`."""
    answer = decode(body, _Answer).data.einzelsendung
    if answer is None:
        return nothing(asked)
    events = tuple(_event(row) for row in answer.sendungs_events if row.tracking_desc or row.status)
    own = _SUMMARY.get(answer.status or "")
    if not events and own is None:
        raise Unreadable("sendungsEvents", "events, or a known status")
    parcel = Parcel(
        number=the_number(answer.sendungsnummer, asked),
        unknown_codes=(answer.status,) if answer.status and own is None else (),
        events=events,
    )
    return found(agree(settled(parcel), own))


def _event(row: _Row) -> Event:
    meaning = _REASONS.get(row.reasontypecode or "")
    if meaning is None:
        words = WORDS.of(row.tracking_desc or "")
        meaning = words if words and words.state else _SCANS.get(row.status or "")
    code = "/".join(filter(None, (row.status, row.reasontypecode)))
    place = _POSTCODE.sub("", row.event_place_name or "")
    return event(stamp(row.timestamp, place="Europe/Vienna"), row.tracking_desc, meaning, code=code, place=place)


def _fits_page(body: Body) -> bool:
    return body.is_html


def _text(node: Tag) -> str:
    return " ".join(node.get_text(" ").split())


def _read_page(body: Body, asked: Asked) -> Reading:
    """The list under `.sendungsstatus-history`, newest first. Raises `Unreadable`."""
    page = body.html("div", "ul", "ol", "h4", "p", "b")
    lines = page.select(".sendungsstatus-history li") or page.select("ul.media-list-shipment li")
    events = [line for line in map(_line, lines) if line]
    if not events:
        if _NOT_FOUND.search(_text(page)):
            return nothing(asked)
        raise Unreadable("page", "a history (.sendungsstatus-history), or that there is none")
    head = page.select_one(".sendungsstatus-header")
    parcel = settled(Parcel(number=_number(page, asked), events=tuple(events)), newest_first=True)
    return found(agree(parcel, cautious(None, WORDS.of(_text(head))) if head else None))


def _number(page: BeautifulSoup, asked: Asked) -> str:
    """The number beside "Sendungsnummer", else the only one that was asked for."""
    label = page.find(string=re.compile(r"Sendungsnummer|shipment number|item number", re.I))
    beside = label.find_next("b") if label else None
    return the_number(" ".join(beside.get_text().split()) if beside else None, asked)


def _line(node: Tag) -> Event | None:
    text = _text(node).removeprefix("Datum:").strip()
    when = dated(text)
    if when == NO_DATE:
        return None
    strong = [_text(each) for each in node.find_all("b")]
    if not strong or strong[-1].startswith(("Datum", "Date")):
        strong = [text.partition(when[11:] or when[:4])[2]]
    said = _POSTCODE.sub("", strong[-1]).strip(" ;,")
    meaning = WORDS.of(said)
    return event(stamp(when, place=_place(meaning)), said, meaning)


def _place(meaning: Meaning | None) -> str:
    """The clock is Austria's once the item is there; before that it is the clock of an unnamed place."""
    return "Europe/Vienna" if meaning and meaning.leg >= Leg.ARRIVED else ""


SOURCE = Source(
    id="austrianpost",
    name="Austrian Post",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("api.post.at",),
    readers=(
        Reader(name="GraphQL", fits=_fits_data, read=_read_data),
        Reader(name="page of 2018", fits=_fits_page, read=_read_page),
    ),
    clock="the offset in each time; the page of 2018 without a zone",
    page="https://www.post.at/sv/sendungsdetails?snr={number}",
    ask=ask,
    countries=("AT",),
)
