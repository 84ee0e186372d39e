"""AliExpress's old tracking page as markup (`ORDER_PAGES.md` §5).

A link `mailNoList=A,B` says that the number was replaced: the last one is the newest.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces._aliexpress_track import ANY_ZONE_HOURS
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dom import attribute, distinct, drop_personal, text_of, texts
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.parcels import by_words, make, tracking_number
from parcelparsers.marketplaces.shop import Page
from parcelparsers.model import Event, Parcel
from parcelparsers.page import PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_WALL = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")
_ZONE = re.compile(r"(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?", re.I)
_NUMBERS = (".tracking-no span", ".tracking-no")


def fits(body: Body) -> bool:
    """Whether this is the old tracking page's markup."""
    return body.is_html and any(mark in body.text for mark in ("tracking-module", "ship-steps", "title-eclp"))


def read(page: Page) -> PageReading:
    """The parcel of the page and its order, where the address names it."""
    root = page.body.html("div")
    drop_personal(root)
    numbers = distinct([*_listed(root), *(tracking_number(text) for _, text in texts(root, *_NUMBERS))])
    if not numbers:
        raise Unreadable(".tracking-no", "a tracking number")
    draft = Draft(ID, page.order_id)
    draft.put("tracking_numbers", numbers, "mailNoList" if len(numbers) > 1 else ".tracking-no")
    draft.first("shipping_method", texts(root, ".title-eclp"), str)
    parcel = _parcel(root, draft, numbers)
    if not draft.order_id:
        lost = Unread(field="order_id", why="the page does not name its order and its address is unknown")
        return PageReading(parcels=((None, parcel),), unread=(lost, *draft.unread))
    return PageReading(orders=(draft.reading(),), parcels=((draft.order_id, parcel),), unread=tuple(draft.unread))


def _listed(root: Tag) -> list[str]:
    found: list[str] = []
    for link in root.select('a[href*="mailNoList="]', limit=5):
        try:
            asked = parse_qs(urlsplit(attribute(link, "href")[:1000]).query)
        except ValueError:
            continue
        found += [tracking_number(n) for v in asked.get("mailNoList", []) for n in v.split(",")[:20]]
    return found


def _parcel(root: Tag, draft: Draft, numbers: list[str]) -> Parcel:
    steps = root.select(".ship-steps li", limit=300)
    events = [event for step in steps if (event := _event(step))]
    if len(events) < len(steps):
        draft.miss("events", f"{len(steps) - len(events)} of {len(steps)} events carry no time that can be read")
    parcel = make(numbers[-1], events, aliases=numbers[:-1], service_line=draft.value("shipping_method"))
    return parcel


def _event(step: Tag) -> Event | None:
    printed, zone = text_of(step.select_one(".time")), text_of(step.select_one(".timezone"))
    m = _WALL.search(printed)
    if not m:
        return None
    try:
        wall = datetime(int(m[1]), int(m[2]), int(m[3]), int(m[4]), int(m[5]), int(m[6] or 0), tzinfo=UTC)
    except ValueError:
        return None
    offset = _offset(zone)
    head, text = text_of(step.select_one(".head")), text_of(step.select_one(".text"))
    state, leg = by_words(text or head)
    return Event(
        local_time=wall.strftime("%Y-%m-%dT%H:%M:%S" if m[6] else "%Y-%m-%dT%H:%M"),
        at=wall - (offset or timedelta(0)),
        zone=zone[:40] or None,
        uncertain_hours=0.0 if offset is not None else ANY_ZONE_HOURS,
        state=state,
        leg=leg,
        description=(text or head)[:300],
    )


def _offset(zone: str) -> timedelta | None:
    m = _ZONE.search(zone)
    if not m or int(m[2]) > 14:
        return None
    size = timedelta(hours=int(m[2]), minutes=int(m[3] or 0))
    return -size if m[1] == "-" else size
