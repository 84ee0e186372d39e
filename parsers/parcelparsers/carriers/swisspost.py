"""Swiss Post (`POSTS_AND_COURIERS.md` §30): the data behind today's page, and EasyTrack of 2016.

Today's data takes four calls on one session, so it is read from what the user's browser shows, not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._meanings import Meaning, not_known
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import between, dated
from parcelparsers.carriers._rows import event
from parcelparsers.carriers._swisspost_codes import CODES, EASYTRACK, GLOBAL
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Leg, Parcel, Reading
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert

if TYPE_CHECKING:
    from bs4 import Tag

_NOT_FOUND = re.compile(
    r"search was unsuccessful|suche war leider (?:erfolglos|nicht erfolgreich)|keine (?:sendung|resultate)"
    r"|recherche (?:est restée|.{0,40}infructueuse)|ricerca .{0,40}(?:esito|successo)",
    re.I,
)
_EASY_CODE = re.compile(r"\b(?:ITM_[A-Z]{3}|[A-Z]{2,6}(?:_[A-Z]{2,6}){0,2})_\d[\d_]{0,12}\b")


class _Row(Shape, frozen=True):
    event_code: str = ""
    timestamp: str | None = None
    city: str | None = None
    description: str | None = None


class _Range(Shape, frozen=True):
    start: str | None = None
    end: str | None = None


class _Shipment(Shape, frozen=True):
    shipment_number: str | None = None
    international_barcode: str | None = None
    global_status: str | None = None
    delivery_range: _Range | None = None
    recipient_country: str | None = None


class _Whole(Shape, frozen=True):
    shipment: _Shipment | None = None
    events: list[_Row] | None = None
    translations: dict[str, str] | None = None


def _is_row(item: Any) -> bool:
    return isinstance(item, dict) and "eventCode" in item


def _is_shipment(item: Any) -> bool:
    return isinstance(item, dict) and "globalStatus" in item


def _fits_data(body: Body) -> bool:
    if not body.is_json:
        return False
    raw = body.json
    if isinstance(raw, list):
        return not raw or any(_is_row(item) or _is_shipment(item) for item in raw)
    return _is_shipment(raw) or _is_shipment(raw.get("shipment")) or "events" in raw


def _read_data(body: Body, asked: Asked) -> Reading:
    """A list of events, a list of shipments, one shipment, or both together; an empty list is nothing.

    Raises `Unreadable`.
    """
    raw = body.json
    if raw == []:
        return nothing(asked)
    if isinstance(raw, list) and _is_row(raw[0]):
        return found(_parcel(_Whole(events=convert(raw, list[_Row])), asked))
    if isinstance(raw, list):
        return found(*(_parcel(_Whole(shipment=one), asked) for one in convert(raw, list[_Shipment])))
    if _is_shipment(raw):
        return found(_parcel(_Whole(shipment=convert(raw, _Shipment)), asked))
    return found(_parcel(convert(raw, _Whole), asked))


def _parcel(whole: _Whole, asked: Asked) -> Parcel:
    shipment = whole.shipment or _Shipment()
    rows = whole.events or []
    own = GLOBAL.get(shipment.global_status or "")
    if not rows and own is None:
        raise Unreadable("shipment", "events, or a known status")
    parcel = settled(
        Parcel(
            number=_number(shipment, asked),
            eta=_eta(shipment.delivery_range),
            destination=shipment.recipient_country or None,
            unknown_codes=not_known([_short(row.event_code) for row in rows], CODES),
            events=tuple(_event(row, whole.translations or {}) for row in rows),
        )
    )
    # The newest event overrides the status of the shipment, which lags behind it: but for a return.
    returned = own is not None and shipment.global_status == "RETURNED"
    return agree(parcel, own) if parcel.state is None or returned else parcel


def _number(shipment: _Shipment, asked: Asked) -> str:
    for printed_number in (shipment.international_barcode, shipment.shipment_number):
        if printed_number and (number := the_number(printed_number, asked)) in asked.numbers:
            return number
    return the_number(shipment.shipment_number or shipment.international_barcode, asked)


def _short(code: str) -> str:
    """`PARCEL.*.1.1003` is 1003."""
    return code.rpartition(".")[2]


def _event(row: _Row, translations: dict[str, str]) -> Event:
    short = _short(row.event_code)
    text = row.description or next((words for key, words in translations.items() if row.event_code in key), None)
    meaning = CODES.get(short) or WORDS.of(text or "")
    return event(stamp(row.timestamp), text or short, meaning, code=short, place=row.city)


def _eta(days: _Range | None) -> Eta | None:
    return between(stamp(days.start), stamp(days.end)) if days and days.start else None


def _fits_page(body: Body) -> bool:
    return body.is_html


def _text(node: Tag | None) -> str:
    return " ".join(node.get_text(" ").split()) if node else ""


def _read_page(body: Body, asked: Asked) -> Reading:
    """EasyTrack: one table of events for each item found. Raises `Unreadable`."""
    page = body.html("div", "ul", "p")
    parcels = []
    for node in page.select("li:has(.shipmentNumber)"):
        events = tuple(_lines(node))
        if events:
            number = the_number(_text(node.select_one(".shipmentNumber")), asked)
            parcels.append(settled(Parcel(number=number, events=events)))
    if parcels:
        return found(*parcels)
    missing = page.select_one(".notFoundTitle")
    if missing or _NOT_FOUND.search(_text(page)):
        return nothing(asked, _text(missing))
    raise Unreadable("page", "a table of events, or that the search was unsuccessful")


def _lines(node: Tag) -> Iterator[Event]:
    for row in node.select("table.events_view tr, table.fullview_tabledata tr"):
        cells = [_text(cell) for cell in row.find_all("td")]
        if len(cells) >= 3:
            yield _line(cells)


def _line(cells: list[str]) -> Event:
    """Date, time, code and words, office. The clock is Switzerland's once the item is there."""
    code = _EASY_CODE.search(cells[2])
    words = cells[2].replace(code[0], "").strip() if code else cells[2]
    meaning = _easy_meaning(code[0] if code else "", words)
    at_home = meaning is not None and meaning.leg >= Leg.ARRIVED
    when = stamp(dated(f"{cells[0]} {cells[1]}"), place="Europe/Zurich" if at_home else "")
    return event(when, words, meaning, code=code[0] if code else None, place=cells[3] if len(cells) > 3 else None)


def _easy_meaning(code: str, words: str) -> Meaning | None:
    number = code.partition("IMP_")[2]
    return EASYTRACK.get(number) or WORDS.of(words)


SOURCE = Source(
    id="swisspost",
    name="Swiss Post",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("service.post.ch",),
    readers=(
        Reader(name="ekp", fits=_fits_data, read=_read_data),
        Reader(name="EasyTrack", fits=_fits_page, read=_read_page),
    ),
    clock="the offset in each time; EasyTrack without a zone",
    page="https://service.post.ch/ekp-web/ui/entry/search/{number}",
    countries=("CH", "LI"),
)
