"""Captures: what the user's own browser, file or clipboard showed, read and taken in. The body is not kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import msgspec

from parcelparsers import Asked, Body, Outcome
from parcelparsers.errors import ParserError
from parcelparsers.model import Parcel
from parcelparsers.page import Capture, OrderReading, PageReading, Unread
from parcelwarden.domain.model import OrderRef
from parcelwarden.services import settings
from parcelwarden.services.answers import fingerprint
from parcelwarden.services.attaching import Attaching, normal
from parcelwarden.services.errors import Invalid
from parcelwarden.services.intake import Intake
from parcelwarden.services.order_pages import OrderPages, PageSeen
from parcelwarden.services.page_facts import page_zone
from parcelwarden.services.ports import Reader, Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import CaptureRecord, Origin
from parcelwarden.services.routes import Routes
from parcelwarden.services.timeline import FIRST_YEAR

CARRIER_PAGE = "carrier_page"
_WORDS = re.compile(r"[A-Za-z0-9]{6,40}")
_DIGITS = 6
TEXT = "text"
_TYPES = {"json": "application/json", "html": "text/html", "text": "text/plain"}


class CaptureVerbs:
    """Takes captures in."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        routes: Routes,
        attaching: Attaching,
        intake: Intake,
        reassessing: Reassessing,
    ) -> None:
        self._store = store
        self._reader = reader
        self._routes = routes
        self._attaching = attaching
        self._intake = intake
        self._reassessing = reassessing
        self._pages = OrderPages(attaching)

    async def take(self, capture: Capture, account: str | None, now: datetime) -> CaptureRecord:
        """Read it and take it in; the same input twice changes nothing. Raises `Invalid` when nothing can be read."""
        seen_at = min(capture.seen_at or now, now)
        if seen_at.year < FIRST_YEAR:
            raise Invalid(f"seen_at: expected a year from {FIRST_YEAR} on, got {seen_at:%Y-%m-%d}", field="seen_at")
        capture_id = identity(capture, account)
        if capture.kind == CARRIER_PAGE:
            source, parcels = await self._carrier_page(capture)
            page = PageReading(parcels=tuple((None, parcel) for parcel in parcels))
        else:
            source, page = "", await self._order_page(capture)
        seen = PageSeen(
            seen_at=seen_at,
            now=now,
            zone=page_zone(capture.zone),
            url=capture.url,
            account=account,
            origin=Origin.IMPORT if capture.url.startswith("file:") else Origin.PAGE,
            received=fingerprint(capture.body.encode("utf-8", "replace")),
        )
        return await self._store.write(lambda unit: self._taken(unit, capture_id, capture.kind, page, seen, source))

    async def _order_page(self, capture: Capture) -> PageReading:
        try:
            return await self._reader.read_page(capture)
        except ParserError as fault:
            raise Invalid(str(fault), field="body") from fault

    async def _carrier_page(self, capture: Capture) -> tuple[str, Sequence[Parcel]]:
        source = self._routes.by_page(capture.url)
        if source is None:
            raise Invalid("url: not the tracking page of a source that is known here", field="url")
        body = Body(capture.body.encode("utf-8", "replace"), content_type=_TYPES[capture.form])
        reading = await self._reader.read(source, body, Asked(()))
        if not any(parcel.number for parcel in reading.parcels) and len(named := _named(capture.url)) == 1:
            reading = await self._reader.read(source, body, Asked(named))
        if reading.outcome is not Outcome.FOUND:
            why = reading.detail or reading.reason or reading.outcome
            raise Invalid(f"body: no parcel can be read on this page of {source.name}: {why}", field="body")
        return source.id, reading.parcels

    def _taken(
        self, unit: Unit, capture_id: str, kind: str, page: PageReading, seen: PageSeen, source: str
    ) -> CaptureRecord:
        let_in, unread = _let_in(unit, page, seen)
        touched = [self._pages.take(unit, order, seen) for order in let_in]
        numbers: list[str] = []
        for order_id, parcel in page.parcels:
            refs = [ref for ref in touched if ref.order_id == order_id] or _watched(unit, order_id)
            if kind == TEXT:
                taken = self._pasted(unit, parcel, refs, seen)
            else:
                taken = self._parcel(unit, parcel, refs, seen, source or _shop(page, refs))
            if taken is None:
                continue
            number, concerned = taken
            numbers.append(number)
            touched.extend(concerned)
        known = tuple(dict.fromkeys(touched))
        self._reassessing.again(unit, known, seen.now)
        numbers += [parcel.numbers[0] for ref in known for parcel in _parcels(unit, ref)]
        result: dict[str, Any] = {
            "orders": [{"marketplace": ref.marketplace, "order_id": ref.order_id} for ref in known],
            "parcels": list(dict.fromkeys(numbers)),
            "unread": [_unread(item.field, item.why, item.order_id) for item in unread],
        }
        record = CaptureRecord(id=capture_id, kind=kind, seen_at=seen.seen_at, received_at=seen.now, result=result)
        unit.captures.put(record)
        return record

    def _pasted(
        self, unit: Unit, told: Parcel, refs: Sequence[OrderRef], seen: PageSeen
    ) -> tuple[str, Iterable[OrderRef]] | None:
        """Watch a number that the user pasted, with the history beside it. When a source said that is not known, so no
        look is written."""
        try:
            number = normal(told.number)
        except Invalid:
            return None
        parcel = self._attaching.attach(unit, number, refs, seen.now)
        return number, self._intake.told(unit, parcel.id, told, seen.seen_at) if told.events else parcel.orders

    def _parcel(
        self, unit: Unit, told: Parcel, refs: Sequence[OrderRef], seen: PageSeen, source: str
    ) -> tuple[str, Iterable[OrderRef]] | None:
        """Take in what a tracking page tells. A number that is not watched and belongs to no watched order is let be:
        the user was only looking."""
        try:
            number = normal(told.number)
        except Invalid:
            return None
        parcel = unit.parcels.by_number(number)
        if parcel is None and not refs:
            return None
        parcel = self._attaching.attach(unit, number, refs, seen.now)
        return number, self._intake.tell(unit, parcel, source, told, seen.seen_at, seen.received)


def _named(url: str) -> tuple[str, ...]:
    """What in the address of a page may be the number that the page does not repeat."""
    parts = urlsplit(url)
    words = _WORDS.findall(f"{parts.path} {parts.query} {parts.fragment}")
    return tuple(dict.fromkeys(normal(word) for word in words if sum(map(str.isdigit, word)) >= _DIGITS))


def identity(capture: Capture, account: str | None) -> str:
    """The same body of the same page gives the same name, whenever it was seen."""
    parts = (capture.url, capture.kind, capture.form, capture.api, account, capture.body)
    return sha256(msgspec.json.encode(parts)).hexdigest()[:32]


def _let_in(unit: Unit, page: PageReading, seen: PageSeen) -> tuple[list[OrderReading], list[Unread]]:
    """The orders of a page that the browser showed, without those of shops that the setting `sites` leaves out, which are
    told as unread. What the user gives by hand (a file, a text) is always taken."""
    sites = settings.sites(unit) if seen.url.startswith("http") else ()
    out = [order for order in page.orders if sites and order.marketplace not in sites]
    why = "its shop is not among the sites in the settings"
    told = [Unread(field="order", why=why, order_id=order.order_id) for order in out]
    return [order for order in page.orders if order not in out], [*page.unread, *told]


def _watched(unit: Unit, order_id: str | None) -> list[OrderRef]:
    return unit.orders.named(order_id) if order_id else []


def _shop(page: PageReading, refs: Sequence[OrderRef]) -> str:
    """Whose page told of a parcel: the shop's."""
    return next((ref.marketplace for ref in refs), next((order.marketplace for order in page.orders), "page"))


def _parcels(unit: Unit, ref: OrderRef) -> list[Any]:
    found = unit.orders.many([ref])
    return unit.parcels.many(found[0].parcel_ids) if found else []


def _unread(field: str, why: str, order_id: str | None) -> dict[str, str]:
    return {"field": field, "why": why, **({"order_id": order_id} if order_id else {})}
