"""Quiet hours, by this machine's clock.

A critical alert breaks them in its last safe day. Another one waits for their end, if it then still helps: a reminder
that would come and end within one night is told before it begins, and what nobody was told in time breaks them too, at
the latest possible: in the last night of its span, or in the last day where it was due before the night and the machine
was not on. That an alert is learned of in time comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

import msgspec

from parcelwarden.domain.model import AlertDraft, Severity
from parcelwarden.services.records import AlertRecord

LAST_DAY = timedelta(days=1)
EARLY = timedelta(minutes=15)
"""How long before a night a reminder is told that cannot wait for its end."""

Hours = Mapping[str, str] | None


class Night(NamedTuple):
    """Quiet hours that run."""

    begin: datetime
    end: datetime


def night(hours: Hours, now: datetime, zone: tzinfo) -> Night | None:
    """The quiet hours that `now` lies in, None outside them."""
    if not hours:
        return None
    begins, ends = time.fromisoformat(hours["from"]), time.fromisoformat(hours["until"])
    local = now.astimezone(zone)
    clock, over_night = local.time(), begins > ends
    inside = clock >= begins or clock < ends if over_night else begins <= clock < ends
    if not inside:
        return None
    first = local.date() - timedelta(days=1 if over_night and clock < ends else 0)
    last = first + timedelta(days=1 if over_night else 0)
    begin, end = (datetime.combine(*at, tzinfo=zone).astimezone(UTC) for at in ((first, begins), (last, ends)))
    return Night(begin, end)


def breaks(row: AlertRecord, now: datetime, of: Night) -> bool:
    """Whether the alert may not wait until the quiet hours end."""
    if row.helps_until is None:
        return False
    late = row.due_at < of.begin and row.delivered_at is None
    last_day = row.helps_until - now <= LAST_DAY and (late or row.severity is Severity.CRITICAL)
    return last_day or row.helps_until <= of.end


def brought_forward(draft: AlertDraft, hours: Hours, zone: tzinfo) -> AlertDraft:
    """The alert, due before the night in which it would come and end; only a reminder, which says nothing that is not
    true yet, and never before what it speaks of opens."""
    of = night(hours, draft.due_at, zone)
    if of is None or draft.helps_until is None or draft.helps_until > of.end or "ends_at" not in draft.params:
        return draft
    due_at, opens_at = of.begin - EARLY, draft.params.get("opens_at")
    if draft.severity is Severity.CRITICAL or (opens_at and datetime.fromisoformat(opens_at) > due_at):
        return draft
    return msgspec.structs.replace(draft, due_at=due_at)
