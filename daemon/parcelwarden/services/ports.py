"""What the services need from the outside. Adapters implement these; tests may too.

A `Unit` is one transaction: all of it is written or nothing. Work on it is plain synchronous code that runs in the
store's own thread, so services pass functions, never hold a unit across an `await`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from parcelparsers import Asked, Body, Reading, Request, Source
from parcelparsers.page import Capture, PageReading
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.answers import AnswerRows
from parcelwarden.services.records import (
    AlertRecord,
    Brief,
    CaptureRecord,
    ClientRecord,
    Delivery,
    FactChange,
    Look,
    OrderRecord,
    ParcelRecord,
    Postponed,
    Prospect,
    SourceHealth,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """A page of orders: most pressing first (`domain.pressing`), after an opaque cursor."""

    limit: int = 50
    cursor: str | None = None
    urgency: str | None = None
    state: str | None = None
    marketplace: str | None = None
    due_before: datetime | None = None
    due_from: datetime | None = None
    without_dates: bool = False


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """A page of alerts, oldest due first. `state` `due`: to be told by `channel` at `now`."""

    now: datetime
    limit: int = 50
    cursor: str | None = None
    state: str | None = None
    channel: str | None = None
    order: OrderRef | None = None


class OrderRows(Protocol):
    """Orders and their links to parcels."""

    def get(self, ref: OrderRef) -> OrderRecord | None: ...
    def many(self, refs: Sequence[OrderRef]) -> list[OrderRecord]: ...
    def briefs(self, refs: Sequence[OrderRef]) -> dict[OrderRef, Brief]:
        """Of those that were assessed."""
        ...

    def named(self, order_id: str) -> list[OrderRef]: ...
    def put(self, order: OrderRecord) -> None: ...
    def forget(self, ref: OrderRef) -> None: ...
    def link(self, ref: OrderRef, parcel_id: int) -> None: ...
    def due(self, now: datetime, limit: int) -> list[OrderRef]: ...
    def next_change_at(self) -> datetime | None: ...
    def postpone(self, ref: OrderRef, until: datetime, why: str) -> None: ...
    def postponed(self) -> list[Postponed]: ...
    def looked(self, parcel_ids: Sequence[int], at: datetime) -> None:
        """Looks at `at` brought nothing new: orders of these parcels whose verdict that changes become due."""
        ...

    def hasten(self, at: datetime) -> None:
        """Make every order due at `at`: the rules changed."""
        ...

    def hasten_awaited(self, at: datetime, marketplace: str | None = None) -> None:
        """Make the orders (of one marketplace) due at `at` that are not settled."""
        ...

    def page(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]: ...
    def newest(self, limit: int, before: datetime) -> list[OrderRef]:
        """The orders that came last before an instant, newest first."""
        ...

    def walk(self, after: int, limit: int) -> list[tuple[int, OrderRecord]]:
        """Orders in the order in which they came, each with its row's number, from the row after `after` on."""
        ...

    def by_severity(self) -> dict[str, int]:
        """How many orders there are by the severity of their advice; those never assessed are left out."""
        ...

    def count(self, *, without_dates: bool = False) -> int: ...
    def disputes_open(self, marketplace: str) -> int:
        """How many disputes of the buyer run at a marketplace."""
        ...

    def record_changes(self, changes: Iterable[FactChange]) -> None: ...
    def changes(self, ref: OrderRef) -> list[FactChange]: ...


class ParcelRows(Protocol):
    """Parcels, their numbers, events and looks."""

    def get(self, parcel_id: int) -> ParcelRecord | None: ...
    def by_number(self, number: str) -> ParcelRecord | None: ...
    def create(self, number: str, now: datetime) -> ParcelRecord: ...
    def put(self, parcel: ParcelRecord) -> None: ...
    def forget(self, parcel_id: int) -> None: ...
    def add_number(self, parcel_id: int, number: str, now: datetime) -> None: ...
    def many(self, parcel_ids: Sequence[int]) -> list[ParcelRecord]: ...
    def put_look(self, look: Look) -> None: ...
    def update_looks(self, looks: Iterable[Look]) -> None:
        """Write looks that are still there; one whose parcel was forgotten, or whose source is asked for another number
        by now, is let go."""
        ...

    def rewind(self, now: datetime) -> None:
        """The clock was set back to `now`: looks that were made later count as made now."""
        ...

    def rest(self, parcel_ids: Sequence[int]) -> None:
        """Look no more at those of the parcels all of whose orders are settled."""
        ...

    def wake(self, parcel_ids: Sequence[int], now: datetime) -> None:
        """Look again at parcels that were let be: a day after the last try at the soonest."""
        ...

    def prospects(self, parcel_ids: Sequence[int]) -> dict[int, Prospect]: ...
    def hold(self, source: str, until: datetime) -> None:
        """No look at this source before `until`; what was due sooner follows spread over ten minutes."""
        ...

    def due(self, now: datetime, limit: int) -> list[Look]:
        """Looks of the daemon's own whose time has come."""
        ...

    def relay_due(self, now: datetime, limit: int) -> list[Look]:
        """Looks of the user's browser whose time has come."""
        ...

    def soon(self, source: str, now: datetime, floor: timedelta, limit: int) -> list[Look]:
        """Looks at this source that are due within half a floor and were last tried a floor ago."""
        ...

    def ended_in(self, source: str, outcomes: Sequence[str]) -> bool:
        """Whether the last try of any look at this source ended in one of these outcomes."""
        ...

    def next_look_at(self) -> datetime | None: ...
    def page(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]: ...


class AlertRows(Protocol):
    """The outbox."""

    def get(self, alert_id: int) -> AlertRecord | None: ...
    def by_key(self, key: str) -> AlertRecord | None: ...
    def of_order(self, ref: OrderRef) -> list[AlertRecord]: ...
    def add(self, alert: AlertRecord) -> int:
        """Write a new row (its `id` does not count) and answer its id."""
        ...

    def put(self, alert: AlertRecord) -> None: ...
    def due(self, now: datetime, limit: int) -> list[AlertRecord]: ...
    def next_at(self) -> datetime | None: ...
    def upcoming(self, now: datetime, limit: int) -> list[AlertRecord]:
        """Alerts that were not withdrawn and whose span is not over, those with the nearest end first."""
        ...

    def page(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]: ...
    def deliveries(self, alert_id: int) -> list[Delivery]: ...
    def put_delivery(self, delivery: Delivery) -> None: ...
    def rewind(self, now: datetime) -> None:
        """The clock was set back to `now`: what waits for an instant reckoned from a later one waits no longer."""
        ...

    def undelivered(self, now: datetime, limit: int) -> list[AlertRecord]:
        """Alerts that are due and that a channel was given and did not confirm, nor any other; longest due first."""
        ...

    def retry(self, now: datetime) -> None:
        """A process starts: what a channel could not deliver is tried again at once, what nobody confirmed after an
        hour."""
        ...

    def forget(self, ref: OrderRef) -> None:
        """Drop every alert of an order with its deliveries."""
        ...

    def count(self, state: str) -> int: ...


class SourceRows(Protocol):
    """Health and politeness of sources, remembered across restarts."""

    def get(self, source: str) -> SourceHealth: ...
    def put(self, health: SourceHealth) -> None: ...
    def all(self) -> list[SourceHealth]: ...


class CaptureRows(Protocol):
    """What was taken in."""

    def get(self, capture_id: str) -> CaptureRecord | None: ...
    def put(self, capture: CaptureRecord) -> None: ...


class ClientRows(Protocol):
    """Paired clients and script tokens."""

    def get(self, client_id: str) -> ClientRecord | None: ...
    def put(self, client: ClientRecord) -> None: ...
    def forget(self, client_id: str) -> None: ...
    def all(self) -> list[ClientRecord]: ...


class SettingRows(Protocol):
    """The harmless settings that the API may change, as one JSON object, and small remembered values."""

    def get(self, key: str) -> Any: ...
    def put(self, key: str, value: Any) -> None: ...


class Unit(Protocol):
    """One transaction."""

    @property
    def orders(self) -> OrderRows: ...
    @property
    def parcels(self) -> ParcelRows: ...
    @property
    def alerts(self) -> AlertRows: ...
    @property
    def sources(self) -> SourceRows: ...
    @property
    def answers(self) -> AnswerRows: ...
    @property
    def captures(self) -> CaptureRows: ...
    @property
    def clients(self) -> ClientRows: ...
    @property
    def settings(self) -> SettingRows: ...


class Store(Protocol):
    """The database, owned by one thread."""

    async def write(self, work: Callable[[Unit], T]) -> T:
        """Run `work` in one transaction: committed when it returns, rolled back when it raises."""
        ...

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Run `work` without a write transaction."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP: a body with its status and type, the `Retry-After` instant if one was given."""

    body: Body
    url: str
    retry_at: datetime | None = None


class FetchFailed(Exception):
    """No answer. `kind`: network, dns, tls, timeout, redirect, too_large, refused."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Fetcher(Protocol):
    """Asks a carrier. Touches only hosts that the source declares."""

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer: ...


class Reader(Protocol):
    """Reads bodies: small JSON at once, everything else in the reader process."""

    async def read(self, source: Source, body: Body, asked: Asked) -> Reading: ...
    async def read_page(self, capture: Capture) -> PageReading: ...


@dataclass(frozen=True, slots=True)
class Note:
    """One notification: `replaces` names the note that it takes the place of; `actions` are (key, label)."""

    alert_id: int
    title: str
    body: str
    severity: str
    replaces: str
    actions: tuple[tuple[str, str], ...] = ()


class NotifyFailed(Exception):
    """A channel that could not deliver. `permanent`: trying again without a change is useless."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Notifier(Protocol):
    """One channel. `send` returns True for a confirmed delivery, False for `unconfirmed`; raises `NotifyFailed`."""

    @property
    def name(self) -> str: ...
    async def send(self, note: Note) -> bool: ...
    async def close(self) -> None: ...
