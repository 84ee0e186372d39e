"""What every rule of advice and alerts looks at: one order at one instant, prepared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from parcelwarden.domain.advice import names
from parcelwarden.domain.horizon import Horizon
from parcelwarden.domain.model import (
    Advisory,
    Clock,
    Dispute,
    Facts,
    Order,
    PolicyAnswer,
    Silence,
    Verdict,
    VerdictCode,
    Window,
    WindowState,
)

NO_SILENCE = Silence()
NO_DISPUTE = Dispute()


@dataclass(slots=True, kw_only=True)
class Situation:
    """One order at `horizon.now`.

    `verdict` is the order's, `verdicts` by parcel number; `facts` are those that the engine saw: with what
    the carriers tell filled in; `order.facts` as they were given. `delivered`: the page says so, or all
    parcels are. `delivery_end` is the earliest instant at which the delivery time can end, `delivery_over`
    the one from which it surely is over, `completed_over` that for the order's completion, `eleventh_day` surely from
    (shipped, 11), `try_from` from when the shop's rules let a dispute over abnormal tracking be tried. `elsewhere`:
    another country that a carrier names as the destination; `contacts`: the carriers' numbers in the buyer's country;
    `advisories`: disruptions that run now.
    """

    order: Order
    facts: Facts
    policy: PolicyAnswer
    verdict: Verdict | None
    verdicts: Mapping[str, Verdict]
    horizon: Horizon
    delivered: bool
    delivery_end: datetime | None = None
    delivery_over: datetime | None = None
    eleventh_day: datetime | None = None
    try_from: datetime | None = None
    completed_over: datetime | None = None
    elsewhere: str | None = None
    contacts: tuple[str, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    not_received: Window | None = field(init=False)
    not_as_described: Window | None = field(init=False)
    paypal: Window | None = field(init=False)
    card: Window | None = field(init=False)

    def __post_init__(self) -> None:
        """Look the windows up once."""
        windows = self.policy.windows
        self.not_received = windows.get(names.NOT_RECEIVED)
        self.not_as_described = windows.get(names.NOT_AS_DESCRIBED)
        self.paypal = windows.get(names.PAYPAL)
        self.card = windows.get(names.CARD)

    def clock(self, name: str) -> Clock | None:
        """A running clock, None when it does not run."""
        return self.policy.clocks.get(name)

    @property
    def code(self) -> VerdictCode | None:
        """The verdict's code, None without a parcel."""
        return self.verdict.verdict if self.verdict else None

    @property
    def reason(self) -> str | None:
        """The code of the verdict's first reason."""
        return self.verdict.reasons[0].code if self.verdict and self.verdict.reasons else None

    @property
    def silence(self) -> Silence:
        """How long nothing moved."""
        return self.verdict.silence if self.verdict else NO_SILENCE

    @property
    def dispute_known(self) -> bool:
        """Whether anything is known of a dispute on the marketplace, running or over."""
        return self.facts.dispute != NO_DISPUTE

    @property
    def paypal_case_known(self) -> bool:
        """Whether a PayPal case was ever opened."""
        facts = self.facts
        known = facts.paypal_case_opened_at or facts.paypal_case_escalated_at or facts.paypal_case_closed_at
        return known is not None

    @property
    def chargeback_known(self) -> bool:
        """Whether a chargeback was ever opened at the card's bank."""
        return (self.facts.chargeback_opened_at or self.facts.chargeback_closed_at) is not None

    @property
    def payment_claim_known(self) -> bool:
        """Whether the payment service was ever asked for the money: a claim on the marketplace would be a second
        one."""
        return self.paypal_case_known or self.chargeback_known

    @property
    def money_back(self) -> bool:
        """Whether the money came back, or was granted and is on its way."""
        facts = self.facts
        return (facts.refunded_at or facts.refund_granted_at) is not None

    @property
    def claimable(self) -> bool:
        """Whether a claim for a parcel that did not come may be spoken of at all: it was not received, not
        delivered, no claim runs or ran, no money came back, nothing was cancelled (buyer help text, abuse
        rules L363-394)."""
        facts = self.facts
        settled = facts.received_at or facts.cancelled_at
        return not (settled or self.delivered or self.money_back or self.dispute_known or self.payment_claim_known)

    @property
    def certain_from(self) -> datetime | None:
        """From when a claim for a parcel that did not come rests on more than our own verdict or a button:
        the delivery time is over, the order was completed, or the user calls the tracking abnormal. None:
        unknown, so not yet."""
        opens_at = self.not_received.opens_at if self.not_received else None
        if self.order.facts.logistics == "abnormal":
            return opens_at
        overs = [at for at in (self.delivery_over, self.completed_over) if at is not None]
        return max(opens_at, min(overs)) if opens_at is not None and overs else None

    @property
    def opened_by_verdict(self) -> bool:
        """Whether the opening is that of abnormal tracking, by our own verdict and not by the user's
        word."""
        window = self.not_received
        return window is not None and window.opened_by == "abnormal" and self.order.facts.logistics != "abnormal"

    @property
    def rests_on_verdict(self) -> bool:
        """Whether, as of now, the claim rests on our own verdict alone (DESIGN, settled choices)."""
        return self.opened_by_verdict and not self.horizon.reached(self.certain_from)

    @property
    def paypal_ends_first(self) -> bool:
        """Whether PayPal's window ends before the marketplace's can be used without doubt."""
        paypal, window = self.paypal, self.not_received
        if paypal is None or paypal.last_safe_at is None:
            return False
        begins = self.delivery_over or (window.opens_at if window else None)
        return begins is not None and paypal.last_safe_at <= begins

    def unchecked_since(self, after: timedelta) -> datetime | None:
        """The last look that got an answer, when it is longer ago than `after`; None when it is fresh, or
        when nothing more is to be learnt from a carrier."""
        window = self.not_received
        if self.delivered or self.facts.received_at or (window and window.state is WindowState.CLOSED):
            return None
        looked = self.verdict.checked_at if self.verdict else None
        return looked if looked and self.horizon.reached(looked + after) else None
