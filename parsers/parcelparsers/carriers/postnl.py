"""PostNL, domestic and international (`POSTS_AND_COURIERS.md` §7 and §8)."""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree, in_state
from parcelparsers.carriers._meanings import not_known
from parcelparsers.carriers._postnl_codes import CATEGORIES, CODES, PHASES, WORDS
from parcelparsers.carriers._printed_dates import between
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_TRUE_UTC = re.compile(r"\.\d{7}Z\Z")


class _Observation(Shape, frozen=True):
    observation_date: str | None = None
    observation_code: str | None = None
    description: str | None = None


class _Phase(Shape, frozen=True):
    index: int | None = None
    message: str | None = None


class _Window(Shape, frozen=True):
    start: str | None = None
    end: str | None = None


class _Collo(Shape, frozen=True):
    barcode: str
    status_phase: _Phase | None = None
    observations: list[_Observation] | None = None
    is_delivered: bool | None = None
    delivery_date: str | None = None
    eta: _Window | None = None
    is_at_retail_location: bool | None = None
    is_picked_up_at_retail_location: bool | None = None
    is_delivered_at_pba: bool | None = None
    is_picked_up_at_pba: bool | None = None
    partner_barcode: str | None = None


class _Answer(Shape, frozen=True):
    colli: dict[str, _Collo]


class _Scan(Shape, frozen=True, rename=None):
    category: str | None = None
    datetime_local: str | None = None
    status_description: str | None = None
    country_name: str | None = None
    country_code: str | None = None


class _Item(Shape, frozen=True, rename=None):
    item: str
    events: list[_Scan] | None = None
    message: str | None = None


class _Items(Shape, frozen=True):
    items: list[_Item]


class _World(Shape, frozen=True):
    data: _Items


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number; without the postcode of the delivery nothing can be asked."""
    postcode = "".join(filter(str.isalnum, (asked.postcode or "").upper()))[:10]
    country = (asked.country or "NL").upper()[:2]
    if not (postcode.isascii() and postcode and country.isascii() and country.isalpha()):
        return ()
    return tuple(
        Request(
            url="https://jouw.postnl.nl/track-and-trace/api/trackAndTrace/"
            f"{normalise(n)}-{country}-{postcode}?language={'nl' if asked.language == 'nl' else 'en'}"
        )
        for n in asked.numbers
    )


def _has(key: bytes, body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and key in body.data


def _world(body: Body) -> bool:
    return _has(b'"items"', body) and b'"item"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """`colli` by barcode; empty: PostNL has none. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if not answer.colli:
        return nothing(asked)
    return found(*(_parcel(collo, asked) for collo in answer.colli.values()))


def _parcel(collo: _Collo, asked: Asked) -> Parcel:
    rows = [_observed(row) for row in collo.observations or ()]
    known_delivery = any(row.state is State.DELIVERED for row in rows)
    if collo.is_delivered and collo.delivery_date and not known_delivery:
        rows.append(_delivery(collo))
    phase = collo.status_phase or _Phase()
    if not rows and phase.index not in PHASES:
        raise Unreadable(f"parcel {collo.barcode}", "observations, or a known phase")
    parcel = Parcel(
        number=the_number(collo.barcode, asked),
        aliases=(collo.partner_barcode,) if collo.partner_barcode else (),
        flags=(Flag.HANDOFF_NUMBER,) if collo.partner_barcode else (),
        eta=None if collo.is_delivered else _eta(collo.eta),
        unknown_codes=not_known([row.observation_code for row in collo.observations or ()], CODES),
        events=tuple(rows),
    )
    return _with_status(settled(parcel), collo)


def _with_status(parcel: Parcel, collo: _Collo) -> Parcel:
    """The delivery stands in the status, not in the observations; before it the observations tell more."""
    if collo.is_picked_up_at_retail_location or collo.is_picked_up_at_pba:
        return in_state(parcel, State.DELIVERED, Leg.FINAL)
    if collo.is_at_retail_location or collo.is_delivered_at_pba:
        return in_state(parcel, State.AVAILABLE_FOR_PICKUP, Leg.LOCAL)
    if collo.is_delivered:
        return parcel if parcel.state is State.RETURNED else in_state(parcel, State.DELIVERED, Leg.FINAL)
    phase = PHASES.get(collo.status_phase.index if collo.status_phase else None)
    return parcel if phase is PHASES[4] else agree(parcel, phase)


def _observed(row: _Observation) -> Event:
    return event(
        stamp(row.observation_date, place="Europe/Amsterdam"),
        row.description,
        CODES.get(row.observation_code or ""),
        code=row.observation_code,
    )


def _delivery(collo: _Collo) -> Event:
    when = stamp(collo.delivery_date, place="Europe/Amsterdam")
    text = collo.status_phase.message if collo.status_phase else None
    return event(when, text or "delivered", PHASES[4])


def _eta(window: _Window | None) -> Eta | None:
    return between(stamp(window.start), stamp(window.end)) if window and window.start else None


def _read_world(body: Body, asked: Asked) -> Reading:
    """The items of postnl.post. An unknown number is an ordinary item without events. Raises `Unreadable`."""
    items = decode(body, _World).data.items
    known = [item for item in items if item.events]
    if known:
        return found(*(_world_parcel(item, asked) for item in known))
    for item in items:
        if "barcode was not found" in (item.message or "").lower():
            return nothing(asked, item.item)
    raise Unreadable("data.items", "an item with events, or the message that it was not found")


def _world_parcel(item: _Item, asked: Asked) -> Parcel:
    rows = [_scan(row) for row in item.events or ()]
    categories: list[str | None] = [row.category for row in item.events or ()]
    named: list[str | None] = [(category or "").strip().lower() for category in categories]
    parcel = Parcel(
        number=the_number(item.item, asked),
        unknown_codes=not_known(named, CATEGORIES),
        events=tuple(rows),
    )
    return settled(parcel, newest_first=True, wall_clock=True)


def _scan(row: _Scan) -> Event:
    category = (row.category or "").strip().lower()
    meaning = WORDS.of(row.status_description or "") or CATEGORIES.get(category)
    return event(
        _world_time(row),
        row.status_description or row.category,
        meaning,
        code=category or None,
        place=row.country_name or row.country_code,
    )


def _world_time(row: _Scan) -> Stamp:
    """The clock of the place, although a `Z` follows it; only stamps with seven digits of a second are UTC."""
    text = row.datetime_local or ""
    if _TRUE_UTC.search(text):
        return stamp(text)
    return stamp(text.removesuffix("Z"), place="Europe/Amsterdam" if row.country_code in (None, "NL") else "")


SOURCE = Source(
    id="postnl",
    name="PostNL",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("jouw.postnl.nl",),
    readers=(
        Reader(name="jouw", fits=lambda body: _has(b'"colli"', body), read=_read),
        Reader(name="postnl.post", fits=_world, read=_read_world),
        PAGE_FOR_DATA,
    ),
    clock="domestic: the offset in each time; international: wall clock of the place, its Z is false",
    page="https://jouw.postnl.nl/track-and-trace/{number}",
    ask=ask,
    countries=("NL", "BE"),
    needs=("postcode",),
)
