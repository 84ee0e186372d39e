"""One order's life as it truly is: what happens, when, and when the buyer says so. Plain values, known to the lives,
the stand-ins and the oracle; nothing here knows the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Scan:
    """One line that the carrier prints from `at` on."""

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel: its first number, its scans, the number that it is handed on under; `economy`: a line that is not
    scanned in the country."""

    number: str
    scans: tuple[Scan, ...] = ()
    handed: tuple[datetime, str] | None = None
    economy: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that it ever has."""
        return (self.number, self.handed[1]) if self.handed else (self.number,)


@dataclass(frozen=True, slots=True)
class Act:
    """What the buyer does from `at` on, as soon as the machine runs: `add` the order with facts, `set` facts (None takes
    one back), give the order one more `number`; `ack` what was told of it, `snooze` it."""

    at: datetime
    what: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One order. `kind` names what becomes of it; acts are in the order of time, the first adds it."""

    order_id: str
    kind: str
    acts: tuple[Act, ...]
    parcels: tuple[Parcel, ...] = ()
