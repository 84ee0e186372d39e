"""The alert of a delivery that is expected late: one quiet word, while there is still time to ask the seller."""

from __future__ import annotations

from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.under_way import late_outlook, late_params
from parcelwarden.domain.alerts.drafts import Drafts
from parcelwarden.domain.alerts.leads import LeadTimes
from parcelwarden.domain.model import Severity


def outlook_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """At most one for each end of the delivery time; it is due from the day as of which it follows."""
    sit, outlook = drafts.sit, late_outlook(drafts.sit)
    if outlook is None or sit.delivery_over is None:
        return
    drafts.add(
        "outlook",
        "expected_late",
        sit.delivery_over,
        code="expected_late",
        severity=Severity.NOTICE,
        due_at=outlook.day,
        helps_until=sit.delivery_over,
        params=params_of(sit.not_received, delivery_end=sit.delivery_end, **late_params(outlook)),
    )
