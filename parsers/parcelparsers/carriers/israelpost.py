"""Israel Post (`POSTS_AND_COURIERS.md` §19), from descriptions: the table in the data of 2013 to 2017, and the newer
`Maslul`, of which the fields alone are known.
"""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

PAGE = "https://mypost.israelpost.co.il/itemtrace?itemcode={number}"

_NOTHING = re.compile(r"there is no information|אין מידע|לא נמצא", re.I)
_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"הוחזר|returned to (?:the )?sender"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"ממתין|מחכה|awaiting (?:the )?addressee"),
    (_S.DELIVERED, Leg.FINAL, r"postal item was delivered|delivered to (?:the )?addressee|נמסר"),
)


class _Old(Shape, frozen=True):
    itemcodeinfo: str


class _Row(Shape, frozen=True, rename="pascal"):
    status_date: str | None = None
    city: str | None = None
    branch_name: str | None = None
    category_name: str | None = None
    status: str | None = None


class _New(Shape, frozen=True, rename="pascal"):
    maslul: list[_Row]


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits_old(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"itemcodeinfo"' in body.data


def _read_old(body: Body, asked: Asked) -> Reading:
    """A table in a field: date, postal unit, city, description. Raises `Unreadable`."""
    text = decode(body, _Old).itemcodeinfo
    if _NOTHING.search(text[:4000]):
        return nothing(asked)
    rows = Body(text.encode()).html("tr").find_all("tr")
    cells = [[flat(cell.get_text(" ")) for cell in row.find_all("td")] for row in rows]
    events = [_event(c[0], c[3], f"{c[1]}, {c[2]}") for c in cells if len(c) >= 4 and c[0][:1].isdigit()]
    return _answer(events, asked)


def _fits_new(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"Maslul"' in body.data


def _read_new(body: Body, asked: Asked) -> Reading:
    """`Maslul`, the way: a row a scan. Raises `Unreadable`."""
    rows = decode(body, _New).maslul
    events = [
        _event(r.status_date or "", r.status or r.category_name or "", ", ".join(filter(None, (r.branch_name, r.city))))
        for r in rows
    ]
    return _answer(events, asked)


def _answer(events: list[Event], asked: Asked) -> Reading:
    if not events:
        raise Unreadable("rows", "events, or a word that there are none")
    return told([concluded(Parcel(number=number_in(asked), events=tuple(events)))], [], asked)


def _meaning(text: str) -> Meaning | None:
    return _WORDS.of(text) or english(text)


def _event(when: str, text: str, place: str) -> Event:
    return event(stamp(dated(when) if when else "", place="Asia/Jerusalem"), text, _meaning(text), place=place)


SOURCE = Source(
    id="israelpost",
    name="Israel Post",
    access=Access.RELAY,
    evidence=Evidence.DOCUMENTED,
    hosts=("mypost.israelpost.co.il",),
    readers=(
        Reader(name="trackandtraceJSON", fits=_fits_old, read=_read_old),
        Reader(name="Maslul", fits=_fits_new, read=_read_new),
        PAGE_FOR_DATA,
    ),
    clock="Israel's wall clock, as far as is known",
    page=PAGE,
    ask=ask,
    countries=("IL",),
)
