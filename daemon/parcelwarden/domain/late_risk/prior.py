"""Where the estimate of late risk starts from before any parcel was seen (`policies/late_risk.toml`).

It is the curve of another market, in multiples of what a lane needs; it counts as much as one parcel and is
outweighed by the first ones of the user's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.survival import Bins

PACK = "late_risk"

BINS = Bins.logarithmic(0.12, 14.0, 40)
"""Multiples of what the lane typically needs."""


class LateRiskPrior(msgspec.Struct, frozen=True, kw_only=True):
    """`common`: the logarithm of the delivery days that a parcel needs when 20 days were promised; `slope`: by how
    much it grows with the logarithm of the promised span; `rates`: deliveries per unit of scaled time, by bin."""

    common: float = 2.0
    slope: float = 0.0
    rates: tuple[float, ...] = (0.1,) * len(BINS)


def late_risk_prior(tables: Mapping[str, Any]) -> LateRiskPrior:
    """From the parsed data file. Raises `PackError` naming what is missing or of a wrong kind."""
    table = tables.get("prior")
    try:
        prior = msgspec.convert(table, LateRiskPrior)
    except msgspec.ValidationError as fault:
        raise PackError(PACK, "prior", f"common, slope and rates as numbers ({fault})") from fault
    if len(prior.rates) != len(BINS) or min(prior.rates) <= 0:
        raise PackError(PACK, "prior.rates", f"{len(BINS)} numbers above 0")
    return prior
