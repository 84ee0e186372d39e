"""What the picture shows, as values. Instants are aware; every text is plain text, escaped by the canvas."""

from __future__ import annotations

from datetime import datetime, tzinfo
from enum import StrEnum

import msgspec


class Shape(StrEnum):
    """Of a mark. Shapes carry the meaning, colours only repeat it."""

    CIRCLE = "circle"
    RING = "ring"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened at an instant."""

    at: datetime
    label: str
    shape: Shape


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a tracking history: `leg` 0 (announced) to 7 (at the door)."""

    at: datetime
    leg: int
    label: str
    shape: Shape


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing moved from `since` to `looked`, the last look that got an answer; it is expected until `expected`."""

    since: datetime
    looked: datetime
    expected: datetime | None


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel: scans oldest first, and the silence since the newest."""

    title: str
    text: str
    scans: tuple[Scan, ...] = ()
    silence: Silence | None = None


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One window. None is unknown. Not `sure`: it opens by our own verdict alone, and the shop decides."""

    title: str
    text: str
    opens: datetime | None
    act_by: datetime | None
    last_safe: datetime | None
    ends: datetime | None
    sure: bool = True


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A clock: until `until` somebody must act; `ours`: the buyer."""

    title: str
    text: str
    until: datetime
    ours: bool


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """One order's life. `delivery`: from when until when it is under way by the shop's promise. `zone`: in which days
    and hours are written."""

    title: str
    name: str
    now: datetime
    zone: tzinfo
    marks: tuple[Mark, ...] = ()
    delivery: tuple[datetime, datetime] | None = None
    delivery_text: str = ""
    lanes: tuple[Lane, ...] = ()
    bars: tuple[Bar, ...] = ()
    limits: tuple[Limit, ...] = ()
    missing: str = ""
