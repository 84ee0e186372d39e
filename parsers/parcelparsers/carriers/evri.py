"""Evri (`POSTS_AND_COURIERS.md` §27): the page of its international service, and the data of the British one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing
from parcelparsers.carriers._meanings import Families, cautious, codes
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

if TYPE_CHECKING:
    from bs4 import Tag

_S = State

_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"return(?:ed|ing) to|returned|back to sender"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"held .{0,20}customs|customs hold|customs .{0,40}(?:required|pay)"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"attempted|unable to deliver|not delivered|undeliver|refused|no one home|missed"),
    (_S.EXCEPTION, Leg.ACCEPTED, r"label error|exception|damaged|\blost\b|missing"),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        r"(?:ready|awaiting|available) (?:for )?(?:collect|pick)|delivered to .{0,30}(?:shop|locker)",
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"out for delivery|with (?:the|your) courier|on its way to you"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"\bcreated|we.re expecting|label printed|manifest"),
    (_S.DELIVERED, Leg.FINAL, r"\bdelivered\b|collected by (?:the )?(?:customer|recipient)"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"customs cleared|cleared customs|partner carrier|received by carrier"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"in customs|customs|arrived in country"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, r"export gateway|cross docked|left (?:the )?(?:country|uk)"),
    (_S.IN_TRANSIT, Leg.LOCAL, r"local depot|delivery depot|delivery unit"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"consolidated|transit|hub|sort|depot|processed|on its way"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"accepted|received at|dropped off|collected|picked up"),
)
_STAGES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "1"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "2"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "3"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "4_COURIER"),
    (_S.DELIVERED, Leg.FINAL, "5_COURIER"),
)


class _Point(Shape, frozen=True):
    description: str | None = None


class _Stage(Shape, frozen=True):
    tracking_stage_code: str | None = None


class _Row(Shape, frozen=True):
    date_time: str | None = None
    tracking_point: _Point | None = None
    tracking_stage: _Stage | None = None


class _Result(Shape, frozen=True):
    tracking_events: list[_Row]
    barcode: str | None = None


class _Answer(Shape, frozen=True):
    results: list[_Result]


def ask(asked: Asked) -> tuple[Request, ...]:
    """One form a number to the international service."""
    return tuple(
        Request(
            url="https://globaleco.app/track",
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=b"tracking_number=" + normalise(n).encode(),
        )
        for n in asked.numbers
    )


def _fits_page(body: Body) -> bool:
    return body.is_html


def _read_page(body: Body, asked: Asked) -> Reading:
    """Headings, pairs of label and value, and the table of the history. Raises `Unreadable`."""
    page = body.html("h1", "h2", "h3", "div", "table")
    heads = [" ".join(head.get_text(" ").split()) for head in page.find_all(("h1", "h2", "h3"))]
    if any("parcel not found" in head.lower() for head in heads):
        return nothing(asked)
    numbers = list(dict.fromkeys(_numbers(heads, page.find_all("strong"))))
    rows = _table(page.find_all("tr"))
    if not numbers or not rows:
        raise Unreadable("Shipment Details", "a number and a history, or that the parcel was not found")
    number = next((n for n in numbers if n in asked.numbers), numbers[0])
    aliases = tuple(n for n in numbers if n != number)
    return found(
        settled(
            Parcel(
                number=number,
                aliases=aliases,
                flags=(Flag.HANDOFF_NUMBER,) if aliases else (),
                events=tuple(rows),
            ),
            wall_clock=True,
        )
    )


def _numbers(heads: list[str], labels: list[Tag]) -> list[str]:
    """The number of the heading first, then the one at the carrier of the last mile."""
    texts = [head.partition("#")[2] for head in heads if "#" in head]
    beside = (label.parent for label in labels if "tracking" in label.get_text().lower())
    texts.extend(node.get_text(" ").partition(":")[2] for node in beside if node)
    numbers = []
    for text in texts:
        try:
            numbers.append(normalise(text))
        except BadNumber:
            continue
    return numbers


def _table(rows: list[Tag]) -> list[Event]:
    """Date, event, place; the fourth column is free text about people and is not read."""
    events = []
    for row in rows:
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        if len(cells) >= 3:
            events.append(event(stamp(cells[0]), cells[1], _WORDS.of(cells[1]), place=cells[2]))
    return events


def _fits_data(body: Body) -> bool:
    return body.is_json and b'"trackingEvents"' in body.data


def _read_data(body: Body, asked: Asked) -> Reading:
    """`results[].trackingEvents[]` of the British service. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if len(answer.results) != 1 or not answer.results[0].tracking_events:
        raise Unreadable("results", "one parcel with events")
    result = answer.results[0]
    number = asked.numbers[0] if len(asked.numbers) == 1 else result.barcode
    if not number:
        raise Unreadable("results", "the number of the parcel")
    return found(settled(Parcel(number=number, events=tuple(map(_event, result.tracking_events)))))


def _event(row: _Row) -> Event:
    text = row.tracking_point.description if row.tracking_point else None
    code = row.tracking_stage.tracking_stage_code if row.tracking_stage else None
    meaning = cautious(_STAGES.get(code or ""), _WORDS.of(text or ""))
    return event(stamp(row.date_time, place="Europe/London"), text, meaning, code=code)


SOURCE = Source(
    id="evri",
    name="Evri",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("globaleco.app",),
    readers=(
        Reader(name="British data", fits=_fits_data, read=_read_data),
        Reader(name="international page", fits=_fits_page, read=_read_page),
    ),
    clock="international: wall clock of the place of the scan, without a zone",
    page="https://www.evri.com/track/parcel/{number}",
    ask=ask,
    countries=("GB",),
)
