"""Alerts about the order's own page: an end that moved, in either direction, and dates that were read too long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelwarden.domain.advice.remarks import OLD_PAGE
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.alerts.drafts import Drafts
from parcelwarden.domain.alerts.leads import LeadTimes
from parcelwarden.domain.model import Moved, Severity
from parcelwarden.domain.reconcile import ENDS, last_move

TOLD_FOR = timedelta(days=7)
"""How long a move is news, where its end is not nearer."""

AFTER_OPENING = frozenset({"dispute.respond_by_at"})
"""Ends that matter only while a dispute runs."""


def moved_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """The newest move of each end: a notice when it came nearer, an info when it was extended."""
    sit = drafts.sit
    for field in ENDS:
        running = sit.dispute_known and sit.facts.dispute.closed_at is None
        concerned = running if field in AFTER_OPENING else sit.claimable
        move = last_move(sit.order, field) if concerned else None
        if move is not None:
            _moved(drafts, move)


def _moved(drafts: Drafts, move: Moved) -> None:
    nearer = move.direction == "earlier"
    drafts.add(
        "moved",
        move.field,
        f"{move.after:%Y%m%dT%H%M%SZ}",
        code="end_moved_earlier" if nearer else "end_extended",
        severity=Severity.NOTICE if nearer else Severity.INFO,
        due_at=move.at,
        helps_until=_until(move, nearer),
        params=params_of(None, moved_from=move.before, moved_to=move.after),
    )


def _until(move: Moved, nearer: bool) -> datetime:
    """While it is news; an end that came nearer, at the most until that end, if that is still to come."""
    news = move.at + TOLD_FOR
    return min(news, move.after) if nearer and move.after > move.at else news


def old_page_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """A window ends within a week by dates that were read more than a week before: open the order once more."""
    sit, window = drafts.sit, drafts.sit.not_received
    seen = sit.order.page_seen_at
    if window is None or seen is None or not sit.claimable:
        return
    for what, end in (("act_by", window.act_by), ("last_safe", window.last_safe_at)):
        if end is None or (what == "last_safe" and end == window.act_by):
            continue
        drafts.add(
            "page",
            f"old-{what}/{end:%Y%m%dT%H%M%SZ}",
            seen,
            code="open_order_again",
            severity=Severity.NOTICE,
            due_at=max(seen + OLD_PAGE, end - OLD_PAGE),
            helps_until=end,
            params=params_of(None, page_read_at=seen, ends_on=end),
            ends_at=end,
        )
