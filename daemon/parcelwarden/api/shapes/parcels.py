"""Parcels and sources."""

from __future__ import annotations

from typing import Literal

from parcelwarden.api.shapes.base import Instant, Shape
from parcelwarden.api.shapes.orders import OrderName


class EventShape(Shape, frozen=True, kw_only=True):
    """One line of a tracking history."""

    local_time: str
    zone: str | None
    at: Instant | None
    uncertain_hours: float
    code: str | None
    state: str | None
    leg: int
    advisory: bool
    description: str
    location: str


class EtaShape(Shape, frozen=True, kw_only=True):
    """The carrier's own forecast, both ends inclusive, as dates."""

    earliest: str
    latest: str


class LookShape(Shape, frozen=True, kw_only=True):
    """What one source was asked about the parcel, and when next."""

    source: str
    number: str
    outcome: str | None
    last_outcome: str | None
    last_tried_at: Instant | None
    last_ok_at: Instant | None
    next_look_at: Instant | None


class WayShape(Shape, frozen=True, kw_only=True):
    """One source that may tell of the parcel. `asked_by`: `daemon`, `key` (yours), `relay` (your browser), or `you`:
    open `page` and paste it. `next`: when it is asked next, null where nobody will. `state`: how the source is."""

    source: str
    name: str
    number: str
    asked_by: Literal["daemon", "key", "relay", "you"]
    state: str
    next: Instant | None
    page: str


class ParcelShape(Shape, frozen=True, kw_only=True):
    """One parcel; the first number is the one shown. Events oldest first. `doubtful_numbers`: those whose check digit
    is wrong. `ways`: how it can be looked at, what works now first."""

    numbers: tuple[str, ...]
    doubtful_numbers: tuple[str, ...]
    state: str | None
    leg: int
    flags: tuple[str, ...]
    eta: EtaShape | None
    service_line: str | None
    origin: str | None
    destination: str | None
    last_mile: str | None
    created_at: Instant
    events: tuple[EventShape, ...]
    looks: tuple[LookShape, ...]
    orders: tuple[OrderName, ...]
    ways: tuple[WayShape, ...] = ()


class ParcelList(Shape, frozen=True, kw_only=True):
    """A page of parcels; `next` is the cursor of the next page."""

    now: Instant
    parcels: tuple[ParcelShape, ...]
    next: str | None


class NextLook(Shape, frozen=True, kw_only=True):
    """When the parcel is looked at next; never sooner than its source allows."""

    next_look_at: Instant


class SourceShape(Shape, frozen=True, kw_only=True):
    """A place that publishes tracking, and how it is. `state` `never_tried` until it was asked on this machine;
    `last_ok_at` is since when it was not looked at; `resume_at`: nobody asks it before. `changed_since`: its
    answers can no longer be read, or forgot a history."""

    id: str
    name: str
    access: str
    evidence: str
    floor_hours: float
    clock: str
    state: str
    last_tried_at: Instant | None
    last_ok_at: Instant | None
    last_outcome: str | None
    failing_since: Instant | None
    resume_at: Instant | None
    unknown_codes: tuple[str, ...]
    changed_since: Instant | None = None
    changed_how: str | None = None


class SourceList(Shape, frozen=True, kw_only=True):
    """Every source that is known."""

    now: Instant
    sources: tuple[SourceShape, ...]
