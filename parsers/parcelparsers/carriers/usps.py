"""USPS (`POSTS_AND_COURIERS.md` §1): the tracking page in its layouts since 2017, TrackV2 and v3.

The site refuses programs, so the user's own browser asks; the interfaces need a business account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answered, number_of, the_only
from parcelparsers.carriers._printed_dates import printed, shown
from parcelparsers.carriers._rows import flat, is_page
from parcelparsers.carriers._usps_api import JSON, XML, line, parcel_of, status_of
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Reading
from parcelparsers.numbers import normalise
from parcelparsers.walls import PAGE_FOR_DATA

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

PAGE = "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}"

_MARKS = (b"track-bar-container", b"trackingHistory_", b"tracking_history", b"tb-step")
_NOTHING = re.compile(
    r"(?:tracking|status) (?:is )?not available|could not locate|status update is not yet available|not trackable"
    r"|label created, not yet in system",
    re.I,
)
_FORECAST = re.compile(
    r"(?:expected|scheduled|updated|estimated) delivery (?:day )?(?:by|on)?\W{0,4}(?:\w{3,9}day,? )?"
    r"([A-Z][a-z]{2,8} \d{1,2},? \d{4})",
    re.I,
)


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits(body: Body) -> bool:
    return is_page(body) and not XML.fits(body) and any(mark in body.data for mark in _MARKS)


def _read(body: Body, asked: Asked) -> Reading:
    """The page, with one `.track-bar-container` a number. Raises `Unreadable`."""
    page = body.html("div")
    blocks: list[Tag | BeautifulSoup] = [b for b in page.select(".track-bar-container") if _number(b)]
    if len(blocks) < 2:
        blocks = [page]
    parcels, missing = [], []
    for block in blocks:
        number = _number(block) or the_only(asked)
        events = list(_events(block))
        headline = _headline(block)
        if not events and (_NOTHING.search(headline) or _NOTHING.search(flat(block.get_text(" "))[:20_000])):
            missing.append(number)
            continue
        parcels.append(parcel_of(number, events, status_of(headline), _forecast(block)))
    return answered(parcels, missing, nothing=bool(missing))


def _number(block: Tag | BeautifulSoup) -> str:
    return next(filter(None, (number_of(t.get_text()) for t in block.select("#trackingNum, .tracking-number"))), "")


def _headline(block: Tag | BeautifulSoup) -> str:
    """Only the wrapper's headline counts: an advertisement bears the same class."""
    found = block.select_one(
        ".latest-update-banner-wrapper .banner-header, .delivery_status h2 strong, .delivery_status, .tb-status"
    )
    return flat(found.get_text(" ")) if found else ""


def _forecast(block: Tag | BeautifulSoup) -> str:
    found = _FORECAST.search(flat(block.get_text(" "))[:5000])
    return shown(found[1]) if found else ""


def _events(block: Tag | BeautifulSoup) -> Iterator[Event]:
    """The dated lines of whichever layout the page has. Undated sub-lines ("Inbound Into Customs") are no scans."""
    rows = list(_steps(block)) or list(_table(block)) or list(_panel(block))
    for when, text, place in rows:
        if when and text:
            yield line(stamp(shown(when)), text, None, place)


def _steps(block: Tag | BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Cards, since 2022."""
    for step in block.select(".tb-step"):
        texts = (step.select_one(name) for name in (".tb-date", ".tb-status-detail", ".tb-location"))
        when, text, place = (flat(t.get_text(" ")) if t else "" for t in texts)
        yield when, text, place


def _table(block: Tag | BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """A table with date, status and place, 2017."""
    for row in block.select(".tracking_history_container tr, table.tracking_history tr"):
        cells = [flat(cell.get_text(" ")) for cell in row.find_all("td")]
        if len(cells) == 3:
            yield cells[0], cells[1], cells[2]


def _panel(block: Tag | BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Lines between rules, 2018 to 2021: a date in bold, the status, the place, a sentence."""
    for panel in block.select("[id^=trackingHistory_] .panel-actions-content"):
        group: list[str] = []
        for node in [*panel.children, None]:
            if node is None or getattr(node, "name", None) == "hr":
                if len(group) > 1 and _dated(group[0]):
                    yield group[0], group[1], group[2] if len(group) > 2 else ""
                group = []
            elif getattr(node, "name", None) != "h3" and (text := flat(node.get_text(" "))):
                group.append(text)


def _dated(text: str) -> str:
    try:
        return text if printed(text) else ""
    except Unreadable:
        return ""


SOURCE = Source(
    id="usps",
    name="USPS",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("tools.usps.com",),
    readers=(
        XML,
        JSON,
        Reader(name="tracking page", fits=_fits, read=_read),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place of the scan, without a zone on the page and in XML",
    page=PAGE,
    ask=ask,
    countries=("US",),
)
