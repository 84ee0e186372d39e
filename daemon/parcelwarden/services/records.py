"""What the store keeps, as values. One struct a table; instants are aware UTC.

Many orders to many parcels; a parcel has one or more numbers (aliases) and one look row for each source that is
asked about it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from parcelparsers.model import Eta, Event, Flag, Leg, State
from parcelwarden.domain.model import Advice, Assessment, OrderRef, Severity, VerdictCode


class Origin(StrEnum):
    """Where a fact comes from."""

    PAGE = "page"
    USER = "user"
    CARRIER = "carrier"
    IMPORT = "import"


class FactEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of an order with its provenance.

    `value` is what the JSON of `SEMANTICS.md` holds (text, bool) or, for a date read from a page,
    `{"printed", "earliest", "latest"}` with both instants. `strategy` names how it was read, `raw` what stood there.
    """

    value: Any
    origin: Origin
    seen_at: datetime
    strategy: str = ""
    raw: str = ""


class PageRuleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A rule read on the order's own page (see `parcelparsers.page.PageRule`)."""

    kind: str
    quote: str
    seen_at: datetime
    days: int | None = None
    before: str | None = None


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Of an assessment what an overlay shows."""

    advice: Advice
    verdict: VerdictCode | None = None
    checked_at: datetime | None = None
    """When the parcels were last looked at."""

    @classmethod
    def of(cls, found: Assessment) -> Brief:
        """The same, shorter."""
        if found.verdict is None:
            return cls(advice=found.advice)
        return cls(advice=found.advice, verdict=found.verdict.verdict, checked_at=found.verdict.checked_at)


class OrderRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One order. `facts` by (dotted) field name. `account` is the extension's salted hash."""

    ref: OrderRef
    facts: dict[str, FactEntry] = {}
    rules: tuple[PageRuleEntry, ...] = ()
    title: str | None = None
    seller: str | None = None
    total: str | None = None
    currency: str | None = None
    account: str | None = None
    url: str | None = None
    page_seen_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    parcel_ids: tuple[int, ...] = ()
    assessment: Assessment | None = None
    assessed_at: datetime | None = None
    next_change_at: datetime | None = None


class FactChange(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that moved: what it was, what it became, when that was seen. Not `taken`: it was seen, but what was known
    before is kept (of two differing ends the earlier)."""

    ref: OrderRef
    field: str
    before: Any
    after: Any
    origin: Origin
    at: datetime
    taken: bool = True


class Postponed(msgspec.Struct, frozen=True, kw_only=True):
    """An order that could not be assessed: it is tried again at `until`; nothing else waits for it."""

    ref: OrderRef
    until: datetime
    why: str


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What one source was asked about one parcel, and when next. `outcome` is that of the last answer (found,
    not_found), `last_outcome` that of the last attempt (also blocked, unreadable, rate_limited, network). `relay`: the
    user's browser asks."""

    parcel_id: int
    source: str
    number: str
    rank: int = 0
    next_look_at: datetime | None = None
    last_tried_at: datetime | None = None
    last_outcome: str | None = None
    last_ok_at: datetime | None = None
    outcome: str | None = None
    answer_sha256: str | None = None
    failures: int = 0
    relay: bool = False


MOST_NUMBERS = 50
"""Numbers of one parcel."""


class ParcelRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel: `numbers` newest first, the first is the one shown. Events oldest first, of all sources. `moved_at`:
    when a look last brought something new."""

    id: int
    numbers: tuple[str, ...]
    state: State | None = None
    leg: Leg = Leg.ANNOUNCED
    flags: tuple[Flag, ...] = ()
    eta: Eta | None = None
    service_line: str | None = None
    origin: str | None = None
    destination: str | None = None
    last_mile: str | None = None
    created_at: datetime
    moved_at: datetime | None = None
    events: tuple[Event, ...] = ()
    looks: tuple[Look, ...] = ()
    orders: tuple[OrderRef, ...] = ()


class Prospect(msgspec.Struct, frozen=True, kw_only=True):
    """What decides how soon a parcel is looked at again. `act_by`: the nearest of its orders; `settled`: it has orders,
    and all of them are over for the buyer."""

    state: State | None
    leg: Leg
    created_at: datetime
    moved_at: datetime | None
    act_by: datetime | None
    settled: bool = False


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How one source is. `state`: never_tried, ok, failing, walled. `resume_at`: nobody asks it before (Retry-After,
    back-off), kept across restarts. `changed_since`: its answers cannot be read, or lost a history (`changed_how`:
    unreadable, vanished)."""

    source: str
    state: str = "never_tried"
    last_tried_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_outcome: str | None = None
    failing_since: datetime | None = None
    failures: int = 0
    resume_at: datetime | None = None
    unknown_codes: tuple[str, ...] = ()
    changed_since: datetime | None = None
    changed_how: str | None = None


class AlertState(StrEnum):
    """Of an outbox row. `WITHDRAWN`: the facts that raised it changed; `EXPIRED`: its span passed undelivered;
    `FOLDED`: told by a later alert of the same order."""

    PENDING = "pending"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FOLDED = "folded"


class AlertRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the outbox. `next_at`: when it is (again) to be sent: due, snoozed, nagged; None when never."""

    id: int
    key: str
    ref: OrderRef
    code: str
    params: dict[str, Any]
    severity: Severity
    due_at: datetime
    helps_until: datetime | None
    nag: bool
    state: AlertState
    created_at: datetime
    next_at: datetime | None = None
    snoozed_until: datetime | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    times_sent: int = 0


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What one channel made of one alert. `result`: delivered, unconfirmed, failed."""

    alert_id: int
    channel: str
    result: str
    at: datetime
    attempts: int = 1
    retry_at: datetime | None = None
    error: str | None = None


class ClientRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One paired client or script token. The token itself is never kept, only its SHA-256 (hex)."""

    id: str
    name: str
    token_sha256: str
    scopes: tuple[str, ...]
    origin: str | None
    created_at: datetime
    last_used_at: datetime | None = None
    flagged_at: datetime | None = None


class CaptureRecord(msgspec.Struct, frozen=True, kw_only=True):
    """That a body was taken in, and what came of it; the body itself is not kept. `id` is a hash of the input."""

    id: str
    kind: str
    seen_at: datetime
    received_at: datetime
    result: dict[str, Any]
