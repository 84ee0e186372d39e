"""Korea Post (`POSTS_AND_COURIERS.md` §33): English and Korean pages, for EMS and for domestic parcels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, the_only, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import is_dated, shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_S = State

_KOREAN = Families(
    (_S.RETURNED, Leg.LOCAL, r"반송|반환"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"미배달|배달 ?불가|배달 ?실패|수취 ?거절|부재"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"보관 ?중|교부 ?대기|무인 ?우편함"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"통관 ?(?:보류|지연|불허)|세관 ?(?:보류|보관)"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"배달 ?(?:준비|중|출발)"),
    (_S.DELIVERED, Leg.FINAL, r"배달 ?완료|교부 ?완료"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"통관 ?(?:완료|및 ?분류)"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"통관|상대국 ?도착|도착 ?교환국"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, r"항공사 ?인수|운송사|상대국 ?인계|교환국 ?(?:에서 ?)?발송"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"접수"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"발송|도착|교환국"),
)
"""Wordings of the Korean pages, by general knowledge of the language: only English bodies are known."""

_NOT_FOUND = re.compile(r"is not found|(?:정보|결과|내역|자료)[가이]? ?(?:없습니다|존재하지)", re.I)
_COLUMNS = {
    "day": ("date", "날짜", "처리일", "일시"),
    "time": ("time", "시간"),
    "status": ("status", "처리현황", "상태"),
    "place": ("post office", "airport", "발생국", "처리국", "취급국", "우체국"),
}


def ask(asked: Asked) -> tuple[Request, ...]:
    """One form a number."""
    return tuple(
        Request(
            url="https://trace.epost.go.kr/xtts/servlet/kpl.tts.common.svl.SttSVL",
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode(
                {
                    "target_command": "kpl.tts.tt.epost.cmd.RetrieveEmsTraceEngCmd",
                    "JspURI": "/xtts/tt/epost/ems/EmsSearchResultEng.jsp",
                    "POST_CODE": normalise(number),
                }
            ).encode(),
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    marks = ("Delivery Status", "Item Number", "item number", "processTable", "처리현황", "epost.go.kr")
    return body.is_html and any(mark.encode() in body.data for mark in marks)


def _read(body: Body, asked: Asked) -> Reading:
    """The table of events, oldest first. Raises `Unreadable`.

    The upper table keeps cells of an earlier answer beside "not found": only its number is read.
    """
    page = body.html("table")
    number = _number(page) or the_only(asked)
    events = tuple(event for table in page.find_all("table") for event in _rows(table))
    if events:
        return answer([concluded(Parcel(number=number, events=events), newest_first=False)], [], asked)
    if _NOT_FOUND.search(page.get_text(" ")[:20_000]):
        return answer([], [number], asked)
    raise Unreadable("table", "rows with a date and a status")


def _number(page: BeautifulSoup) -> str:
    """The number of the upper table; empty where none is there."""
    for cell in page.find_all("td", limit=20):
        try:
            number = normalise(cell.get_text(strip=True))
        except BadNumber:
            continue
        if any(char.isdigit() for char in number) and not is_dated(number):
            return tidy(number)
    return ""


def _rows(table: Tag) -> Iterator[Event]:
    """The dated rows of a table that holds no other."""
    at = _columns(table)
    if table.find("table"):
        return
    for row in table.find_all("tr"):
        cells = [flat(cell.get_text(" ")) for cell in row.find_all("td")]
        if len(cells) < 3 or not is_dated(cells[0]):
            continue
        text = cells[min(at.get("status", 1), len(cells) - 1)]
        time = cells[at["time"]] if at.get("time", len(cells)) < len(cells) else ""
        place = cells[at["place"]] if at.get("place", len(cells)) < len(cells) else ""
        when = stamp(shown(f"{cells[0]} {time}".strip()))
        yield event(when, text, meaning(text) or _KOREAN.of(text), place=place)


def _columns(table: Tag) -> dict[str, int]:
    """Where each column stands, by the words of the head."""
    heads = [flat(cell.get_text(" ")).lower() for cell in table.find_all("th")]
    found: dict[str, int] = {}
    for name, words in _COLUMNS.items():
        places = (n for n, head in enumerate(heads) if any(word in head for word in words))
        if (place := next(places, None)) is not None:
            found[name] = place
    return found


SOURCE = Source(
    id="koreapost",
    name="Korea Post",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("trace.epost.go.kr",),
    readers=(Reader(name="trace page", fits=_fits, read=_read),),
    clock="the wall clock of the place, without a zone",
    page="https://service.epost.go.kr/trace.RetrieveEmsRigiTraceList.comm?POST_CODE={number}",
    ask=ask,
    countries=("KR",),
)
