"""How long parcels are silent, learned from histories: by lane and by step of the way.

What is kept are counts on fixed bins, no history: small, additive, the same in whatever order they came. From them
follows, for each lane and step, the silence after which trouble is likelier than movement on the way to the buyer, and
which lanes are never scanned at the destination. Small samples are shrunk: lane to step, step to state, state to
class of leg, class to everything known. What went wrong before (a failed attempt, a long silence) multiplies the hazard of
what comes next by a factor, the same for all steps. How much doubt it takes is set by what it would have cost: the share
of delivered parcels that would have been called stalled, each judged without the parcels of its own week.
"""

from __future__ import annotations

from parcelwarden.domain.silence.calibrate import History, calibrated
from parcelwarden.domain.silence.counts import SilenceCounts
from parcelwarden.domain.silence.estimate import SilenceEstimate
from parcelwarden.domain.silence.history import observe
from parcelwarden.domain.silence.measure import with_measurements
from parcelwarden.domain.silence.settings import SilenceSettings

__all__ = [
    "History",
    "SilenceCounts",
    "SilenceEstimate",
    "SilenceSettings",
    "calibrated",
    "observe",
    "with_measurements",
]
