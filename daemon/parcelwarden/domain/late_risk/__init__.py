"""Whether an order will be late, told before the promised date.

The method: the time that a parcel has been under way is counted in delivery time (hours at which nothing is
delivered do not count), divided by what its lane needs (origin, destination, and the span that was promised;
small samples shrunk), and looked up in a Kaplan-Meier curve of all parcels, those still under way included.
How deliveries run now against how they were expected to (observed over expected, for all and for the
destination, recent weeks weighing most) speeds the curve up or slows it down. The answer is conditional on the parcel
not having come yet.
"""

from __future__ import annotations

from parcelwarden.domain.late_risk.alarm import expected_late
from parcelwarden.domain.late_risk.journey import Journey, LateRisk, days_since_epoch
from parcelwarden.domain.late_risk.prior import LateRiskPrior, late_risk_prior
from parcelwarden.domain.late_risk.rolling import RollingRisk
from parcelwarden.domain.late_risk.settings import LateRiskSettings

__all__ = [
    "Journey",
    "LateRisk",
    "LateRiskPrior",
    "LateRiskSettings",
    "RollingRisk",
    "days_since_epoch",
    "expected_late",
    "late_risk_prior",
]
