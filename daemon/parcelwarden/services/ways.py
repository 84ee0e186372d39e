"""In which ways a parcel can be looked at, the likeliest first, down to the last one: open the page and paste it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from parcelparsers import Access, Source
from parcelwarden.services import settings
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import Look, ParcelRecord, SourceHealth
from parcelwarden.services.routes import Routes
from parcelwarden.services.trace import traced


class By(StrEnum):
    """Who asks: the daemon by itself or with the user's key, the user's browser, or only the user: open the page and
    paste it."""

    DAEMON = "daemon"
    KEY = "key"
    RELAY = "relay"
    YOU = "you"


@dataclass(frozen=True, slots=True)
class Way:
    """One source. `page` is for people; `next` is when it is asked next, None where nobody will; `state` is the
    source's health."""

    source: Source
    number: str
    asked_by: By
    page: str
    state: str
    next: datetime | None


def ways(unit: Unit, routes: Routes, parcel: ParcelRecord) -> tuple[Way, ...]:
    """All ways, those that work now before those that are walled or fail, what only people can do last."""
    looks = {look.source: look for look in parcel.looks}
    numbers = {
        source.id: number for number in reversed(parcel.numbers) for source in _known(unit, routes, parcel, number)
    }
    numbers |= {look.source: look.number for look in parcel.looks}
    relay = bool(settings.current(unit)["relay"])
    found = [
        _way(routes, source, number, looks.get(source.id), unit.sources.get(source.id), relay=relay)
        for source_id, number in numbers.items()
        if (source := routes.source(source_id))
    ]
    return tuple(sorted(found, key=lambda way: _order(way, looks)))


def _known(unit: Unit, routes: Routes, parcel: ParcelRecord, number: str) -> Iterable[Source]:
    return routes.chain(traced(unit, parcel, number))


def _way(routes: Routes, source: Source, number: str, look: Look | None, health: SourceHealth, *, relay: bool) -> Way:
    by = By.YOU
    if look is not None and look.relay:
        by = By.RELAY if relay else By.YOU
    elif look is not None and routes.pollable(source.id):
        by = By.KEY if source.access is Access.KEY else By.DAEMON
    due = look.next_look_at if look is not None and by is not By.YOU else None
    return Way(source, number, by, source.page.replace("{number}", number), health.state, due)


def _order(way: Way, looks: dict[str, Look]) -> tuple[bool, bool, int]:
    look = looks.get(way.source.id)
    return way.asked_by is By.YOU, way.state in ("walled", "failing"), look.rank if look else len(looks)
