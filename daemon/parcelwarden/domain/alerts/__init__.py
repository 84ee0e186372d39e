"""What must reach the buyer, and when: all alerts that follow from an order's facts, due or to come.

Nothing is remembered here: the same facts give the same alerts with the same keys, a date that moves gives
new keys, and an alert whose span is over no longer follows. Lead times: `LeadTimes`.
"""

from __future__ import annotations

from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.alerts.arrival import unconfirmed_alerts, verdict_alerts
from parcelwarden.domain.alerts.claim import claim_alerts
from parcelwarden.domain.alerts.clocks import clock_alerts
from parcelwarden.domain.alerts.drafts import Drafts
from parcelwarden.domain.alerts.leads import LeadTimes
from parcelwarden.domain.alerts.moved import moved_alerts, old_page_alerts
from parcelwarden.domain.alerts.outlook import outlook_alerts
from parcelwarden.domain.alerts.payment import payment_alerts
from parcelwarden.domain.alerts.unknown import unknown_alerts
from parcelwarden.domain.model import AlertDraft

__all__ = ["LeadTimes", "alerts_for"]

MAKERS = (
    claim_alerts,
    clock_alerts,
    payment_alerts,
    verdict_alerts,
    unconfirmed_alerts,
    unknown_alerts,
    moved_alerts,
    old_page_alerts,
    outlook_alerts,
)


def alerts_for(sit: Situation, leads: LeadTimes) -> tuple[AlertDraft, ...]:
    """The alerts of one order, earliest first."""
    drafts = Drafts(sit)
    for make in MAKERS:
        make(drafts, leads)
    return tuple(sorted(drafts.found.values(), key=lambda draft: (draft.due_at, draft.key)))
