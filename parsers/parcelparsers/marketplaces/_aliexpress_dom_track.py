"""AliExpress's tracking page as markup, v1 (2023) and v2 (2025) (`ORDER_PAGES.md` §4.3).

Class names end in hashes that change, so they are matched by their meaning part. Events carry no year: they are read
only when it is known when the page was seen.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines
from parcelparsers.marketplaces._aliexpress_track import ANY_ZONE_HOURS
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dates import clean, read_date
from parcelparsers.marketplaces.dom import attribute, classed, distinct, drop_personal, id_in_link, text_of, texts
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.parcels import by_words, make, tracking_number
from parcelparsers.marketplaces.shop import Page
from parcelparsers.model import Event, Parcel
from parcelparsers.page import PageReading, Unread

if TYPE_CHECKING:
    from bs4 import Tag

_NUMBERS = (classed("mailNoValue"), classed("--mailNo-"), classed("mailNo-pc"))
_CARRIER = (classed("--carrierTitle"), classed("carrierTitle"), classed("--carrierName"))
_ETA = (classed("arrival-time-v2--title"), classed("arrival-time"))
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_RANGE = re.compile(r"\s[-–—~]\s")


def fits(body: Body) -> bool:
    """Whether this is the tracking page's markup."""
    return body.is_html and any(mark in body.text for mark in ("logistic-info", "arrival-time-v2"))


def read(page: Page) -> PageReading:
    """The parcel of the page and its order, where the address or a link names it."""
    root = page.body.html("div", "main", "section")
    drop_personal(root)
    numbers = distinct(tracking_number(text) for _, text in texts(root, *_NUMBERS))
    if not numbers:
        raise Unreadable(_NUMBERS[0], "a tracking number")
    links = (id_in_link(attribute(a, "href"), "tradeOrderId") for a in root.select('a[href*="rderId="]', limit=20))
    draft = Draft(ID, next((i for i in (page.order_id, *links) if i), ""))
    draft.put("tracking_numbers", numbers, _NUMBERS[0])
    draft.first("shipping_method", texts(root, *_CARRIER), str)
    deadlines.add(
        draft, page, [(s, text) for s, text in texts(root, '[class*="fast-delivery"]', '[class*="guarantee"]')]
    )
    parcel = _parcel(page, root, draft, numbers)
    if not draft.order_id:
        lost = Unread(field="order_id", why="neither the page nor its address names the order")
        return PageReading(parcels=((None, parcel),), unread=(lost, *draft.unread))
    return PageReading(orders=(draft.reading(),), parcels=((draft.order_id, parcel),), unread=tuple(draft.unread))


def _parcel(page: Page, root: Tag, draft: Draft, numbers: list[str]) -> Parcel:
    events = _events(page, root)
    shown = len(root.select(classed("nodeDesc"), limit=300))
    if shown > len(events):
        why = "the events carry no year, and when the page was seen is not known"
        draft.miss("events", why if page.seen_at is None else f"{shown - len(events)} events carry no date")
    return make(
        numbers[0],
        events,
        aliases=numbers[1:],
        eta=_eta(page, root, draft, events),
        service_line=draft.value("shipping_method"),
    )


def _eta(page: Page, root: Tag, draft: Draft, events: list[Event]) -> tuple[date, date] | None:
    shown = next((text for _, text in texts(root, *_ETA)), "")
    near = max((e.at for e in events if e.at), default=page.seen_at)
    found = [read_date(p, locale=page.locale, seen_at=near, future=True) for p in _RANGE.split(shown)[:4]]
    days = [day for day in found if day]
    if shown and not days:
        draft.miss("eta", f"carries no year, and when the page was seen is not known: {shown[:60]!r}")
    return (min(days), max(days)) if days else None


def _events(page: Page, root: Tag) -> list[Event]:
    found = []
    for tag in root.select(classed("nodeDesc"), limit=300):
        beside = (*tag.find_next_siblings(limit=1), *tag.find_previous_siblings(limit=1))
        printed = [clean(s.get_text()) for s in beside]
        if event := _event(page, text_of(tag), printed):
            found.append(event)
    return found


def _event(page: Page, words: str, beside: list[str]) -> Event | None:
    for printed in beside:
        day = read_date(printed, locale=page.locale, seen_at=page.seen_at)
        if day is None:
            continue
        clock = _CLOCK.search(printed)
        wall = datetime.combine(day, time(int(clock[1]), int(clock[2])) if clock else time(12), UTC)
        state, leg = by_words(words)
        return Event(
            local_time=wall.strftime("%Y-%m-%dT%H:%M") if clock else day.isoformat(),
            at=wall,
            uncertain_hours=ANY_ZONE_HOURS if clock else ANY_ZONE_HOURS + 12,
            state=state,
            leg=leg,
            description=words[:300],
        )
    return None
