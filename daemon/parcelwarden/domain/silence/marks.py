"""By how much a mark on a step (tried before, slow before) slows down what is expected next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from parcelwarden.domain.silence.counts import BINS
from parcelwarden.domain.silence.steps import MARKS, SETS, is_abroad, marks
from parcelwarden.domain.survival import Counts, Curve
from parcelwarden.domain.verdict.silence import unmarked

FROM = BINS.index(2.0) + 1
"""Only silences of two days and more tell: scans that follow within a visit say nothing of trouble."""

ROUNDS = 3
"""Of fitting one mark with the other held; the factors move by less than a hundredth after two."""


def mark_factors(
    gaps: Mapping[tuple[str, str], Counts], curves: Mapping[tuple[str, str], Curve], pseudo: float
) -> dict[tuple[str, ...], float]:
    """For each set of marks by how much the hazard of a next scan is to be multiplied. A mark has one factor where it
    is and one where it is not: scans observed over expected by `curves` (by lane and unmarked step), shrunk to 1 by
    `pseudo` scans; those of several marks multiply."""
    cells = {found: [0.0, 0.0] for found in SETS}
    for (lane, step), counts in gaps.items():
        if not is_abroad(step):
            rates, cell = curves[lane, unmarked(step)].rates, cells[marks(step)]
            cell[0] += sum(counts.ended[FROM:])
            cell[1] += sum(lived * rate for lived, rate in zip(counts.lived()[FROM:], rates[FROM:], strict=True))
    return _fit(cells, pseudo)


def _fit(cells: Mapping[tuple[str, ...], Sequence[float]], pseudo: float) -> dict[tuple[str, ...], float]:
    own = {(mark, marked): 1.0 for mark in MARKS for marked in (True, False)}

    def factor(found: tuple[str, ...], but: str = "") -> float:
        return math.prod(own[mark, mark in found] for mark in MARKS if mark != but)

    for mark in MARKS * ROUNDS:
        for marked in (True, False):
            alike = [found for found in SETS if (mark in found) is marked]
            observed = sum(cells[found][0] for found in alike)
            expected = sum(cells[found][1] * factor(found, but=mark) for found in alike)
            own[mark, marked] = (observed + pseudo) / (expected + pseudo)
    return {found: factor(found) for found in SETS}
