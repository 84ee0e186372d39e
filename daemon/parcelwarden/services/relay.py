"""The relay: pages that the user's own browser fetches for the daemon, because carriers answer people and refuse
programs. Off until the user switches it on; one page at a time, floor and back-off as for the daemon's own looks.

What is on its way is kept in memory only: an answer that comes after a restart, or too late, is refused, and the page
is asked for again when its floor has passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from urllib.parse import urlsplit

import msgspec

from parcelparsers import Asked, Body, Request, Source
from parcelwarden.services import settings
from parcelwarden.services.asking import Asking, Result
from parcelwarden.services.chain import followed
from parcelwarden.services.errors import Conflict, Invalid
from parcelwarden.services.intake import Intake
from parcelwarden.services.pace import spread
from parcelwarden.services.politeness import Attempt
from parcelwarden.services.ports import Answer, Store, Unit
from parcelwarden.services.records import Look
from parcelwarden.services.retry_after import retry_at
from parcelwarden.services.routes import Routes
from parcelwarden.services.taking import take_in

PATIENCE = timedelta(minutes=2)
"""How long an answer is waited for."""
MOST_BYTES = 2 * 1024 * 1024
ACCEPT = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5"
_AT_ONCE = 50
"""Looks that are considered for one page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page to be fetched by a plain GET, until `expires_at`."""

    id: str
    source: Source
    look: Look
    url: str
    asked_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When the answer is no longer taken."""
        return self.asked_at + PATIENCE


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the browser got. `failed`: network, permission, redirect, too_large; then the rest does not count."""

    status: int = 0
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    failed: str | None = None


class Relay:
    """Gives pages out and takes them in."""

    def __init__(self, store: Store, routes: Routes, asking: Asking, intake: Intake) -> None:
        self._store = store
        self._routes = routes
        self._asking = asking
        self._intake = intake
        self._wanted: Wanted | None = None

    async def next(self, now: datetime) -> Wanted | None:
        """The page to fetch now; None where the relay is off, one is on its way, or nothing is due."""
        if self._wanted and now < self._wanted.expires_at:
            return None
        self._wanted = None
        if await self._store.read(lambda unit: self._any_due(unit, now)):
            self._wanted = await self._store.write(lambda unit: self._offered(unit, now))
        return self._wanted

    async def take(self, wanted_id: str, fetched: Fetched, now: datetime) -> None:
        """Read what was fetched and take it in. Raises `Conflict` for a page that is not (any more) waited for."""
        wanted = self._wanted
        if wanted is None or wanted.id != wanted_id or now >= wanted.expires_at:
            raise Conflict("this page is not waited for any more; ask for the next one", field="id")
        self._wanted = None
        result = await self._read(wanted, fetched, now)
        await self._store.write(
            lambda unit: take_in(unit, self._intake, wanted.source, [wanted.look], result, wanted.asked_at)
        )

    async def _read(self, wanted: Wanted, fetched: Fetched, now: datetime) -> Result:
        if fetched.failed:
            return Result((), Attempt(fetched.failed, stops=True))
        if not _declared(wanted.source, fetched.url):
            return Result((), Attempt("redirect", stops=True))
        data = fetched.body.encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            raise Invalid(f"body: expected at most {MOST_BYTES} bytes", field="body")
        body = Body(data, status=fetched.status, content_type=fetched.headers.get("content-type", ""))
        answer = Answer(body, fetched.url, retry_at(fetched.headers.get("retry-after"), now))
        return await self._asking.read(wanted.source, answer, Asked((wanted.look.number,)))

    def _any_due(self, unit: Unit, now: datetime) -> bool:
        return bool(settings.current(unit)["relay"] and unit.parcels.relay_due(now, 1))

    def _offered(self, unit: Unit, now: datetime) -> Wanted | None:
        """The first due look whose turn it is, its floor begun; those whose turn it is not are put off."""
        for look in unit.parcels.relay_due(now, _AT_ONCE):
            source = self._routes.relayable(look.source)
            request = _page(source, look.number) if source else None
            later = self._later(unit, look, source if request else None, now)
            unit.parcels.update_looks([msgspec.structs.replace(look, next_look_at=later or _again(source, look, now))])
            if source and request and later is None:
                return Wanted(token_urlsafe(12), source, look, request.url, now)
        return None

    def _later(self, unit: Unit, look: Look, source: Source | None, now: datetime) -> datetime | None:
        """Until when the look is put off: nobody asks the source now, or a likelier one follows the parcel."""
        if source is None:
            return now + timedelta(days=1)
        resume = unit.sources.get(look.source).resume_at
        if resume is not None and resume > now:
            return resume
        parcel = unit.parcels.get(look.parcel_id)
        return now + source.floor if parcel is None or followed(parcel, look) else None


def _again(source: Source | None, look: Look, now: datetime) -> datetime | None:
    return now + spread(look.number, source.floor) if source else None


def _page(source: Source, number: str) -> Request | None:
    """The plain page of a number, None where the source has none that a GET alone brings."""
    for request in source.ask(Asked((number,))) if source.ask else ():
        if request.method == "GET" and number in request.url and _declared(source, request.url):
            return request
    return None


def _declared(source: Source, url: str) -> bool:
    """Whether an address is https on the usual port of a host that the source declares."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and parts.port in (None, 443) and parts.username is None
    except ValueError:
        return False
    return plain and parts.hostname in source.hosts
