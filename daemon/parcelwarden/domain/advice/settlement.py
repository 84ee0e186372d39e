"""Money that came back or is on its way, and a claim at the payment service. No second claim for the same
money is ever urged (buyer help text L363-394, `POLICIES.md` AE-A1)."""

from __future__ import annotations

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import INFO, NOTICE, WARNING, of_clock, settled
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.model import Advice, WindowState


def refunded(sit: Situation) -> Advice | None:
    """The money is back: nothing is left to be claimed."""
    when = sit.facts.refunded_at
    return settled("refunded", INFO, refunded_at=when) if when else None


def refund_due(sit: Situation) -> Advice | None:
    """A refund that was granted, or that a cancelled order brings: wait, then ask; PayPal as the one route
    left."""
    clock = sit.clock(names.REFUND_ARRIVAL)
    if clock is None:
        return None
    if not sit.horizon.reached(clock.due_at):
        return of_clock("refund_arrival", INFO, clock)
    paypal = sit.paypal
    if paypal and not sit.payment_claim_known and paypal.state is WindowState.OPEN:
        until = paypal.last_safe_at
        return settled("refund_late_paypal", WARNING, rule=clock.rule, due_at=clock.due_at, paypal_until=until)
    return of_clock("refund_late", WARNING, clock)


def closed_by_shop(sit: Situation) -> Advice | None:
    """A refund that was granted or an order that was cancelled, where no clock of a refund runs."""
    facts = sit.facts
    if facts.refund_granted_at is not None:
        return settled("refund_granted", INFO)
    return settled("cancelled", INFO) if facts.cancelled_at is not None else None


def paypal_case(sit: Situation) -> Advice | None:
    """A PayPal case runs or ran: no dispute beside it."""
    if not sit.paypal_case_known:
        return None
    if sit.facts.paypal_case_closed_at is not None:
        return settled("paypal_case_closed", INFO)
    lapsed = sit.clock(names.PAYPAL_ESCALATION)
    if lapsed and sit.horizon.reached(lapsed.last_safe_at):
        return of_clock("paypal_case_lapsed", NOTICE, lapsed)
    return settled("paypal_case_open", INFO)


def chargeback(sit: Situation) -> Advice | None:
    """A chargeback runs or ran at the card's bank: no dispute beside it. What the bank allows when is not known."""
    if not sit.chargeback_known:
        return None
    return settled("chargeback_open" if sit.facts.chargeback_closed_at is None else "chargeback_closed", INFO)
