"""What happened in one world, as an outsider saw it: all that the oracle is given beside lives and faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parcelwarden.simulate.wire import Line


@dataclass(frozen=True, slots=True)
class Said:
    """The daemon took the buyer's word: from then on it knows these facts of the order, and these numbers."""

    at: datetime
    order: str
    facts: Mapping[str, Any]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """The carrier's answer was taken in: so many scans of a number."""

    at: datetime
    number: str
    scans: int


@dataclass(frozen=True, slots=True)
class Told:
    """A channel confirmed a note. `wall` is what the machine's clock said, `alert` the note's own number."""

    at: datetime
    wall: datetime
    channel: str
    order: str
    alert: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The overlay's answer for an order."""

    at: datetime
    wall: datetime
    order: str
    line: Line


@dataclass(slots=True)
class Diary:
    """All of it, each list in the order of time. `silenced`: orders whose notes the buyer acknowledged or put off,
    and when; `crashes`: when the process died."""

    said: list[Said] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    silenced: list[tuple[datetime, str]] = field(default_factory=list)
    crashes: list[datetime] = field(default_factory=list)
