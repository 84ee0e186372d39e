"""What was learned, in the form that the verdict takes: quantiles by lane and step, and lanes without scans."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import msgspec

from parcelwarden.domain.silence.counts import BINS, HORIZON, SilenceCounts
from parcelwarden.domain.silence.estimate import SilenceEstimate
from parcelwarden.domain.silence.settings import SilenceSettings
from parcelwarden.domain.silence.steps import SETS, is_abroad, levels
from parcelwarden.domain.verdict.silence import LegClass, Measured, Quantiles, SilenceModel, unmarked


def with_measurements(
    model: SilenceModel, counts: SilenceCounts, settings: SilenceSettings | None = None
) -> SilenceModel:
    """The model with what the counts say of each lane, shrunk to the model's own priors; the clamps are applied when
    it is asked. Same counts, same model; without counts the model as it was."""
    settings = settings or SilenceSettings()
    estimate = SilenceEstimate(
        counts, settings, {kind: _root(model.legs[kind].prior, kind, settings) for kind in LegClass}
    )
    lanes: dict[str, dict[str, Measured]] = {}
    for lane, plain in {(lane, unmarked(step)) for lane, step in counts.gaps}:
        own = counts.parcels().get(lane, (0, 0))[0]
        for step in [plain] if is_abroad(plain) else [plain + "".join(found) for found in SETS]:
            lanes.setdefault(lane, {})[step] = Measured(
                timedelta(days=min(estimate.quantile(lane, step, 0.95), HORIZON)),
                timedelta(days=min(estimate.limit(lane, step), HORIZON)),
                own,
            )
    unscanned = frozenset(lane for lane in counts.parcels() if estimate.without_scans(lane))
    return msgspec.structs.replace(model, lanes=lanes, unscanned=unscanned)


@lru_cache(maxsize=32)
def _root(prior: Quantiles, kind: LegClass, settings: SilenceSettings) -> tuple[float, ...]:
    """The prior of a class as rates. Some parcels are never scanned again; their share is the one for which the
    limit is the prior's 99 % quantile, so that learning begins where the prior stands."""
    doubt = settings.doubt_at(next(_steps(kind)))
    odds = 0.01 * (1 - doubt) / doubt
    never = odds / (1 + odds)

    def silent(days: float) -> float:
        return never + (1 - never) * (1 - prior.rank(timedelta(days=days)))

    found = []
    for where, edge in enumerate(BINS.edges):
        width = BINS.width(where)
        found.append(math.log(silent(edge) / silent(edge + width)) / width)
    return tuple(found)


def _steps(kind: LegClass) -> Iterator[str]:
    return (step for leg in range(8) if levels(step := f"{leg}||")[1] == kind)
