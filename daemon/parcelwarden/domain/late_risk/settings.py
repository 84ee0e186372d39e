"""What the method leaves to be set; each was chosen on development data, by a split in time."""

from __future__ import annotations

import msgspec


class LateRiskSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Half-lives and times in days; `*_pseudo` in parcels: what a small sample is shrunk with.

    `refit_every`: between two estimations of lanes and curves. `lane_half_life`, `curve_half_life`: how fast old
    parcels lose weight in them. `settled_after`: a parcel enters the lanes' estimation this long after its start,
    because among younger ones only the quick have arrived. `strata`: curves by length of lane, each shrunk to
    the common one. `drift_half_life` and `place_half_life`: memory of observed over expected, for all and for a
    destination. `drift_lasts`: the power of the general drift that is taken to last. `alarm_late`: the risk from which
    a parcel is said to be expected late, once the estimate rests on `alarm_evidence` finished journeys.
    """

    refit_every: float = 7
    settled_after: float = 20
    longest: float = 75
    lane_half_life: float = 180
    lane_pseudo: float = 6.0
    curve_half_life: float = 200
    curve_pseudo: float = 1.0
    strata: int = 5
    strata_pseudo: float = 40.0
    drift_half_life: float = 30
    drift_pseudo: float = 5.0
    drift_lasts: float = 0.65
    place_half_life: float = 45
    place_pseudo: float = 9.0
    alarm_late: float = 0.86
    alarm_evidence: int = 30
