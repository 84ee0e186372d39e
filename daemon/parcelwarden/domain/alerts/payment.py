"""Alerts of the payment service's window, PayPal's or that of the card's bank: only where it is the one route left, or
where PayPal's ends before the shop's can be used."""

from __future__ import annotations

from datetime import datetime

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.alerts.drafts import Drafts, by_lead
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import Severity, Window

OPTIONAL = frozenset({"paypal_ends_first", "card_last_route"})
"""A choice that need not be taken, and an end that is only a rule between banks: never critical."""


def payment_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """At most one series: the route that is named does not change while both could be taken."""
    sit = drafts.sit
    window = sit.paypal or sit.card
    if window is None or window.last_safe_at is None:
        return
    end = window.last_safe_at
    route = _route(sit, window, end)
    if route is None:
        return
    code, since = route
    until = "card_until" if window.id == names.CARD else "paypal_until"
    params = params_of(None, delivery_end=sit.delivery_end, zone=window.zone, **{until: end})
    for lead in leads.unstated(leads.window):
        if since is not None and end - lead < since:
            continue
        drafts.add(
            window.id,
            lead_name(lead),
            end,
            code=code,
            severity=min(by_lead(lead, leads.unstated_least), _most(code), key=lambda s: s.rank),
            due_at=end - lead,
            helps_until=end,
            params=params,
            ends_at=end,
        )


def _most(code: str) -> Severity:
    return Severity.WARNING if code in OPTIONAL else Severity.CRITICAL


def _route(sit: Situation, service: Window, end: datetime) -> tuple[str, datetime | None] | None:
    """The code, and from when it may be said; None where the payment service is not to be spoken of."""
    facts, card = sit.facts, service.id == names.CARD
    if facts.refunded_at is not None or sit.payment_claim_known or sit.dispute_known:
        return None
    if facts.cancelled_at is not None or facts.refund_granted_at is not None:
        return None if card else ("refund_paypal", None)
    if not sit.claimable:
        return None
    window, last = sit.not_received, "card_last_route" if card else "paypal_last_route"
    if window is None or window.last_safe_at is None:
        return last, service.opens_at if card else None
    if not card and sit.paypal_ends_first:
        return "paypal_ends_first", None
    closes = window.stated_end_at
    return (last, closes) if closes is not None and closes < end else None
