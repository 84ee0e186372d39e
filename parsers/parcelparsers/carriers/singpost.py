"""Singapore Post (`POSTS_AND_COURIERS.md` §35), from a description of the data behind its page."""

from __future__ import annotations

import json

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA


class _Row(Shape, frozen=True):
    date: str | None = None
    status_description: str | None = None
    location: str | None = None
    event_description: str | None = None


class _Item(Shape, frozen=True):
    tracking_number: str | None = None
    tracking_number_found: str | None = None
    destination_country: str | None = None
    events: list[_Row] | None = None


class _Answer(Shape, frozen=True):
    ok: bool
    items: list[_Item] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One POST a number."""
    return tuple(
        Request(
            url="https://www.singpost.com/api/services/track-events",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"trackingNumber": normalise(number)}).encode(),
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"ok"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """`items`, each saying whether its number was found. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if not answer.ok:
        return refused("", "the service says that it is not ok")
    parcels, missing = [], []
    for item in answer.items or ():
        if (item.tracking_number_found or "").lower() == "false":
            missing.append(number_of(item.tracking_number))
        elif item.events:
            parcels.append(_parcel(item, asked))
        else:
            raise Unreadable("items", "events, or that the number was not found")
    return told(parcels, missing, asked)


def _given(text: str | None) -> str:
    """The text; a hyphen stands for nothing."""
    return "" if (text or "").strip() == "-" else (text or "").strip()


def _parcel(item: _Item, asked: Asked) -> Parcel:
    return concluded(
        Parcel(
            number=number_in(asked, item.tracking_number),
            destination=_given(item.destination_country) or None,
            events=tuple(map(_event, item.events or ())),
        )
    )


def _event(row: _Row) -> Event:
    """Mail scans have an offset, those of Speedpost have none. The words decide: the codes are not described."""
    text = _given(row.status_description)
    code = _given(row.event_description)
    return event(stamp(_given(row.date)), text, meaning(text), code=code, place=_given(row.location))


SOURCE = Source(
    id="singpost",
    name="Singapore Post",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("www.singpost.com",),
    readers=(Reader(name="track-events", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the place of the scan; mail with its offset, Speedpost without",
    page="https://www.singpost.com/track-items?trackingNumber={number}",
    ask=ask,
    countries=("SG",),
)
