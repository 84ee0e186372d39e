"""How long parcels are silent, learned from histories: by lane and by step of the way.

What is kept are counts on fixed bins, no history: small, additive, the same in whatever order they came. From them
follows, for each lane and step, the silence after which trouble is likelier than another scan, and which lanes
are never scanned at the destination. Small samples are shrunk: lane to step, step to state, state to class of leg,
class to everything known.
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
