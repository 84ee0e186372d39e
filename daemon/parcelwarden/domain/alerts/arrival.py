"""Alerts about the parcel itself: a verdict that changed (once), and a delivery that is not confirmed (two
quiet reminders). An order that was received, or is complete and delivered, raises nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat
from parcelwarden.domain.advice.under_way import TO_DO
from parcelwarden.domain.alerts.drafts import Drafts
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import ParcelFacts, Severity, Verdict, VerdictCode, Window

TROUBLE = frozenset({VerdictCode.ABNORMAL, VerdictCode.STALLED})
DELIVERED_FOR = timedelta(days=3)
"""How long a delivery is still news."""
ELSEWHERE_FOR = timedelta(days=14)
"""How long a delivery to another country is."""


def verdict_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """One for each parcel whose verdict asks for attention or is a delivery."""
    sit = drafts.sit
    if sit.facts.received_at is not None or sit.money_back or sit.facts.cancelled_at is not None:
        return
    for parcel in sit.order.parcels:
        verdict = sit.verdicts.get(parcel.number)
        if verdict is not None:
            _changed(drafts, parcel, verdict, leads)


def _changed(drafts: Drafts, parcel: ParcelFacts, verdict: Verdict, leads: LeadTimes) -> None:
    sit, code = drafts.sit, verdict.verdict
    since = _since(sit, parcel, verdict)
    if since is None:
        return
    reason = verdict.reasons[0].code if verdict.reasons else code.value
    what = f"{code.value}/{reason}/{flat(parcel.number)}"
    if code is VerdictCode.DELIVERED and sit.facts.completed_at is None:
        told, severity, until = _delivery(sit, since)
    elif code in (VerdictCode.READY_FOR_PICKUP, VerdictCode.ACTION_NEEDED):
        told, severity = TO_DO.get(reason, ("pickup", Severity.NOTICE))
        until = since + leads.verdict_for
    elif code in TROUBLE and sit.claimable:
        told, severity = ("stalled" if code is VerdictCode.STALLED else "trouble"), Severity.NOTICE
        until = _end(sit) or since + leads.verdict_for
    else:
        return
    drafts.add(
        "verdict",
        what,
        since,
        code=told,
        severity=severity,
        due_at=since,
        helps_until=until,
        params=params_of(
            None,
            reason=reason,
            try_from=sit.try_from if told == "stalled" else None,
            **(_whereabouts(sit) if told == "delivered_elsewhere" else {}),
        ),
    )


def _delivery(sit: Situation, since: datetime) -> tuple[str, Severity, datetime]:
    """A delivery is news; one to another country is a matter to look into."""
    if sit.elsewhere:
        return "delivered_elsewhere", Severity.WARNING, since + ELSEWHERE_FOR
    return "delivered", Severity.INFO, since + DELIVERED_FOR


def _whereabouts(sit: Situation) -> dict[str, str | None]:
    return {"place": flat(sit.elsewhere or ""), "country": sit.facts.country}


def _since(sit: Situation, parcel: ParcelFacts, verdict: Verdict) -> datetime | None:
    """From when the verdict holds, by what does not move with every look: the line that it rests on, the
    end of the expected silence, the day at which a missing scan counts."""
    if verdict.verdict is VerdictCode.STALLED:
        return verdict.silence.expected_until
    last = next((event for event in reversed(parcel.events) if event.at is not None), None)
    reason = verdict.reasons[0].code if verdict.reasons else ""
    if reason == "no_tracking_information" or last is None or last.at is None:
        return sit.eleventh_day
    return last.at - timedelta(hours=last.uncertain_hours)


def _end(sit: Situation) -> datetime | None:
    return sit.not_received.last_safe_at if sit.not_received else None


def unconfirmed_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """Delivered, not confirmed, not completed: once before `act_by`, once before the last safe instant; neither before
    the window opens."""
    sit, window = drafts.sit, drafts.sit.not_as_described
    facts = sit.facts
    if window is None or not sit.delivered or facts.received_at or facts.completed_at:
        return
    if sit.dispute_known or sit.payment_claim_known or sit.money_back:
        return
    lead = leads.unstated_least
    for what, end, code in (
        ("act_by", window.act_by, "delivered_check"),
        ("last_safe", window.last_safe_at, "delivered_but_order_not_confirmed"),
    ):
        if end is None or (what == "last_safe" and end == window.act_by):
            continue
        due_at = max(end - lead, window.opens_at or end - lead)
        if due_at >= end and what == "act_by":
            _only_now_open(drafts, window)
            continue
        drafts.add(
            window.id,
            f"{what}-{lead_name(lead)}",
            end,
            code=code,
            severity=Severity.NOTICE,
            due_at=due_at,
            helps_until=end,
            params=params_of(window, delivered_at=facts.delivered_at),
            ends_at=end,
        )


def _only_now_open(drafts: Drafts, window: Window) -> None:
    """The window opens when it is to be used already (a parcel that came long before the eleventh day): told then."""
    if window.opens_at is not None:
        drafts.add(
            window.id,
            "opens",
            window.opens_at,
            code="delivered_but_order_not_confirmed",
            severity=Severity.NOTICE,
            due_at=window.opens_at,
            helps_until=window.last_safe_at,
            params=params_of(window, delivered_at=drafts.sit.facts.delivered_at),
            ends_at=window.last_safe_at,
        )
