"""The values that the domain takes and gives. Shapes only; every rule stands in its own module.

Instants are aware datetimes in UTC. Source of the vocabulary: `SEMANTICS.md`, DESIGN §1.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from parcelparsers.model import Event, Flag, Outcome
from parcelwarden.domain.moment import When


class OrderRef(NamedTuple):
    """How an order is named everywhere: `marketplace/order_id`."""

    marketplace: str
    order_id: str

    def __str__(self) -> str:
        return f"{self.marketplace}/{self.order_id}"


class Severity(StrEnum):
    """How much an advice or alert presses, least first."""

    INFO = "info"
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info … 3 for critical."""
        return list(Severity).index(self)


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """The dispute on the marketplace, as far as known. `closed_by`: platform, seller, buyer; `outcome`: refund,
    partial, rejected."""

    opened_at: When | None = None
    seller_replied_at: When | None = None
    escalated_at: When | None = None
    respond_by_at: When | None = None
    return_agreed_at: When | None = None
    return_tracking_submitted_at: When | None = None
    closed_at: When | None = None
    closed_by: str | None = None
    outcome: str | None = None
    appealed_at: When | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one order (`SEMANTICS.md`, Facts). None is unknown, never a guess. `seller_asked_at`, by the
    buyer's word: the seller asked to wait, or to confirm what has not come; no date hangs on it. `chargeback_*`: at the bank of the
    buyer's card."""

    marketplace: str
    order_id: str
    country: str | None = None
    placed_at: When | None = None
    paid_at: When | None = None
    payment_method: str | None = None
    ship_by_at: When | None = None
    shipped_at: When | None = None
    delivery_due_at: When | None = None
    delivered_at: When | None = None
    received_at: When | None = None
    completed_at: When | None = None
    free_return: bool = False
    warranty: bool = False
    shipping_method: str | None = None
    logistics: str = "normal"
    observed_protection_ends_at: When | None = None
    observed_dispute_button_at: When | None = None
    seller_asked_at: When | None = None
    cancel_requested_at: When | None = None
    cancelled_at: When | None = None
    refund_granted_at: When | None = None
    refunded_at: When | None = None
    paypal_case_opened_at: When | None = None
    paypal_case_escalated_at: When | None = None
    paypal_case_closed_at: When | None = None
    chargeback_opened_at: When | None = None
    chargeback_closed_at: When | None = None
    dispute: Dispute = Dispute()

    @property
    def ref(self) -> OrderRef:
        """The order's name."""
        return OrderRef(self.marketplace, self.order_id)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Where a date comes from: the rule's id, the quoted sentence, its source, the edition it stands in, and how far
    the source is to be trusted (`primary`, `second_hand`, `observed`)."""

    id: str
    quote: str
    source: str
    edition: str
    trust: str = "primary"


class WindowState(StrEnum):
    """Of a window at an instant."""

    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which the buyer can act. Null is unknown. `opened_by` says on what the opening rests: `button`,
    `delivery_over`, `completed`, `abnormal`, `received`, `paid`, `waiting`, `unknown`; `ends_observed`: the end was
    read on the order's page. `zone` names the reading of days (e.g. `PST`)."""

    id: str
    pack: str
    opens_at: datetime | None
    last_safe_at: datetime | None
    stated_end_at: datetime | None
    state: WindowState
    act_by: datetime | None
    opened_by: str
    ends_observed: bool
    zone: str
    rule: Rule
    conflicts: tuple[str, ...] = ()


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which somebody must act: `wait` has `due_at`; `duty` has `last_safe_at` and `stated_end_at`. `zone`
    names the reading of days (e.g. `PST`)."""

    id: str
    pack: str
    kind: str
    rule: Rule
    zone: str = ""
    due_at: datetime | None = None
    last_safe_at: datetime | None = None
    stated_end_at: datetime | None = None


class PolicyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All windows and clocks of one order at one instant, by id."""

    windows: dict[str, Window] = {}
    clocks: dict[str, Clock] = {}


class SourceChanged(msgspec.Struct, frozen=True, kw_only=True):
    """A source that cannot be read any more about a parcel, or no longer tells what it told: `how` (unreadable,
    vanished), when that was last seen, and the last answer before, None where there was none."""

    source: str
    how: str
    seen_at: datetime
    last_ok_at: datetime | None


class ParcelFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one parcel. `outcome` is that of the last successful look (found, not_found), or of the last
    when none succeeded; `last_outcome` that of the last attempt; `last_ok_at` the last look that got an answer.
    `destination`: the country to which the carrier says it goes, as printed. `changed`: sources that changed."""

    number: str
    source: str | None = None
    outcome: str = Outcome.NOT_FOUND
    last_outcome: str | None = None
    last_ok_at: datetime | None = None
    flags: tuple[Flag, ...] = ()
    service_line: str | None = None
    destination: str | None = None
    events: tuple[Event, ...] = ()
    changed: tuple[SourceChanged, ...] = ()


class VerdictCode(StrEnum):
    """What is to be thought of a parcel (`SEMANTICS.md`, Verdicts)."""

    UNVERIFIED = "unverified"
    AWAITING_FIRST_SCAN = "awaiting_first_scan"
    NORMAL = "normal"
    QUIET_EXPECTED = "quiet_expected"
    SLOW = "slow"
    STALLED = "stalled"
    ABNORMAL = "abnormal"
    ACTION_NEEDED = "action_needed"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a verdict is as it is: a code, a sentence, and what it was seen in (event time and text, dates)."""

    code: str
    text: str
    evidence: tuple[str, ...] = ()


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """How long nothing moved, up to the last successful look: `days`, the quantile of the silence model that this
    is (0…1), and the instant until which silence is expected."""

    days: float | None = None
    quantile: float | None = None
    expected_until: datetime | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict of one parcel. `logistics`: normal, abnormal, or None for "leave it as the facts have it".
    `changes_at`: the next instant at which it would change without any news."""

    verdict: VerdictCode
    reasons: tuple[Reason, ...] = ()
    silence: Silence = Silence()
    logistics: str | None = None
    checked_at: datetime | None = None
    changes_at: datetime | None = None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer should do now. `params` hold strings, numbers and instants, never "in 3 days"; the sentence is
    rendered from `code` and `params` by `messages`. `zone`: how the days of `rule` are counted. `missing` names the
    facts that would make it known."""

    code: str
    severity: Severity
    params: dict[str, Any] = {}
    act_by: datetime | None = None
    opens_at: datetime | None = None
    window: str | None = None
    state: str | None = None
    rule: Rule | None = None
    zone: str | None = None
    missing: tuple[str, ...] = ()


class AlertDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Advice that must reach the buyer at a time. `key` is the dedupe key: same facts, same key. From `due_at` to
    `helps_until` (its span) acting still helps; None: no end. `nag`: repeated daily until acknowledged."""

    key: str
    code: str
    severity: Severity
    due_at: datetime
    helps_until: datetime | None
    params: dict[str, Any] = {}
    nag: bool = False


class OwnRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that the order's own page prints, counted in `days`. `kind`: `return_after_receipt`,
    `return_after_delivery`, `dispute_after_receipt`, `dispute_after_placed`; others bear on no window."""

    kind: str
    quote: str
    seen_at: datetime
    days: int | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """An end on the order's page that moved: the earliest instants that it could mean before and after, and when that
    was seen. Not `taken`: another page shows it, and the earlier one is kept."""

    field: str
    before: datetime
    after: datetime
    at: datetime
    taken: bool = True

    @property
    def direction(self) -> str:
        """`earlier`: the buyer lost time; `later`: it was extended."""
        return "earlier" if self.after < self.before else "later"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What was computed against what the page shows, for one window or fact (`subject`), and why they differ: `code`
    and `params` make a sentence."""

    subject: str
    code: str
    computed: datetime
    seen: datetime
    params: dict[str, Any] = {}


class Advisory(msgspec.Struct, frozen=True, kw_only=True):
    """A published disruption of a time and a region. It explains, and never moves a date. `kind`: delay, suspended,
    held, contactless, returns. It concerns orders shipped from `shipped_from` on to `countries` by `lines` (empty: any)
    while it runs (both days included); `extra_days` at least and at most."""

    id: str
    kind: str
    quote: str
    source: str
    runs_from: date
    runs_until: date
    countries: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    shipped_from: date | None = None
    extra_days: tuple[int, int] | None = None
    note: str = ""


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer's own parcels say of one under way: `late`, the probability that it is not there when the delivery
    time is over, resting on `evidence` of them that arrived; `expected`: so high that it is worth a word; `day`: as of
    the beginning of that day."""

    late: float
    evidence: int
    expected: bool
    day: datetime


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One order as the domain sees it: its facts, the rules of its own page, what is at risk, its parcels, and when
    its page was last read. `total` is a decimal as text in `currency`; `moved`: what moved on its pages, oldest first;
    `countdowns`: ends that were read off a countdown, and when; `open_disputes`: how many disputes of the buyer are
    open at this shop; `outlook`: whether it will come in time, None while too little is known."""

    facts: Facts
    rules: tuple[OwnRule, ...] = ()
    title: str | None = None
    seller: str | None = None
    total: str | None = None
    currency: str | None = None
    parcels: tuple[ParcelFacts, ...] = ()
    page_seen_at: datetime | None = None
    moved: tuple[Moved, ...] = ()
    countdowns: dict[str, datetime] = {}
    open_disputes: int = 0
    outlook: Outlook | None = None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that follows from one order at one instant; the same input gives the same value.

    `verdict` is the order's (the most pressing of its parcels'), `verdicts` by parcel number. `alerts` are all that
    follow from these facts, due or to come. `next_change_at`: the next instant at which an answer would change by
    itself, None for never. `oddities`: times in an impossible order, `shipped_at before paid_at`. `settled`: no look
    at a carrier can change what the buyer should do. `differences`: computed against observed, explained; `advisories`:
    disruptions that were published for this order's time and way."""

    policy: PolicyAnswer
    verdict: Verdict | None
    verdicts: dict[str, Verdict]
    advice: Advice
    alerts: tuple[AlertDraft, ...]
    next_change_at: datetime | None
    oddities: tuple[str, ...] = ()
    settled: bool = False
    differences: tuple[Difference, ...] = ()
    advisories: tuple[Advisory, ...] = ()
