"""DHL eCommerce (`POSTS_AND_COURIERS.md` §11): the Netherlands' data, and the page of the Americas of 2015."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._dhl_codes import CATEGORIES, STATUSES
from parcelparsers.carriers._meanings import Meaning, not_known
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert, replace

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement

_RETURNED = Meaning(State.RETURNED, Leg.LOCAL)
_ZONES = {
    "E": "America/New_York",
    "C": "America/Chicago",
    "M": "America/Denver",
    "P": "America/Los_Angeles",
    "AK": "America/Anchorage",
    "H": "Pacific/Honolulu",
}
_ZONE = re.compile(r"\b(AK|[ECMPH])[SD]?T\b")
_NOT_FOUND = re.compile(r"no (?:results|records?|tracking)|not (?:be )?found|unable to (?:find|locate)|invalid", re.I)


class _Row(Shape, frozen=True):
    category: str | None = None
    status: str | None = None
    local_timestamp: str | None = None
    timestamp: str | None = None


class _Key(Shape, frozen=True):
    timestamp: str | None = None
    key: str | None = None


class _Phase(Shape, frozen=True):
    phase: str | None = None
    events: list[_Key] | None = None


class _View(Shape, frozen=True):
    phases: list[_Phase] | None = None
    show_as_return: bool | None = None


class _Entry(Shape, frozen=True):
    barcode: str
    events: list[_Row] | None = None
    view: _View | None = None


def _fits_dutch(body: Body) -> bool:
    if not body.is_json or not isinstance(body.json, list):
        return False
    return not body.json or any(isinstance(each, dict) and "barcode" in each for each in body.json)


def _read_dutch(body: Body, asked: Asked) -> Reading:
    """A list of parcels; an empty one is nothing. Raises `Unreadable`."""
    entries = convert(body.json, list[_Entry])
    if not entries:
        return nothing(asked)
    return found(*(_parcel(entry, asked) for entry in entries))


def _parcel(entry: _Entry, asked: Asked) -> Parcel:
    view = entry.view or _View()
    rows = entry.events or list(_from_phases(view))
    if not rows:
        raise Unreadable(f"parcel {entry.barcode}", "events, or phases with events")
    unknown = [row.status for row in rows if row.category not in CATEGORIES]
    parcel = settled(
        Parcel(
            number=the_number(entry.barcode, asked),
            unknown_codes=not_known(unknown, STATUSES),
            events=tuple(map(_event, rows)),
        )
    )
    if view.show_as_return and parcel.state is State.DELIVERED:
        return replace(agree(parcel, _RETURNED), flags=parcel.flags)
    return parcel


def _from_phases(view: _View) -> Iterator[_Row]:
    for block in view.phases or ():
        for each in block.events or ():
            yield _Row(category=block.phase, status=each.key, timestamp=each.timestamp)


def _event(row: _Row) -> Event:
    status = row.status or row.category or ""
    return event(
        stamp(row.local_timestamp or row.timestamp),
        status.replace("_", " "),
        _meaning(row),
        code=status,
    )


def _meaning(row: _Row) -> Meaning | None:
    """The status; where it is not listed its category, and words such as RETURN in it."""
    known = STATUSES.get(row.status or "")
    if known or row.category == "INTERVENTION":
        return known if row.category != "INTERVENTION" else CATEGORIES["INTERVENTION"]
    by_category = CATEGORIES.get(row.category or "")
    if by_category and by_category.state is State.DELIVERED:
        return by_category
    return _RETURNED if "RETURN" in (row.status or "") else by_category


def _fits_page(body: Body) -> bool:
    return body.is_html and (b"timeline-event" in body.data or b"globalmail" in body.data)


def _text(node: PageElement | None) -> str:
    return " ".join(node.get_text(" ").split()) if node else ""


def _read_page(body: Body, asked: Asked) -> Reading:
    """`.timeline` of days and events, newest first. Raises `Unreadable`."""
    page = body.html("div", "h3", "ol", "li", "textarea", "dl")
    rows = list(_timeline(page))
    if not rows:
        if _NOT_FOUND.search(_text(page)[:20_000]):
            return nothing(asked)
        raise Unreadable("page", "a timeline, or that nothing was found")
    numbers = list(dict.fromkeys(_numbers(page)))
    number = next((n for n in numbers if n in asked.numbers), numbers[0] if numbers else None)
    aliases = tuple(n for n in _last_mile(page) if n != number)
    parcel = Parcel(
        number=number or the_number(None, asked),
        aliases=aliases,
        flags=(Flag.HANDOFF_NUMBER,) if aliases else (),
        events=tuple(rows),
    )
    return found(settled(parcel, newest_first=True))


def _timeline(page: BeautifulSoup) -> Iterator[Event]:
    day = ""
    for node in page.select(".timeline li"):
        names = node.get_attribute_list("class")
        if "timeline-date" in names:
            day = _text(node)
        elif "timeline-event" in names:
            text = _text(node.select_one(".timeline-description"))
            when = _time(day, _text(node.select_one(".timeline-time")))
            yield event(when, text, WORDS.of(text), place=_text(node.select_one(".timeline-location")))


def _time(day: str, time: str) -> Stamp:
    """`3:48 PM ET`: a zone of the United States by its letters."""
    label = _ZONE.search(time)
    when = stamp(dated(f"{day} {time}"), place=_ZONES[label[1]] if label else "")
    return replace(when, zone=label[0] if label else None)


def _numbers(page: BeautifulSoup) -> Iterator[str]:
    for node in (*page.select("textarea[name=trackingnumber]"), *page.find_all("h3"), *page.select(".card-info dd")):
        try:
            number = normalise(_text(node))
        except BadNumber:
            continue
        if any(char.isdigit() for char in number):
            yield number


def _last_mile(page: BeautifulSoup) -> Iterator[str]:
    for label in page.select(".card-info dt"):
        beside = label.find_next_sibling("dd")
        if "delivery by" in _text(label).lower() and beside:
            try:
                yield normalise(_text(beside))
            except BadNumber:
                continue


NETHERLANDS = Reader(name="eCommerce Netherlands", fits=_fits_dutch, read=_read_dutch)
AMERICAS = Reader(name="eCommerce Americas page", fits=_fits_page, read=_read_page)
