"""What the method leaves to be set; each was chosen on development data, by splits in time and by parcel."""

from __future__ import annotations

import msgspec

from parcelwarden.domain.silence.steps import is_abroad


class SilenceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`doubt`: a silence is beyond what is expected once fewer than this share of the parcels that are silent so long
    come on. It plays the part of the 99 % quantile, at a level that is higher where silence rarely means trouble and
    lower where it often does. `doubt_abroad`: the same before the arrival, where nobody but the sending post could
    speak and silence is hardly ever news. `false_share`: where enough parcels were delivered (`calibration_parcels`),
    `doubt` is set so that of these this share would have been called stalled. `at_risk`: parcels that a level of the
    hierarchy lends to the one below; `mark_pseudo`: scans that a mark's factor is shrunk to 1 with. `unscanned_share`: a
    lane is without scans when its share of parcels scanned at the destination, shrunk with `lane_parcels` of its
    line, is not above this, and the line has `lane_evidence` parcels.
    """

    doubt: float = 0.2
    doubt_abroad: float = 0.02
    false_share: float = 0.038
    calibration_parcels: int = 50
    at_risk: float = 10.0
    mark_pseudo: float = 5.0
    unscanned_share: float = 0.1
    lane_parcels: float = 10.0
    lane_evidence: int = 20

    def doubt_at(self, step: str) -> float:
        """`doubt` for a step."""
        return self.doubt_abroad if is_abroad(step) else self.doubt
