"""Aramex (`POSTS_AND_COURIERS.md` §37): the detail page, which stands behind a signed link, and the SOAP answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, blocked, nothing, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element


_NO_RESULT = "no results found with current selection"


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(
        Request(url=f"https://www.aramex.com/track/results?ShipmentNumber={normalise(number)}")
        for number in asked.numbers
    )


def _fits_page(body: Body) -> bool:
    return body.is_html and b"shipment-num" in body.data and b"activity" in body.data


def _read_page(body: Body, asked: Asked) -> Reading:
    """The number and the table of activities, newest first. Raises `Unreadable`."""
    page = body.html("div", "table")
    number = page.select_one(".shipment-num h5") or page.select_one(".shipment-num")
    events = tuple(_activities(page.select("table.collected tr") or page.select("tr:has(.activity)")))
    if not number or not events:
        raise Unreadable("page", ".shipment-num and a table with .activity")
    named = tidy(flat(number.get_text(" ")))
    return answer([concluded(Parcel(number=named, events=events), newest_first=True)], [], asked)


def _read_overview(body: Body, asked: Asked) -> Reading:
    """The overview without a card; one with a card has no history. Raises `Unreadable`."""
    if _NO_RESULT in body.html("div").get_text(" ").lower():
        return nothing(asked)
    raise Unreadable("overview", "the words for no result; the history stands on the detail page")


def _activities(rows: list[Tag]) -> Iterator[Event]:
    for row in rows:
        if row.find("table"):
            continue
        activity, day = row.select_one("td.activity, .activity"), row.select_one(".date")
        if not activity or not day:
            if row.find("td"):
                raise Unreadable("table row", ".date and .activity")
            continue
        time = row.select_one(".time")
        text = flat(activity.get_text(" "))
        place = ", ".join(flat(part.get_text(" ")) for part in row.select(".city, .country"))
        when = stamp(shown(f"{flat(day.get_text(' '))} {flat(time.get_text(' ')) if time else ''}"))
        yield event(when, text, meaning(text), place=place)


def _read_soap(body: Body, asked: Asked) -> Reading:
    """`ShipmentTrackingResponse`: results by waybill, and the waybills that do not exist. Raises `Unreadable`."""
    root = body.xml()
    rows: dict[str, list[_Element]] = {}
    for result in root.iter("{*}TrackingResult"):
        rows.setdefault(tidy(_field(result, "WaybillNumber")), []).append(result)
    missing = [tidy(e.text) for part in root.iter("{*}NonExistingWaybills") for e in part.iter("{*}string")]
    if not rows and not missing and (_field(root, "HasErrors", deep=True) or "").lower() == "true":
        return blocked("refused", _field(root, "Message", deep=True))
    parcels = (Parcel(number=n, events=tuple(map(_update, found))) for n, found in rows.items())
    return answer(map(concluded, parcels), missing, asked)


def _field(element: _Element, name: str, *, deep: bool = False) -> str:
    return flat(element.findtext(f".//{{*}}{name}" if deep else f"{{*}}{name}"))


def _update(result: _Element) -> Event:
    """One `TrackingResult`. `Comments` is not read: it may name who signed."""
    text = _field(result, "UpdateDescription")
    when = stamp(_field(result, "UpdateDateTime"))
    code = tidy(_field(result, "UpdateCode"))
    return event(when, text, meaning(text), code=code, place=_field(result, "UpdateLocation"))


SOURCE = Source(
    id="aramex",
    name="Aramex",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.aramex.com",),
    readers=(
        Reader(name="detail page", fits=_fits_page, read=_read_page),
        Reader(name="overview", fits=lambda b: b.is_html and b"track-shipment-list" in b.data, read=_read_overview),
        Reader(name="SOAP", fits=lambda b: b.is_html and b"ShipmentTrackingResponse" in b.data, read=_read_soap),
    ),
    clock="the wall clock of the place of the scan, without a zone",
    page="https://www.aramex.com/track/results?ShipmentNumber={number}",
    ask=ask,
)
