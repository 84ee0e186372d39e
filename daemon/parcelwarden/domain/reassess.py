"""Everything that follows from one order at one instant: windows, clocks, verdicts, advice, alerts.

Pure and idempotent: same facts, same events, same instant, same value. Nothing changes by itself before
`next_change_at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from parcelwarden.domain.advice import Situation, advice_for
from parcelwarden.domain.advisories import advisories_for, explained, next_turn
from parcelwarden.domain.alerts import alerts_for
from parcelwarden.domain.anchors import anchors, latest_over, readings_of
from parcelwarden.domain.contacts import contacts_in
from parcelwarden.domain.destinations import elsewhere
from parcelwarden.domain.facts import is_settled, oddities
from parcelwarden.domain.horizon import Horizon
from parcelwarden.domain.model import Advice, Assessment, Facts, Order, ParcelFacts, Verdict
from parcelwarden.domain.moment import Between, When
from parcelwarden.domain.own_page import with_own_rules
from parcelwarden.domain.policy import Pack, answer, applicable, next_change
from parcelwarden.domain.reconcile import differences
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.verdict import all_delivered, combine, delivered_at, first_delivery, judge

Judged = list[tuple[ParcelFacts, Verdict]]


def reassess(order: Order, now: datetime, rules: Rules) -> Assessment:
    """The assessment of an order at `now` (aware). Raises `FactError` for dates that no calendar holds."""
    packs = applicable(order.facts, rules.packs)
    dates = anchors(order.facts, packs)
    judged = [(parcel, _judged(order, parcel, now, dates.eleventh_day, rules)) for parcel in order.parcels]
    running = advisories_for(order.facts, now, rules.advisories)
    verdict = explained(combine(found for _, found in judged), running)
    facts = known_facts(order.facts, judged, verdict, packs)
    policy = with_own_rules(answer(facts, now, packs), order.rules, facts, packs, now)
    verdicts = {parcel.number: explained(found, running) for parcel, found in judged}
    delivered = order.facts.delivered_at is not None or all_delivered(judged)
    situation = Situation(
        order=order,
        facts=facts,
        policy=policy,
        verdict=verdict,
        verdicts=verdicts,
        horizon=Horizon(now),
        delivered=delivered,
        delivery_end=dates.delivery_end,
        delivery_over=dates.delivery_over,
        eleventh_day=dates.eleventh_day,
        try_from=dates.try_from,
        completed_over=dates.completed_over,
        elsewhere=elsewhere(order.facts, order.parcels, rules.countries),
        contacts=contacts_in(order.facts, packs) if delivered else (),
        advisories=running,
    )
    odd = oddities(order.facts)
    settled = is_settled(order.facts)
    advice = _with_odd(advice_for(situation), () if settled else odd)
    alerts = alerts_for(situation, rules.leads)
    turn = next_turn(order.facts, now, rules.advisories)
    changes = (situation.horizon.next_at, next_change(policy, now), turn, *_verdict_changes(judged, now))
    return Assessment(
        policy=policy,
        verdict=verdict,
        verdicts=verdicts,
        advice=advice,
        alerts=alerts,
        next_change_at=min((at for at in changes if at is not None), default=None),
        oddities=odd,
        settled=settled,
        differences=differences(policy, order),
        advisories=running,
    )


def _with_odd(advice: Advice, odd: tuple[str, ...]) -> Advice:
    """The advice, naming times that cannot be: what rests on them may be wrong."""
    if not odd:
        return advice
    return replace(advice, params={**advice.params, "odd": ", ".join(text.replace(" before ", " < ") for text in odd)})


def _judged(order: Order, parcel: ParcelFacts, now: datetime, first_scan_due: datetime | None, rules: Rules) -> Verdict:
    return judge(order.facts, parcel, now=now, first_scan_due=first_scan_due, model=rules.model, lines=rules.lines)


def _verdict_changes(judged: Judged, now: datetime) -> list[datetime]:
    """When a verdict may change: `changes_at`, and a look that the clock, set back, has not come to yet."""
    instants = (at for parcel, found in judged for at in (found.changes_at, parcel.last_ok_at))
    return [at for at in instants if at is not None and at > now]


def known_facts(facts: Facts, judged: Judged, verdict: Verdict | None, packs: Sequence[Pack]) -> Facts:
    """The facts as the engine sees them: with what the carriers tell, and the refund that a won dispute brings. What
    was given by page or user stands."""
    facts = _with_granted_refund(facts)
    abnormal = verdict is not None and verdict.logistics == "abnormal"
    delivered = facts.delivered_at or delivered_at(facts, judged) or _first_of_several(facts, judged, packs)
    if delivered is facts.delivered_at and (not abnormal or facts.logistics == "abnormal"):
        return facts
    return replace(facts, delivered_at=delivered, logistics="abnormal" if abnormal else facts.logistics)


def _with_granted_refund(facts: Facts) -> Facts:
    """A dispute that closed with a refund grants it: its money is waited for from the closing on (`POLICIES.md` AE-R6).
    A partial one does until it is appealed."""
    dispute = facts.dispute
    granted = dispute.outcome == "refund" or (dispute.outcome == "partial" and dispute.appealed_at is None)
    if facts.refund_granted_at or dispute.closed_at is None or not granted:
        return facts
    return replace(facts, refund_granted_at=dispute.closed_at)


def _first_of_several(facts: Facts, judged: Judged, packs: Sequence[Pack]) -> When | None:
    """Some parcels are delivered, not all, and the order is received or completed: the first delivery
    anchors ends, and no beginning (`SEMANTICS.md`, Facts, last paragraph)."""
    closing = [when for when in (facts.received_at, facts.completed_at) if when is not None]
    first = first_delivery(facts, judged) if closing else None
    if first is None:
        return None
    readings = readings_of(packs)
    return Between(first, max(first, *(latest_over(when, readings) for when in closing)))
