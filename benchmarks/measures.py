"""Weighted measures of probabilities: rank (AUC), error (Brier), calibration (ECE in ten bins)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec


class Told(msgspec.Struct, frozen=True):
    """One probability, what came of it, and its weight."""

    share: float
    came: bool
    weight: float


def mean(rows: Sequence[Told]) -> float:
    """The weighted share of those that came."""
    return sum(row.weight for row in rows if row.came) / sum(row.weight for row in rows)


def auc(rows: Sequence[Told]) -> float:
    """How often one that came was given more than one that did not; ties count half."""
    below = pairs = came = 0.0
    for _, tied in groupby(sorted(rows, key=lambda row: row.share), key=lambda row: row.share):
        group = list(tied)
        yes = sum(row.weight for row in group if row.came)
        no = sum(row.weight for row in group if not row.came)
        pairs += yes * (below + no / 2)
        below += no
        came += yes
    return pairs / (below * came)


def brier(rows: Sequence[Told]) -> float:
    """The mean squared error."""
    return sum(row.weight * (row.share - row.came) ** 2 for row in rows) / sum(row.weight for row in rows)


def ece(rows: Sequence[Told], bins: int = 10) -> float:
    """The mean distance, over equal bins of the probability, between what was told and what came."""
    off = [0.0] * bins
    for row in rows:
        off[min(int(row.share * bins), bins - 1)] += row.weight * (row.share - row.came)
    return sum(map(abs, off)) / sum(row.weight for row in rows)
