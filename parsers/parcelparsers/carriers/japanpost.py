"""Japan Post (`POSTS_AND_COURIERS.md` §32): the page of one number and the list of several, in English and Japanese,
of today and of 2009 (Shift_JIS, dates without a year).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._japanese import said_in_japanese
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import is_dated, shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.markup import soup
from parcelparsers.model import Event, Flag, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.typed import replace

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NUMBERED = re.compile(r"検索した番号は\s*([A-Z0-9 -]{8,40})")
_NOT_FOUND = ("not found", "見つかりません", "登録されていません")
_ZIP = re.compile(r"\d{3}-\d{4}", re.ASCII)
_PRINTED_ON = re.compile(r"\A\s*(\d{4})/(\d\d)/(\d\d) +\d{1,2}:\d\d\s*\Z")


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(
        Request(
            url=f"https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={normalise(number)}&locale=en"
        )
        for number in asked.numbers
    )


def _text(body: Body) -> str:
    """The page as text, in the encoding that it names."""
    head = body.data[:4096].lower()
    if b"shift_jis" in head or b"windows-31j" in head:
        return body.data.decode("cp932", "replace").replace("\x00", "")
    return body.text


def _has(body: Body, *marks: str) -> bool:
    text = _text(body) if body.is_html else ""
    return any(mark in text for mark in marks)


def _read_history(body: Body, asked: Asked) -> Reading:
    """The page of one number: rows in pairs, the event and its postcode; oldest first. Raises `Unreadable`."""
    page = soup(_text(body), ("table",))
    number = _number(page)
    events = tuple(_rows(page, _printed_on(page)))
    return answer([concluded(Parcel(number=number, events=events), newest_first=False)], [], asked)


def _number(page: BeautifulSoup) -> str:
    """The number that the page is about. Raises `Unreadable` where it has none."""
    if named := _NUMBERED.search(page.get_text(" ")):
        return normalise(named[1])
    for cell in page.find_all("td", limit=60):
        if found := _as_number(cell):
            return found
    raise Unreadable("table", "the number of the parcel")


def _as_number(cell: Tag) -> str:
    try:
        number = normalise(cell.get_text(" ", strip=True))
    except BadNumber:
        return ""
    return number if sum(char.isdigit() for char in number) >= 8 and not is_dated(number) else ""


def _printed_on(page: BeautifulSoup) -> str:
    """The day on which the page was printed, as old pages say it; empty elsewhere."""
    found = (_PRINTED_ON.match(cell.get_text()) for cell in page.find_all("td", limit=60))
    return next(("-".join(match.groups()) for match in found if match), "")


def _lines(page: BeautifulSoup) -> Iterator[Tag]:
    """The rows that hold no other table: old pages are laid out with tables."""
    return (row for row in page.find_all("tr") if not row.find("table"))


def _rows(page: BeautifulSoup, page_day: str) -> Iterator[Event]:
    """Rows that begin with a date; the row behind each has the postcode, which only places in Japan have."""
    rows = [[flat(cell.get_text(" ")) for cell in row.find_all("td")] for row in _lines(page)]
    before: Stamp | None = None
    for cells, below in zip(rows, [*rows[1:], []], strict=False):
        if len(cells) < 4 or not is_dated(cells[0]) or _ZIP.search(cells[0]):
            continue
        when = _behind(before, stamp(shown(cells[0], page_day=page_day), place=_zone(below)))
        before = when
        place = ", ".join(filter(None, (cells[3], cells[4] if len(cells) > 4 else "")))
        yield event(when, cells[1], said_in_japanese(cells[1]) or meaning(cells[1]), place=place)


def _zone(below: list[str]) -> str:
    """Tokyo where the row below is a Japanese postcode, empty elsewhere."""
    return "Asia/Tokyo" if len(below) == 1 and _ZIP.search(below[0]) else ""


def _behind(before: Stamp | None, when: Stamp) -> Stamp:
    """A day without a time is its noon: it must not come before the row of that day which it followed."""
    if not before or not before.at or not when.at or len(when.local_time) > 10:
        return when
    if before.local_time[:10] != when.local_time or before.at <= when.at:
        return when
    return replace(when, at=before.at, uncertain_hours=when.uncertain_hours + 12)


def _read_list(body: Body, asked: Asked) -> Reading:
    """The list of several numbers: the newest event of each. Raises `Unreadable`."""
    page = soup(_text(body), ("table",))
    page_day = _printed_on(page)
    rows = [row.find_all("td") for row in _lines(page)]
    parcels, missing = [], []
    for cells, below in zip(rows, [*rows[1:], []], strict=False):
        number = _as_number(cells[0]) if len(cells) > 1 else ""
        texts = [flat(cell.get_text(" ")) for cell in cells]
        if number and any(words in text for text in texts for words in _NOT_FOUND):
            missing.append(number)
        elif number and (newest := _newest(texts, page_day, _zone([flat(c.get_text(" ")) for c in below]))):
            parcels.append(concluded(Parcel(number=number, flags=(Flag.SPARSE,), events=(newest,))))
    return answer(parcels, missing, asked)


def _newest(texts: list[str], page_day: str, place: str) -> Event | None:
    """The event of a row of the list: a date, and the status behind it."""
    at = next((n for n, text in enumerate(texts[:-1]) if n and is_dated(text)), None)
    if at is None:
        return None
    text = texts[at + 1]
    when = stamp(shown(texts[at], page_day=page_day), place=place)
    office = ", ".join(filter(None, texts[at + 2 : at + 4]))
    return event(when, text, said_in_japanese(text) or meaning(text), place=office)


SOURCE = Source(
    id="japanpost",
    name="Japan Post",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("trackings.post.japanpost.jp",),
    readers=(
        Reader(
            name="history",
            fits=lambda b: _has(b, "履歴情報", "検索した番号は", "Shipping track record"),
            read=_read_history,
        ),
        Reader(name="list", fits=lambda b: _has(b, "照会結果", "最新状態", "Latest status"), read=_read_list),
    ),
    clock="the wall clock of the place: Tokyo's where the office has a Japanese postcode, else without a zone",
    page="https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={number}&locale=en",
    ask=ask,
    countries=("JP",),
)
