"""Orders, advice, captures, alerts."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from parcelwarden.api.shapes.base import Instant, Shape

SeverityName = Literal["info", "notice", "warning", "critical"]


class RuleShape(Shape, frozen=True, kw_only=True):
    """The rule on which a date rests, and how far its source is to be trusted: primary, second_hand, weak, or observed
    on the order's own page."""

    id: str
    quote: str
    source: str
    edition: str
    trust: str


class AdviceShape(Shape, frozen=True, kw_only=True):
    """What the buyer should do now. `severity` `unknown`: the order is not watched. `zone`: how the days of `rule` are
    counted; the dates in `text` stand in the buyer's own zone."""

    severity: Literal["info", "notice", "warning", "critical", "unknown"]
    code: str | None = None
    params: dict[str, Any] = msgspec.field(default_factory=dict)
    text: str | None = None
    act_by: Instant | None = None
    opens_at: Instant | None = None
    state: str | None = None
    verdict: str | None = None
    checked_at: Instant | None = None
    missing: tuple[str, ...] = ()
    rule: RuleShape | None = None
    zone: str | None = None
    timeline: str | None = None


class AdviceList(Shape, frozen=True, kw_only=True):
    """By `marketplace/id`."""

    now: Instant
    orders: dict[str, AdviceShape]


class OrderName(Shape, frozen=True, kw_only=True):
    """How an order is named."""

    marketplace: str
    order_id: str


class UnreadShape(Shape, frozen=True, kw_only=True):
    """A field that could not be read, and why."""

    field: str
    why: str
    order_id: str | msgspec.UnsetType = msgspec.UNSET


class Captured(Shape, frozen=True, kw_only=True):
    """What was read; the same body twice gives the same `capture`."""

    capture: str
    orders: tuple[OrderName, ...]
    parcels: tuple[str, ...]
    unread: tuple[UnreadShape, ...]


class FactShape(Shape, frozen=True, kw_only=True):
    """One fact with where it comes from: page, user, carrier, import."""

    value: Any
    origin: str
    seen_at: Instant
    strategy: str
    raw: str


class PageRuleShape(Shape, frozen=True, kw_only=True):
    """A rule that was read on the order's own page."""

    kind: str
    quote: str
    seen_at: Instant
    days: int | None
    before: str | None


class WindowShape(Shape, frozen=True, kw_only=True):
    """A time in which the buyer can act (`SEMANTICS.md`, Windows); null is unknown."""

    opens_at: Instant | None
    last_safe_at: Instant | None
    stated_end_at: Instant | None
    state: Literal["not_yet", "open", "grace", "closed", "unknown"]
    act_by: Instant | None
    opened_by: str
    ends_observed: bool
    zone: str
    pack: str
    rule: RuleShape
    conflicts: tuple[str, ...]


class ClockShape(Shape, frozen=True, kw_only=True):
    """A time in which somebody must act: `wait` has `due_at`, `duty` has both ends."""

    kind: str
    pack: str
    zone: str
    rule: RuleShape
    due_at: Instant | None
    last_safe_at: Instant | None
    stated_end_at: Instant | None


class ReasonShape(Shape, frozen=True, kw_only=True):
    """Why a verdict is as it is."""

    code: str
    text: str
    evidence: tuple[str, ...]


class SilenceShape(Shape, frozen=True, kw_only=True):
    """How long nothing moved, up to the last successful look."""

    days: float | None
    quantile: float | None
    expected_until: Instant | None


class VerdictShape(Shape, frozen=True, kw_only=True):
    """What is to be thought of a parcel, and since when nobody looked."""

    verdict: str
    reasons: tuple[ReasonShape, ...]
    silence: SilenceShape
    checked_at: Instant | None


class ComingAlert(Shape, frozen=True, kw_only=True):
    """An alert that follows from the facts, due or to come."""

    code: str
    severity: SeverityName
    due_at: Instant
    helps_until: Instant | None


class ChangeShape(Shape, frozen=True, kw_only=True):
    """A fact that moved. Not `taken`: it was seen, but what was known before is kept."""

    field: str
    before: Any
    after: Any
    origin: str
    at: Instant
    taken: bool


class DifferenceShape(Shape, frozen=True, kw_only=True):
    """What was computed against what the page shows, for one window or fact, and why they differ."""

    subject: str
    code: str
    computed: Instant
    seen: Instant
    text: str | None


class MovedShape(Shape, frozen=True, kw_only=True):
    """An end of the order's page that moved; `earlier`: the buyer lost time. Not `taken`: another page shows it, and
    the earlier one is kept."""

    field: str
    before: Instant
    after: Instant
    direction: Literal["earlier", "later"]
    at: Instant
    taken: bool


class AdvisoryShape(Shape, frozen=True, kw_only=True):
    """A published disruption that concerns the order now; it explains and moves no date."""

    id: str
    kind: str
    quote: str
    source: str
    extra_days: tuple[int, int] | None


class OrderLine(Shape, frozen=True, kw_only=True):
    """An order in a list."""

    marketplace: str
    order_id: str
    title: str | None
    seller: str | None
    total: str | None
    currency: str | None
    advice: AdviceShape
    parcels: tuple[str, ...]
    page_seen_at: Instant | None


class OrderList(Shape, frozen=True, kw_only=True):
    """A page of orders, the most pressing first; `next` is the cursor of the next page."""

    now: Instant
    orders: tuple[OrderLine, ...]
    next: str | None


class OrderShape(OrderLine, frozen=True, kw_only=True):
    """One order with everything that follows from it. `oddities`: times in an impossible order, such as
    `shipped_at before paid_at`; they are kept as they stand. `doubtful_numbers`: tracking numbers whose check digit is
    wrong. `differences`: computed against observed, explained; `history`: ends of the page that moved, oldest first."""

    url: str | None
    facts: dict[str, FactShape]
    rules: tuple[PageRuleShape, ...]
    windows: dict[str, WindowShape]
    clocks: dict[str, ClockShape]
    verdicts: dict[str, VerdictShape]
    oddities: tuple[str, ...]
    doubtful_numbers: tuple[str, ...]
    alerts: tuple[ComingAlert, ...]
    changes: tuple[ChangeShape, ...]
    differences: tuple[DifferenceShape, ...]
    history: tuple[MovedShape, ...]
    advisories: tuple[AdvisoryShape, ...]
    assessed_at: Instant | None
    next_change_at: Instant | None


class AlertShape(Shape, frozen=True, kw_only=True):
    """One alert of the outbox."""

    id: int
    order: OrderName
    code: str
    params: dict[str, Any]
    severity: SeverityName
    text: str | None
    state: str
    nag: bool
    due_at: Instant
    helps_until: Instant | None
    next_at: Instant | None
    snoozed_until: Instant | None
    delivered_at: Instant | None
    acknowledged_at: Instant | None
    times_sent: int


class AlertList(Shape, frozen=True, kw_only=True):
    """A page of alerts, oldest due first; `next` is the cursor of the next page."""

    now: Instant
    alerts: tuple[AlertShape, ...]
    next: str | None
