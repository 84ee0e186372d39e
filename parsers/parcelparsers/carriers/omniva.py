"""Omniva, Estonia (`POSTS_AND_COURIERS.md` §41), from a description of its older search."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, in English."""
    return tuple(
        Request(url=f"https://www.omniva.ee/api/search.php?search_barcode={normalise(number)}&lang=eng")
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.is_html and b"<td" in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """A table of event, date and place. How nothing looks is not known: no rows are no answer. Raises `Unreadable`."""
    rows = [[flat(cell.get_text(" ")) for cell in row.find_all("td")] for row in body.html("tr").find_all("tr")]
    events = tuple(_event(*cells[:3]) for cells in rows if len(cells) >= 3 and cells[1][:2].isdigit())
    if not events:
        raise Unreadable("table", "rows of event, date and place")
    return told([concluded(Parcel(number=number_in(asked), events=events))], [], asked)


def _event(text: str, when: str, place: str) -> Event:
    return event(stamp(dated(when), place="Europe/Tallinn"), text, meaning(text), place=place)


SOURCE = Source(
    id="omniva",
    name="Omniva",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("www.omniva.ee",),
    readers=(Reader(name="search", fits=_fits, read=_read),),
    clock="Estonia's wall clock, as far as is known",
    page="https://www.omniva.ee/track?barcode={number}",
    ask=ask,
    countries=("EE",),
)
