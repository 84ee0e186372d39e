"""Stand-ins for the outside, implementing the ports: a carrier, a reader in this process, a channel. Constructed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from parcelparsers import Access, Asked, Body, Evidence, Outcome, Reading, Request, Source, read
from parcelparsers import Reader as Format
from parcelparsers.model import Event, Leg, Parcel, State
from parcelparsers.page import Capture, PageReading
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.services.feed import Feed
from parcelwarden.services.noting import NotingStore
from parcelwarden.services.ports import Answer, FetchFailed, Note, NotifyFailed
from parcelwarden.services.routes import Routes
from parcelwarden.services.warden import Options, Warden
from support.assessing import rules

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FLOOR = timedelta(hours=6)
NUMBER = "LP00190000000017"


def day(number: float) -> datetime:
    """The instant so many days after the start."""
    return START + timedelta(days=number)


def event(number: float, code: str, state: State = State.IN_TRANSIT, leg: Leg = Leg.ORIGIN) -> Event:
    """A line of a history, printed so many days after the start."""
    at = day(number)
    return Event(local_time=f"{at:%Y-%m-%dT%H:%M:%S}", at=at, code=code, state=state, leg=leg, description=code)


def _ask(asked: Asked) -> tuple[Request, ...]:
    return (Request(f"https://tracking.example/{','.join(asked.numbers)}"),)


def _read(body: Body, asked: Asked) -> Reading:
    parcels = msgspec.convert(body.json["parcels"], tuple[Parcel, ...])
    missing = tuple(number for number in asked.numbers if number not in {p.number for p in parcels})
    return Reading(outcome=Outcome.FOUND if parcels else Outcome.NOT_FOUND, parcels=parcels, missing=missing)


def source(source_id: str = "cainiao", **more: Any) -> Source:
    """A made-up source whose answers are parcels as JSON."""
    given: dict[str, Any] = {
        "id": source_id,
        "name": "Made-up post",
        "access": Access.KEYLESS,
        "evidence": Evidence.CAPTURED,
        "hosts": (f"{source_id}.example",),
        "readers": (Format("parcels", lambda body: body.is_json and "parcels" in body.json, _read),),
        "clock": "UTC",
        "page": "https://tracking.example/{number}",
        "ask": _ask,
        "floor": FLOOR,
        "batch": 10,
    }
    return Source(**{**given, **more})


def routes(*sources: Source) -> Routes:
    """Routes that know only these sources."""
    known = {each.id: each for each in sources or (source(),)}
    return Routes(known.__getitem__, lambda: tuple(known))


class ScriptedFetcher:
    """A carrier: `parcels` by number, or whatever `answer` gives or raises. Counts and remembers what was asked."""

    def __init__(self) -> None:
        self.parcels: dict[str, Parcel] = {}
        self.answer: Callable[[Request, datetime], Answer] | None = None
        self.asked: list[tuple[datetime, str, tuple[str, ...]]] = []
        self.gate: asyncio.Event | None = None
        self.at_once = 0
        self.most_at_once = 0

    def tell(self, *events: Event, number: str = NUMBER, **more: Any) -> None:
        """From now on the carrier tells this history."""
        last = events[-1] if events else None
        self.parcels[number] = Parcel(
            number=number,
            events=events,
            state=last.state if last else None,
            leg=max((each.leg for each in events), default=Leg.ANNOUNCED),
            **more,
        )

    def fail(self, kind: str = "network") -> None:
        """From now on nothing comes back."""

        def answer(request: Request, now: datetime) -> Answer:
            raise FetchFailed(kind, f"{kind}, as the test wants it")

        self.answer = answer

    def wall(self, status: int = 429, retry_after: timedelta | None = None) -> None:
        """From now on the carrier refuses."""

        def answer(request: Request, now: datetime) -> Answer:
            body = Body(b"Too Many Requests", status=status, content_type="text/plain")
            return Answer(body, request.url, now + retry_after if retry_after else None)

        self.answer = answer

    def mend(self) -> None:
        """From now on it answers again."""
        self.answer = None

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer:
        numbers = tuple(request.url.rpartition("/")[2].split(","))
        self.asked.append((now, source.id, numbers))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate:
                await self.gate.wait()
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if self.answer:
            return self.answer(request, now)
        known = [self.parcels[number] for number in numbers if number in self.parcels]
        data = msgspec.json.encode({"parcels": known})
        return Answer(Body(data, content_type="application/json"), request.url)


class DirectReader:
    """Reads in this process. `pages` are what captures say, by body; others are read by the real readers."""

    def __init__(self) -> None:
        self.pages: dict[str, PageReading] = {}

    async def read(self, source: Source, body: Body, asked: Asked) -> Reading:
        return read(source, body, asked)

    async def read_page(self, capture: Capture) -> PageReading:
        if capture.body in self.pages:
            return self.pages[capture.body]
        from parcelparsers.marketplaces.pages import read_page

        return read_page(capture)


class ScriptedNotifier:
    """A channel that keeps what it was given. `outcome`: True, False (`unconfirmed`), or what it raises; `hang`: it
    never answers."""

    def __init__(self, name: str = "desktop") -> None:
        self.name = name
        self.sent: list[Note] = []
        self.outcome: bool | NotifyFailed = True
        self.hang = False

    async def send(self, note: Note) -> bool:
        if self.hang:
            await asyncio.Event().wait()
        if isinstance(self.outcome, NotifyFailed):
            raise self.outcome
        self.sent.append(note)
        return self.outcome

    async def close(self) -> None:
        """Nothing is held."""


@cache
def catalogues() -> Mapping[str, Any]:
    """The messages that are shipped."""
    return load_catalogues()


class House:
    """The services with their store and stand-ins, on a virtual clock; can be started anew from the same file."""

    def __init__(self, path: Path, sources: Iterable[Source] = ()) -> None:
        self.path = path / "parcelwarden.db"
        self.sources = tuple(sources)
        self.fetcher = ScriptedFetcher()
        self.reader = DirectReader()
        self.desktop = ScriptedNotifier()
        self.log = ScriptedNotifier("log")
        self.beside: tuple[ScriptedNotifier, ...] = ()
        self.zone: tzinfo = UTC
        self.send_seconds = 0.05
        self.now = START
        self.next_at: datetime | None = None
        self.store: SqliteStore
        self.warden: Warden
        self.feed: Feed

    async def open(self) -> House:
        """Start the services from the file."""
        self.store = await SqliteStore.open(self.path)
        self.feed = Feed()
        self.warden = Warden(
            NotingStore(self.store, self.feed),
            rules(),
            self.fetcher,
            self.reader,
            (self.desktop, *self.beside, self.log),
            catalogues(),
            Options(zone=lambda: self.zone, routes=routes(*self.sources), send_seconds=self.send_seconds),
        )
        return self

    async def close(self) -> None:
        """Stop the services and let go of the file."""
        await self.warden.close()
        await self.store.close()

    async def restart(self) -> None:
        """Stop and start anew."""
        await self.close()
        await self.open()

    async def tick(self, at: datetime) -> datetime | None:
        """Tick once at an instant and wait until everything it started is taken in."""
        self.now = at
        self.next_at = await self.warden.tick(at)
        await self.warden.settled()
        return self.next_at

    async def live(self, until: datetime, most: int = 500) -> None:
        """Tick at every instant of interest until `until`."""
        for _ in range(most):
            following = await self.tick(self.now)
            if following is None or following > until:
                self.now = until
                await self.tick(until)
                return
            self.now = max(following, self.now + timedelta(seconds=1))
        raise AssertionError(f"still ticking after {most} ticks, at {self.now}")

    async def add(self, order_id: str = "8190000000000001", numbers: Iterable[str] = (), **facts: Any) -> Any:
        """Add an order that was shipped on the second day and is due on the fortieth."""
        known = {
            "marketplace": "aliexpress",
            "order_id": order_id,
            "country": "ES",
            "placed_at": START.isoformat(),
            "paid_at": START.isoformat(),
            "shipped_at": day(2).date().isoformat(),
            "delivery_due_at": day(40).date().isoformat(),
        }
        given = {name: value for name, value in {**known, **facts}.items() if value is not None}
        return await self.warden.add_order(given, list(numbers), self.now)
