"""An order as a journey: one from which others are estimated, or one that is estimated itself.

A lane of the estimate is shipping line and country; where no line is known the marketplace stands for it. A day counts
as its noon, a span as its middle: what is estimated is a typical time, never a date of a rule.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, time

from parcelwarden.domain.late_risk import Journey, LateRiskSettings, RollingRisk, days_since_epoch, expected_late
from parcelwarden.domain.model import Facts, Outlook
from parcelwarden.domain.moment import Between, When
from parcelwarden.domain.verdict.lines import line_key

NOON = time(12, tzinfo=UTC)


def journey_of(
    facts: Facts,
    line: str | None,
    delivery_over: datetime | None,
    *,
    ended: When | None = None,
    observed_until: datetime | None = None,
) -> Journey | None:
    """The order's way from its shipping; None while it was not shipped or nothing was promised. `line`: how it is
    shipped; `delivery_over`: from when the delivery time surely is over; `observed_until`: nothing is known of it
    from then on."""
    shipped = facts.shipped_at
    if shipped is None or delivery_over is None:
        return None
    return Journey(
        origin=line_key(line) if line else facts.marketplace,
        destination=facts.country or "",
        paid=middle(facts.paid_at or facts.placed_at or shipped),
        started=middle(shipped),
        promised_end=days_since_epoch(delivery_over),
        ended=math.inf if ended is None else middle(ended),
        observed_until=math.inf if observed_until is None else days_since_epoch(observed_until),
    )


def outlook_of(model: RollingRisk, journey: Journey, now: datetime, settings: LateRiskSettings) -> Outlook | None:
    """Whether a parcel under way will come in time; None before it was shipped and when its delivery time is over."""
    at = days_since_epoch(now)
    if not journey.started < at < journey.promised_end:
        return None
    risk = model.assess(journey, at)
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    expected = expected_late(journey, at, risk, settings)
    return Outlook(late=risk.late, evidence=risk.evidence, expected=expected, day=day)


def middle(when: When) -> float:
    """A time as days since the epoch."""
    if isinstance(when, Between):
        return (days_since_epoch(when.earliest) + days_since_epoch(when.latest)) / 2
    return days_since_epoch(when if isinstance(when, datetime) else datetime.combine(when, NOON))
