"""Alerts about what is not known: an order without dates, a source that changed, and a carrier that cannot be read
while an end comes near."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parcelparsers.model import Outcome
from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat
from parcelwarden.domain.advice.unsent import missing_dates, not_shipped
from parcelwarden.domain.alerts.drafts import Drafts, by_lead
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import ParcelFacts, Severity
from parcelwarden.domain.verdict.movement import begins

ANSWERS = frozenset({None, Outcome.FOUND, Outcome.NOT_FOUND})
OLD = timedelta(days=180)
"""An order older than any window is not asked about."""
CHANGED_FOR = timedelta(days=7)
"""How long a source that changed is news, from the last look that showed it."""

SINCE_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When the dates of an order of which nothing at all is known fell due."""


def unknown_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """All of them, for orders whose parcel is still awaited."""
    sit = drafts.sit
    if not sit.claimable:
        return
    _without_dates(drafts, leads)
    for parcel in sit.order.parcels:
        _changed(drafts, parcel)
        _unread(drafts, parcel, leads)


def _without_dates(drafts: Drafts, leads: LeadTimes) -> None:
    """At once where a parcel is under way or may be; of an order that was not shipped when it was last seen, once that is
    long ago: it may have been since, and then its dates are not known."""
    sit = drafts.sit
    missing, begun = missing_dates(sit), _begun(sit)
    if not missing or sit.facts.completed_at is not None:
        return
    waits = not_shipped(sit) is not None
    due_at = _last_seen(sit) + leads.closed_for if waits else begun or SINCE_EVER
    drafts.add(
        "dates",
        "unshipped" if waits else "missing",
        ",".join(missing),
        code="open_order_once",
        severity=Severity.NOTICE,
        due_at=due_at,
        helps_until=begun + OLD if begun else None,
        params=params_of(None, missing_dates=",".join(missing)),
    )


def _last_seen(sit: Situation) -> datetime:
    """When an order that was not shipped was last heard of: its beginning, its page, the end of its time to ship."""
    clock = sit.clock(names.SHIP_BY)
    heard = (_begun(sit), sit.order.page_seen_at, clock.due_at if clock else None)
    return max((at for at in heard if at is not None), default=SINCE_EVER)


def _begun(sit: Situation) -> datetime | None:
    """The oldest thing known of the order: it must not move with every look."""
    facts = sit.order.facts
    when = facts.placed_at or facts.paid_at or facts.shipped_at or sit.order.page_seen_at
    if when is not None:
        return begins(when)
    lines = [line.at for parcel in sit.order.parcels for line in parcel.events if line.at is not None]
    return min(lines, default=None)


def _changed(drafts: Drafts, parcel: ParcelFacts) -> None:
    """Once for each time that a source changes: what was known is kept, and nothing new comes from there. The last
    answer before does not move while it lasts, so it makes the key."""
    for each in parcel.changed:
        drafts.add(
            "source",
            f"changed/{each.source}/{flat(parcel.number)}",
            each.last_ok_at or "never",
            code="source_changed" if each.how == Outcome.UNREADABLE else "source_forgot",
            severity=Severity.NOTICE,
            due_at=each.seen_at,
            helps_until=each.seen_at + CHANGED_FOR,
            params=params_of(None, source=each.source, known_until=each.last_ok_at),
        )


def _unread(drafts: Drafts, parcel: ParcelFacts, leads: LeadTimes) -> None:
    """A source that fails is not trouble with the parcel; that nobody looks while the end nears is said by
    days left."""
    sit, looked = drafts.sit, parcel.last_ok_at
    end = _end(sit)
    if looked is None or end is None or parcel.last_outcome in ANSWERS:
        return
    for lead in leads.delivery_end:
        due_at = max(end - lead, looked + leads.unchecked_after)
        severity = Severity.NOTICE if sit.opened_by_verdict else by_lead(lead)
        drafts.add(
            "source",
            f"silent-{lead_name(lead)}/{flat(parcel.number)}/{end:%Y%m%dT%H%M%SZ}",
            looked,
            code="source_silent",
            severity=severity,
            due_at=due_at,
            helps_until=end,
            params=params_of(None, unread_since=looked, act_by=end),
            ends_at=end,
        )


def _end(sit: Situation) -> datetime | None:
    return sit.not_received.act_by if sit.not_received else None
