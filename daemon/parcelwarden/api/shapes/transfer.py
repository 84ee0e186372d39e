"""Everything that was read or said, to be taken to another home: what `export` gives and `import` takes. What follows
from it is computed anew there. Unknown fields are refused, at every depth."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from parcelparsers.model import Flag, Leg, State
from parcelwarden.api.shapes.base import Input, Marketplace, Number, OrderId, Shape
from parcelwarden.api.shapes.inputs import SettingsInput
from parcelwarden.domain.model import Severity
from parcelwarden.services.answers import MOST
from parcelwarden.services.records import MOST_NUMBERS, AlertState, Origin

At = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=2000)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
SourceName = Annotated[str, Meta(pattern=r"^[a-z0-9_.-]{1,64}$(?!\n)")]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
MOST_ANSWERS = 1000
EXPORT: Literal["parcelwarden-export"] = "parcelwarden-export"


class PrintedSpan(Input, frozen=True, kw_only=True):
    """A date that was read from a page, and the instants that it can mean."""

    printed: Words = ""
    earliest: At
    latest: At


FactValue = bool | Words | PrintedSpan


class ExportedFact(Input, frozen=True, kw_only=True):
    """One fact with where it comes from."""

    value: FactValue
    origin: Origin
    seen_at: At
    strategy: Words = ""
    raw: Words = ""


class ExportedRule(Input, frozen=True, kw_only=True):
    """A rule that was read on the order's own page."""

    kind: Name
    quote: Words
    seen_at: At
    days: int | None = None
    before: Words | None = None


class ExportedChange(Input, frozen=True, kw_only=True):
    """A fact that moved."""

    field: Name
    before: FactValue | None
    after: FactValue | None
    origin: Origin
    at: At
    taken: bool = True


class ExportedDelivery(Input, frozen=True, kw_only=True):
    """What one channel made of an alert."""

    channel: Name
    result: Name
    at: At
    attempts: Count = 1
    retry_at: At | None = None
    error: Words | None = None


class ExportedAlert(Input, frozen=True, kw_only=True):
    """One alert of the outbox, so that nothing is told twice and nothing is lost."""

    key: Name
    code: Name
    params: dict[Name, bool | int | float | Words | None]
    severity: Severity
    due_at: At
    helps_until: At | None
    nag: bool
    state: AlertState
    created_at: At
    next_at: At | None = None
    snoozed_until: At | None = None
    delivered_at: At | None = None
    acknowledged_at: At | None = None
    times_sent: Count = 0
    deliveries: tuple[ExportedDelivery, ...] = ()


class ExportedOrder(Input, frozen=True, kw_only=True):
    """One order; `parcels` names each of its parcels by the number that is shown."""

    marketplace: Marketplace
    order_id: OrderId
    facts: dict[Name, ExportedFact] = msgspec.field(default_factory=dict)
    rules: tuple[ExportedRule, ...] = ()
    title: Words | None = None
    seller: Words | None = None
    total: Words | None = None
    currency: Words | None = None
    account: Words | None = None
    url: Words | None = None
    page_seen_at: At | None = None
    created_at: At
    updated_at: At
    parcels: tuple[Number, ...] = ()
    changes: tuple[ExportedChange, ...] = ()
    alerts: tuple[ExportedAlert, ...] = ()


class ExportedEvent(Input, frozen=True, kw_only=True):
    """One line of a tracking history."""

    local_time: Words
    at: At | None
    zone: Words | None = None
    uncertain_hours: float = 0.0
    code: Words | None = None
    state: State | None = None
    leg: Leg = Leg.ANNOUNCED
    advisory: bool = False
    description: Words = ""
    location: Words = ""


class ExportedEta(Input, frozen=True, kw_only=True):
    """The carrier's own forecast."""

    earliest: Words
    latest: Words


class ExportedLook(Input, frozen=True, kw_only=True):
    """What one source was asked about a parcel, and when next."""

    source: SourceName
    number: Number
    rank: Count = 0
    next_look_at: At | None = None
    last_tried_at: At | None = None
    last_outcome: Words | None = None
    last_ok_at: At | None = None
    outcome: Words | None = None
    answer_sha256: Words | None = None
    failures: Count = 0
    relay: bool = False


class ExportedAnswer(Input, frozen=True, kw_only=True):
    """What a source said when. `received_sha256`: of its bytes as they came; `reading`: what the reader took from them,
    without personal data, as deflated JSON in base64."""

    source: SourceName
    number: Number
    asked_at: At
    outcome: Name
    received_sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    reading: Annotated[bytes, Meta(max_length=MOST)] | None = None


class ExportedParcel(Input, frozen=True, kw_only=True):
    """One parcel with its history; the first of its numbers is the one shown."""

    numbers: Annotated[tuple[Number, ...], Meta(min_length=1, max_length=MOST_NUMBERS)]
    state: State | None = None
    leg: Leg = Leg.ANNOUNCED
    flags: tuple[Flag, ...] = ()
    eta: ExportedEta | None = None
    service_line: Words | None = None
    origin: Words | None = None
    destination: Words | None = None
    last_mile: Words | None = None
    created_at: At
    moved_at: At | None = None
    events: tuple[ExportedEvent, ...] = ()
    looks: tuple[ExportedLook, ...] = ()
    answers: Annotated[tuple[ExportedAnswer, ...], Meta(max_length=MOST_ANSWERS)] = ()


class ExportedSource(Input, frozen=True, kw_only=True):
    """How one source is, and until when nobody asks it: politeness moves too."""

    source: SourceName
    state: Literal["never_tried", "ok", "failing", "walled"] = "never_tried"
    last_tried_at: At | None = None
    last_ok_at: At | None = None
    last_outcome: Words | None = None
    failing_since: At | None = None
    failures: Count = 0
    resume_at: At | None = None
    unknown_codes: tuple[Words, ...] = ()
    changed_since: At | None = None
    changed_how: Words | None = None


class ExportShape(Input, frozen=True, kw_only=True):
    """An export, or a page of one: parcels first, then the orders that name them. Settings and sources come with the
    first page. Tokens, targets, keys and paths are never part of it."""

    format: Literal["parcelwarden-export"] = EXPORT
    version: Words = ""
    settings: SettingsInput | None = None
    sources: tuple[ExportedSource, ...] = ()
    parcels: tuple[ExportedParcel, ...] = ()
    orders: tuple[ExportedOrder, ...] = ()
    next: Words | None = None


class ImportShape(Shape, frozen=True, kw_only=True):
    """What was taken in, or with `dry_run` would be. `kept`: orders and parcels that are watched here already and
    stayed as they are."""

    orders: int
    parcels: int
    kept: tuple[str, ...]
    dry_run: bool
