"""Alerts of PayPal's window: only where it is the one route left, or ends before the shop's can be used."""

from __future__ import annotations

from datetime import datetime

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.alerts.drafts import Drafts, by_lead
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import Severity


def payment_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """At most one series: the route that is named does not change while both could be taken."""
    sit, paypal = drafts.sit, drafts.sit.paypal
    if paypal is None or paypal.last_safe_at is None:
        return
    end = paypal.last_safe_at
    route = _route(sit, end)
    if route is None:
        return
    code, since = route
    params = params_of(None, paypal_until=end, delivery_end=sit.delivery_end, zone=paypal.zone)
    for lead in leads.unstated(leads.window):
        if since is not None and end - lead < since:
            continue
        drafts.add(
            names.PAYPAL,
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
    """A choice that need not be taken is never critical."""
    return Severity.WARNING if code == "paypal_ends_first" else Severity.CRITICAL


def _route(sit: Situation, end: datetime) -> tuple[str, datetime | None] | None:
    """The code, and from when it may be said; None where PayPal is not to be spoken of."""
    facts = sit.facts
    if facts.refunded_at is not None or sit.paypal_case_known or sit.dispute_known:
        return None
    if facts.cancelled_at is not None or facts.refund_granted_at is not None:
        return "refund_paypal", None
    if not sit.claimable:
        return None
    window = sit.not_received
    if window is None or window.last_safe_at is None:
        return "paypal_last_route", None
    if sit.paypal_ends_first:
        return "paypal_ends_first", None
    closes = window.stated_end_at
    return ("paypal_last_route", closes) if closes is not None and closes < end else None
