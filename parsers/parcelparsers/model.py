"""The words that all readers speak: states, events, parcels, readings. Values only, nothing is computed here.

Source of the vocabulary: `STATUSES.md` §1 (merged states and legs), DESIGN §1.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

import msgspec


class State(StrEnum):
    """What a parcel is. *Not found* and *blocked* are outcomes of a look, never states."""

    INFO_RECEIVED = "info_received"
    IN_TRANSIT = "in_transit"
    CUSTOMS_HOLD = "customs_hold"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AVAILABLE_FOR_PICKUP = "available_for_pickup"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    EXCEPTION = "exception"
    RETURNED = "returned"
    EXPIRED = "expired"


class Leg(IntEnum):
    """How far a parcel got; the maximum over its history."""

    ANNOUNCED = 0
    ACCEPTED = 1
    ORIGIN = 2
    LINE_HAUL = 3
    ARRIVED = 4
    CLEARED = 5
    LOCAL = 6
    FINAL = 7


class Flag(StrEnum):
    """What a reader noticed beside the state."""

    ADVISORY_ONLY = "advisory_only"
    ECONOMY_NO_LASTMILE = "economy_no_lastmile"
    HANDOFF_NUMBER = "handoff_number"
    LOST = "lost"
    DAMAGED = "damaged"
    PAYMENT_DUE = "payment_due"
    TIME_UNCERTAIN = "time_uncertain"
    CODE_AND_WORDING_DISAGREE = "code_and_wording_disagree"
    SPARSE = "sparse"


class Outcome(StrEnum):
    """What one look at one source ended in. Broken is never empty: these four are never mixed."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of a tracking history.

    `local_time` is the wall clock as printed, `YYYY-MM-DD[THH:MM[:SS]]`; `zone` the label printed beside it, if any;
    `at` the instant (aware, UTC) that follows from both, true within `uncertain_hours` either way, None where no
    date was printed. `state` None: the line says nothing about the parcel's state.
    """

    local_time: str
    at: datetime | None
    zone: str | None = None
    uncertain_hours: float = 0.0
    code: str | None = None
    state: State | None = None
    leg: Leg = Leg.ANNOUNCED
    advisory: bool = False
    description: str = ""
    location: str = ""


class Eta(msgspec.Struct, frozen=True, kw_only=True):
    """The carrier's own forecast, both ends inclusive, as dates `YYYY-MM-DD`."""

    earliest: str
    latest: str


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel as one source tells it; `events` oldest first."""

    number: str
    state: State | None = None
    leg: Leg = Leg.ANNOUNCED
    aliases: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    eta: Eta | None = None
    service_line: str | None = None
    origin: str | None = None
    destination: str | None = None
    last_mile: str | None = None
    unknown_codes: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a parser made of one answer.

    `parcels` are the numbers that were found, `missing` the asked numbers of which the answer says that it has
    nothing. `reason` is a short code for `blocked` and `unreadable` (`captcha`, `rate_limited`, `login`, `waf`,
    `half_empty`, `shape`, …), `detail` a sentence for people.
    """

    outcome: Outcome
    parcels: tuple[Parcel, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""
    detail: str = ""

    def outcome_for(self, number: str) -> Outcome:
        """The outcome for one asked number: an answer that does not mention it is unreadable, not empty."""
        if self.outcome in (Outcome.BLOCKED, Outcome.UNREADABLE):
            return self.outcome
        if self.parcel(number):
            return Outcome.FOUND
        return Outcome.NOT_FOUND if number in self.missing else Outcome.UNREADABLE

    def parcel(self, number: str) -> Parcel | None:
        """The parcel with this number, None when the answer has none."""
        return next((p for p in self.parcels if p.number == number), None)
