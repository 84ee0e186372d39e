"""The myDPD page of NL and CH: one status and one date, no history (`POSTS_AND_COURIERS.md` §24)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import found, nothing
from parcelparsers.carriers._meanings import Meaning, cautious
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import NO_DATE, dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Eta, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_ICONS = {
    "1": Meaning(State.IN_TRANSIT, Leg.ACCEPTED),
    "2": Meaning(State.IN_TRANSIT, Leg.ORIGIN),
    "3": Meaning(State.IN_TRANSIT, Leg.LOCAL),
    "4": Meaning(State.OUT_FOR_DELIVERY, Leg.LOCAL),
    "5": Meaning(State.DELIVERED, Leg.FINAL),
}
"""`icon-status_N`: the same numbers as the status of myDPD's data."""
_ICON = re.compile(r"\Aicon-status_(\d)\Z")
_IN_LINK = re.compile(r"parcelNumber=(\w{6,40})")
_FORECAST = re.compile(r"expect|verwacht|voraussichtlich|geplant|pr[ée]vu|previst|planned|estimated", re.I)


def _text(node: Tag | None) -> str:
    return " ".join(node.get_text(" ").split()) if node else ""


def _fits(body: Body) -> bool:
    return body.is_html


def _read(body: Body, asked: Asked) -> Reading:
    """`.deliveryStatusType` and `.deliveryDate` in the details of the parcel. Raises `Unreadable`."""
    page = body.html("div", "a", "ul", "li", "span")
    status = page.select_one(".deliveryStatusType")
    if status is None:
        if page.select_one(".shipmentsNotFound") and not page.select("ul.parcel-list li"):
            return nothing(asked)
        raise Unreadable("page", "the status of a parcel (.deliveryStatusType)")
    text = _text(status)
    meaning = cautious(_icon(page), WORDS.of(text))
    parcel = Parcel(
        number=_number(page, asked),
        state=meaning.state if meaning else None,
        leg=meaning.leg if meaning else Leg.ANNOUNCED,
        flags=(Flag.SPARSE,),
    )
    return found(_dated(parcel, text, meaning, _text(page.select_one(".deliveryDate"))))


def _dated(parcel: Parcel, text: str, meaning: Meaning | None, line: str) -> Parcel:
    """The date is a day of the past, or a forecast."""
    day = dated(line)
    if day == NO_DATE:
        return parcel
    if _FORECAST.search(line) or (meaning and meaning.state not in (State.DELIVERED, State.AVAILABLE_FOR_PICKUP)):
        return Parcel(
            number=parcel.number,
            state=parcel.state,
            leg=parcel.leg,
            flags=parcel.flags,
            eta=Eta(earliest=day[:10], latest=day[:10]),
        )
    happened = event(stamp(day, place="Europe/Amsterdam"), text, meaning)
    return settled(Parcel(number=parcel.number, flags=parcel.flags, events=(happened,)))


def _icon(page: BeautifulSoup) -> Meaning | None:
    for node in page.select(".deliveryStatus .icon"):
        for name in node.get_attribute_list("class"):
            if shown := _ICON.match(name or ""):
                return _ICONS.get(shown[1])
    return None


def _number(page: BeautifulSoup, asked: Asked) -> str:
    """The number beside the sender, else the one of a link to the parcel."""
    texts = [_text(node) for node in page.select(".parcelSender span")]
    links = (_IN_LINK.search(str(node.get("href"))) for node in page.select("a[href*=parcelNumber]"))
    for text in (*texts, *(link[1] for link in links if link)):
        try:
            number = normalise(text)
        except BadNumber:
            continue
        if any(char.isdigit() for char in number) and (not asked.numbers or number in asked.numbers):
            return number
    raise Unreadable("page", "the number that was asked for")


PAGE = Reader(name="myDPD page", fits=_fits, read=_read)
