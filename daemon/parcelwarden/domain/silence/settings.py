"""What the method leaves to be set; each was chosen on development data, by splits in time and by parcel."""

from __future__ import annotations

import msgspec


class SilenceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`doubt`: a silence is beyond what is expected once fewer than this share of parcels silent so long are ever
    scanned again; it plays the part of the 99 % quantile, with the errors put where silence means least. `doubt_abroad`: the same before the arrival, where the sending post
    says nothing more and silence is hardly ever news.
    `at_risk`: parcels that a level of the hierarchy lends to the one below. `unscanned_share`: a lane is one without
    scans when its share of parcels that were scanned at the destination, shrunk with `lane_parcels`, is not above
    this, and at least `lane_evidence` parcels tell so."""

    doubt: float = 0.3
    doubt_abroad: float = 0.02
    at_risk: float = 5.0
    unscanned_share: float = 0.1
    lane_parcels: float = 10.0
    lane_evidence: int = 20
