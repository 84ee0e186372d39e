"""When a parcel is said to be expected late."""

from __future__ import annotations

from parcelwarden.domain.late_risk.journey import Journey, LateRisk
from parcelwarden.domain.late_risk.settings import LateRiskSettings


def expected_late(journey: Journey, at: float, risk: LateRisk, settings: LateRiskSettings) -> bool:
    """Whether to raise it: the promised day is over and there is no parcel, which is certain, or the risk is so
    high that a false word is rare (under one in a hundred orders that come in time). An estimate that rests on too few
    journeys of one's own never raises anything before the promised day is over."""
    told = risk.evidence >= settings.alarm_evidence and risk.late >= settings.alarm_late
    return told or at >= journey.promised_end
