"""Times until something happens, some of them cut short: counts that can be kept and merged, and the curve
(Nelson-Aalen hazards on bins, the Kaplan-Meier curve in its exponential form) that follows from them.
"""

from __future__ import annotations

from parcelwarden.domain.survival.counts import Bins, Counts
from parcelwarden.domain.survival.curve import Curve

__all__ = ["Bins", "Counts", "Curve"]
