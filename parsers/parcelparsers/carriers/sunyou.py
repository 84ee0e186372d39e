"""SunYou, SYPost (`CHINA_AND_AGGREGATORS.md` §16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, blocked, others, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes, disagree, held_back, not_understood
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import ANYWHERE, Stamp, epoch, stamp, usable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "101 102"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "105"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "106 201 205"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "200"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "206 2062"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "20622"),
    (_S.IN_TRANSIT, Leg.CLEARED, "2061 2064"),
    (_S.IN_TRANSIT, Leg.LOCAL, "2067"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "2068 2071 2072"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "207"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "208 20801 20802 20803 20806 20810 20899"),
    (_S.DELIVERED, Leg.FINAL, "209 20903 20906"),
    (_S.RETURNED, Leg.LOCAL, "210"),
    (_S.EXCEPTION, Leg.ANNOUNCED, "220"),
)
_NAMES = (
    ("DeliveryFail", Meaning(_S.DELIVERY_FAILED, Leg.LOCAL)),
    ("OutForDelivery", Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL)),
    ("Delivered", Meaning(_S.DELIVERED, Leg.FINAL)),
    ("Returned", Meaning(_S.RETURNED, Leg.LOCAL)),
    ("Exception", Meaning(_S.EXCEPTION, Leg.ANNOUNCED)),
)
"""How the names of codes begin, for codes of a family that the list does not have."""


class _Item(Shape, frozen=True):
    content: str | None = None
    create_time: str | int | None = None
    event_code: str | None = None
    status: str | None = None
    time_zone: str | None = None
    office: str | None = None


class _Section(Shape, frozen=True):
    items: list[_Item] | None = None


class _Entry(Shape, frozen=True):
    order_no: str
    has: bool
    tracking_number: str | None = None
    carrier_name: str | None = None
    last_status: str | None = None
    last_event_code: str | None = None
    org_country: str | None = None
    dst_country: str | None = None
    result: dict[str, Any] | None = None


class _Answer(Shape, frozen=True):
    data: list[_Entry] | None = None
    message: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(
        Request(url=f"https://www.sypost.net/queryTrack?trackNumber={normalise(number)}&toLanguage=en_US")
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "data" in body.json


def _read(body: Body, asked: Asked) -> Reading:
    """The entries; `has` alone says whether a number is known. Raises `Unreadable`."""
    told = convert(body.json, _Answer)
    if told.data is None:
        return blocked("refused", told.message)
    return answer(
        [_parcel(e, asked) for e in told.data if e.has], [tidy(e.order_no) for e in told.data if not e.has], asked
    )


def _parcel(entry: _Entry, asked: Asked) -> Parcel:
    own, last_mile = tidy(entry.order_no), tidy(entry.tracking_number)
    number = last_mile if last_mile in asked.numbers and own not in asked.numbers else own
    events = tuple(map(_event, _items(entry.result)))
    handed = (Flag.HANDOFF_NUMBER,) if last_mile and last_mile != own else ()
    parcel = Parcel(
        number=number,
        aliases=others(number, last_mile, own),
        flags=(*handed, *disagree(events, _CODES.get)),
        origin=entry.org_country or None,
        destination=entry.dst_country or None,
        last_mile=entry.carrier_name or None,
        unknown_codes=not_understood(events),
        events=events,
    )
    return concluded(parcel, _meaning(entry.last_status, entry.last_event_code), wall_clock=True)


def _items(result: dict[str, Any] | None) -> Iterator[_Item]:
    """The lines of every section, whatever its name."""
    for name, raw in (result or {}).items():
        if raw:
            yield from convert(raw, _Section, f"result.{name}").items or ()


def _meaning(status: str | None, name: str | None) -> Meaning | None:
    known = _CODES.get(status or "")
    return known or next((found for start, found in _NAMES if (name or "").startswith(start)), None)


def _event(item: _Item) -> Event:
    text = flat(item.content) or flat(item.event_code)
    told = held_back(_meaning(item.status, item.event_code), meaning(text))
    return event(_when(item), text, told, code=item.status or item.event_code, place=item.office)


def _when(item: _Item) -> Stamp:
    """The printed time; the zone beside it is often false, and the variant of 2020 prints milliseconds."""
    label = usable(item.time_zone) or "GMT+8"
    if isinstance(item.create_time, int) or (item.create_time or "").isdigit():
        return epoch(item.create_time, label, uncertain=ANYWHERE)
    return stamp(item.create_time, label, uncertain=ANYWHERE)


SOURCE = Source(
    id="sunyou",
    name="SunYou",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("www.sypost.net",),
    readers=(Reader(name="queryTrack", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the wall clock as printed; +08:00 stands beside events of other countries too: true within 14 hours",
    page="https://www.sypost.net/search?orderNo={number}",
    ask=ask,
)
