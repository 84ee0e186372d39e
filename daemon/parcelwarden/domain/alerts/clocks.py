"""Alerts of clocks: what the buyer must do in a dispute, and when somebody else's time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.dispute import OPTIONAL
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.alerts.drafts import Drafts, by_lead
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import Clock, Severity

FROM_THE_PAGE = frozenset({"dispute_response"})
"""Duties whose end is the page's own countdown: no zone is in doubt."""

WHEN_OVER: dict[str, tuple[str, Severity]] = {
    names.SHIP_BY: ("ship_by_over", Severity.WARNING),
    names.CANCEL_ANSWER: ("cancel_look", Severity.NOTICE),
    names.REFUND_ARRIVAL: ("refund_late", Severity.WARNING),
    **dict.fromkeys(names.DISPUTE_WAITS, ("dispute_look", Severity.NOTICE)),
}
"""Somebody else's clocks: what is said when their time is over."""


def clock_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """All of them; none where the money is back."""
    if drafts.sit.facts.refunded_at is not None:
        return
    for clock in drafts.sit.policy.clocks.values():
        if clock.id in names.DUTIES and clock.last_safe_at is not None:
            _duty(drafts, clock, clock.last_safe_at, leads)
        elif clock.id in WHEN_OVER and clock.due_at is not None:
            _over(drafts, clock, clock.due_at, leads)


def _over(drafts: Drafts, clock: Clock, due_at: datetime, leads: LeadTimes) -> None:
    sit = drafts.sit
    if clock.id in (names.SHIP_BY, names.CANCEL_ANSWER) and (sit.delivered or sit.facts.received_at):
        return
    code, severity = WHEN_OVER[clock.id]
    drafts.add(
        clock.id,
        "over",
        due_at,
        code=code,
        severity=severity,
        due_at=due_at,
        helps_until=due_at + leads.closed_for,
        params=params_of(None, due_at=due_at),
    )


def _duty(drafts: Drafts, clock: Clock, end: datetime, leads: LeadTimes) -> None:
    spans = leads.duty if clock.id in FROM_THE_PAGE else leads.unstated(leads.duty)
    critical = max(timedelta(days=1), spans[-1])
    params = params_of(None, last_safe_at=end)
    for lead in spans:
        severity = Severity.NOTICE if clock.id in OPTIONAL else by_lead(lead, critical)
        drafts.add(
            clock.id,
            lead_name(lead),
            end,
            code=clock.id,
            severity=severity,
            due_at=end - lead,
            helps_until=end,
            params=params,
            ends_at=end,
        )
    if clock.id not in OPTIONAL:
        drafts.add(
            clock.id,
            "late",
            end,
            code=f"{clock.id}_late",
            severity=Severity.CRITICAL,
            due_at=end,
            helps_until=clock.stated_end_at or end + leads.closed_for,
            params=params,
        )
