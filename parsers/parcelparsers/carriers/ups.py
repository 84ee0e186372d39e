"""UPS (`POSTS_AND_COURIERS.md` §22): the tracking pages, Mail Innovations, and the data answers of `_ups_api`.

Programs are held open until they give up, so the user's own browser asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._american_words import meaning
from parcelparsers.carriers._answers import answered, number_of, the_only
from parcelparsers.carriers._printed_dates import printed, shown
from parcelparsers.carriers._rows import flat, is_page
from parcelparsers.carriers._ups_api import JSON, SITE, XML, line, parcel_of
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Reading
from parcelparsers.numbers import normalise
from parcelparsers.walls import PAGE_FOR_DATA

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

PAGE = "https://www.ups.com/track?loc=en_US&tracknum={number}"

_LOCALE = re.compile(r"\A[a-z]{2}_([A-Z]{2})\Z")
_NOTHING = re.compile(
    r"could not locate|unable to locate|(?:tracking|sequence) number (?:was )?not found|invalid tracking number"
    r"|no (?:tracking )?information (?:is )?(?:available|found)|keine informationen",
    re.I,
)
_EASTERN = re.compile(r"\((ET|EST|EDT)\)")


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits_page(body: Body) -> bool:
    return is_page(body) and (b"dataTable" in body.data or b"trackNums" in body.data or b"trkNum" in body.data)


def _read_page(body: Body, asked: Asked) -> Reading:
    """The progress table of the pages of 2012 to 2018: place, date, local time, activity. Raises `Unreadable`."""
    page = body.html("div", "table", "form", "input", "h3", "p")
    number = _page_number(page) or the_only(asked)
    events = list(_rows(page, _day_first(page)))
    headline = page.select_one("#tt_spStatus, #ttc_tt_spStatus, [id$=spStatus]")
    status = meaning(flat(headline.get_text(" "))) if headline else None
    if not events and not status:
        if _NOTHING.search(flat(page.get_text(" "))[:30_000]):
            return answered((), (number,), nothing=True)
        raise Unreadable("table.dataTable", "the shipment's progress")
    return answered((parcel_of(number, events, status),))


def _page_number(page: BeautifulSoup) -> str:
    fields = (str(t.get("value") or "") for t in page.select("input[name=trackNums], input[name=trackNum]"))
    titles = (t.get_text() for t in page.select("#trkNum"))
    return next(filter(None, map(number_of, (*fields, *titles))), "")


def _day_first(page: BeautifulSoup) -> bool:
    """Only the pages of the United States print the month first."""
    for field in page.select("input[name=loc]"):
        if found := _LOCALE.match(str(field.get("value") or "")):
            return found[1] != "US"
    return False


def _rows(page: BeautifulSoup, day_first: bool) -> Iterator[Event]:
    """The place stands only on the first row of a group."""
    place = ""
    for row in page.select("table.dataTable tr"):
        cells = row.find_all("td")
        if len(cells) != 4 or not (day := flat(cells[1].get_text())):
            continue
        place = flat(cells[0].get_text(" ")).replace(" ,", ",") or place
        time = flat(cells[2].get_text())
        yield line(_when(shown(day, time, day_first=day_first), time), _activity(cells[3]), place)


def _when(local: str, time: str) -> Stamp:
    """The order is booked in Eastern Time, which the page says beside it; all else is the place's own clock."""
    label = _EASTERN.search(time)
    if not label:
        return stamp(local)
    read = stamp(local, place="America/New_York")
    return Stamp(read.local_time, read.at, label[1], read.uncertain_hours)


def _activity(cell: Tag) -> str:
    """The words of the activity without the links below them."""
    own = (piece for piece in cell.find_all(string=True) if not piece.find_parent(["a", "p"]))
    return flat(" ".join(own))


def _fits_mail_innovations(body: Body) -> bool:
    return is_page(body) and any(mark in body.data for mark in (b"lblSeqNum", b"lblTrackNum", b"pnlMI"))


def _read_mail_innovations(body: Body, asked: Asked) -> Reading:
    """Tables of date, description and place: the leg of UPS and, above it, that of USPS. Raises `Unreadable`."""
    page = body.html("table", "div")
    printed_numbers = page.select("[id$=lblTrackNum], [id$=lblSeqNum], [id$=lblPackageID]")
    numbers = list(dict.fromkeys(filter(None, (number_of(t.get_text()) for t in printed_numbers))))
    number = next((n for n in numbers if n in asked.numbers), numbers[0] if numbers else the_only(asked))
    events = [event for table in page.find_all("table") for event in _history(table)]
    if not events:
        if _NOTHING.search(flat(page.get_text(" "))[:30_000]):
            return answered((), (number,), nothing=True)
        raise Unreadable("tables", "a history with dates and descriptions")
    forecast = page.select_one("[id$=lblProjDelDate]")
    return answered((parcel_of(number, events, None, eta=_day(forecast.get_text() if forecast else "")),))


def _day(text: str) -> str:
    try:
        return printed(text)
    except Unreadable:
        return ""


def _history(table: Tag) -> Iterator[Event]:
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [[flat(c.get_text(" ")) for c in row.find_all("td", recursive=False)] for row in rows]
    if not cells or len(cells[0]) < 2 or not cells[0][0].lower().startswith("date"):
        return
    for row in cells[1:]:
        if len(row) > 1 and row[0] and row[1]:
            yield line(stamp(shown(row[0])), row[1], row[2] if len(row) > 2 else "")


SOURCE = Source(
    id="ups",
    name="UPS",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.ups.com", "webapis.ups.com"),
    readers=(
        XML,
        JSON,
        SITE,
        Reader(name="Mail Innovations", fits=_fits_mail_innovations, read=_read_mail_innovations),
        Reader(name="tracking page", fits=_fits_page, read=_read_page),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place of the scan, without a zone but where the site adds an offset",
    page=PAGE,
    ask=ask,
)
