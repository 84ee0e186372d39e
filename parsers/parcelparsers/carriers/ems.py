"""The EMS Cooperative's public tracking (`CHINA_AND_AGGREGATORS.md` §10): every `E` number of the posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, nothing, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise

if TYPE_CHECKING:
    from bs4 import Tag

_S = State

_WORDINGS = {
    "posted": Meaning(_S.IN_TRANSIT, Leg.ACCEPTED),
    "arrived at export office": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "departed from export office": Meaning(_S.IN_TRANSIT, Leg.LINE_HAUL),
    "presented to export customs and security": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "released from export customs and security": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "held for export customs inspection": Meaning(_S.CUSTOMS_HOLD, Leg.ORIGIN),
    "arrived at sorting center": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "arrived at destination import office": Meaning(_S.IN_TRANSIT, Leg.ARRIVED),
    "held at destination import office": Meaning(_S.CUSTOMS_HOLD, Leg.ARRIVED),
    "presented to import customs": Meaning(_S.IN_TRANSIT, Leg.ARRIVED),
    "held for customs inspection": Meaning(_S.CUSTOMS_HOLD, Leg.ARRIVED),
    "released from import customs": Meaning(_S.IN_TRANSIT, Leg.CLEARED),
    "departed from destination import office": Meaning(_S.IN_TRANSIT, Leg.CLEARED),
    "arrived at post office": Meaning(_S.IN_TRANSIT, Leg.LOCAL),
    "out for delivery": Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "delivery attempted": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "delivered": Meaning(_S.DELIVERED, Leg.FINAL),
    "returned to sender": Meaning(_S.RETURNED, Leg.LOCAL),
}
_TABLE = "table-"
_BLOCKS = 10
"""More than a page about one number has."""


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(
        Request(url=f"https://items.ems.post/api/publicTracking/track?language=EN&itemId={normalise(number)}")
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.is_html and any(m in body.data for m in (b'id="table-', b"no-results-found", b"denote an EMS item"))


def _read(body: Body, asked: Asked) -> Reading:
    """A block `#table-{number}` a number, oldest first. Raises `Unreadable`."""
    page = body.html("div", "ul")
    parcels, missing = [], []
    for block in page.select(f'div[id^="{_TABLE}"]', limit=_BLOCKS):
        number = tidy(str(block["id"]).removeprefix(_TABLE))
        if events := tuple(_rows(block)):
            parcels.append(concluded(Parcel(number=number, events=events), newest_first=False))
        elif block.select_one("td.no-results-found"):
            missing.append(number)
    errors = page.select_one("ul.error")
    if not parcels and not missing and errors and "denote an EMS item" in errors.get_text(" "):
        return nothing(asked)
    return answer(parcels, missing, asked)


def _rows(block: Tag) -> Iterator[Event]:
    for row in block.find_all("tr"):
        cells = [flat(cell.get_text(" ")) for cell in row.find_all("td")]
        if row.select_one("td.no-results-found") or not cells:
            continue
        if len(cells) < 3:
            raise Unreadable("table row", "time, status and location")
        yield event(stamp(shown(cells[0])), cells[1], _meaning(cells[1]), place=cells[2])


def _meaning(text: str) -> Meaning | None:
    return _WORDINGS.get(text.lower().rstrip(". ")) or meaning(text)


SOURCE = Source(
    id="ems",
    name="EMS Cooperative",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("items.ems.post",),
    readers=(Reader(name="public tracking", fits=_fits, read=_read),),
    clock="the wall clock of each office, without a zone",
    page="https://items.ems.post/api/publicTracking/track?language=EN&itemId={number}",
    ask=ask,
)
