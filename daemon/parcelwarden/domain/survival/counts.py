"""Counts of finished and unfinished times on fixed bins: small, additive, enough for a censored curve."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import add
from typing import Any

import msgspec


class Bins(msgspec.Struct, frozen=True):
    """Neighbouring intervals from 0: `edges[0]` is 0, the last interval is open."""

    edges: tuple[float, ...]

    @classmethod
    def logarithmic(cls, first: float, last: float, count: int) -> Bins:
        """0 to `first`, then `count` intervals growing by one ratio up to `last`, then the rest."""
        ratio = math.log(last / first) / count
        return cls((0.0, *(first * math.exp(ratio * step) for step in range(count + 1))))

    def index(self, length: float) -> int:
        """The interval in which a length lies."""
        return max(bisect_right(self.edges, length) - 1, 0)

    def width(self, where: int) -> float:
        """The width of an interval; the open one counts as wide as the one before it."""
        return _widths(self.edges)[where]

    def __len__(self) -> int:
        return len(self.edges)


@cache
def _widths(edges: tuple[float, ...]) -> tuple[float, ...]:
    widths = [after - before for before, after in pairwise(edges)]
    return (*widths, widths[-1])


class Counts:
    """How many times ended in each interval, and how long was lived in it by all times, ended or cut short.

    `add` and `merge` are the only ways to change it; the order of both does not matter.
    """

    def __init__(self, bins: Bins) -> None:
        self.bins = bins
        self._ended = [0.0] * len(bins)
        self._last = [0.0] * len(bins)
        self._part = [0.0] * len(bins)

    def add(self, length: float, *, ended: bool, weight: float = 1.0) -> None:
        """One time of this length; not `ended`: it was cut short there (right-censored)."""
        where = self.bins.index(length)
        self._last[where] += weight
        self._part[where] += weight * (max(length, 0.0) - self.bins.edges[where])
        if ended:
            self._ended[where] += weight

    def merge(self, other: Counts) -> None:
        """Take over all of another count on the same bins. Raises `ValueError` for other bins."""
        if other.bins != self.bins:
            raise ValueError("counts on different bins cannot be merged")
        for mine, theirs in ((self._ended, other._ended), (self._last, other._last), (self._part, other._part)):
            mine[:] = map(add, mine, theirs)

    @property
    def total(self) -> float:
        """The weight of all times."""
        return sum(self._last)

    @property
    def finished(self) -> float:
        """The weight of the times that ended."""
        return sum(self._ended)

    def rates(self, prior: Sequence[float], at_risk: float) -> list[float]:
        """The rate of ending in each interval, as if `at_risk` more had lived through each at its prior rate."""
        widths = _widths(self.bins.edges)
        return [
            (ended + at_risk * width * rate) / (lived + at_risk * width)
            for ended, lived, width, rate in zip(self._ended, self.lived(), widths, prior, strict=True)
        ]

    @property
    def ended(self) -> Sequence[float]:
        """The weight of the times that ended, by interval."""
        return self._ended

    def lived(self) -> list[float]:
        """How long was lived in each interval by all times, ended or cut short."""
        later, found = 0.0, []
        for last, part, width in zip(self._last[::-1], self._part[::-1], _widths(self.bins.edges)[::-1], strict=True):
            found.append(part + later * width)
            later += last
        return found[::-1]

    def to_dict(self) -> dict[str, list[float]]:
        """For keeping: three lists of numbers, one number an interval."""
        return {"ended": list(self._ended), "last": list(self._last), "part": list(self._part)}

    @classmethod
    def from_dict(cls, bins: Bins, kept: Mapping[str, Any]) -> Counts:
        """What `to_dict` gave. Raises `ValueError` where a list is missing or has another length."""
        counts = cls(bins)
        for name in ("ended", "last", "part"):
            numbers = kept.get(name)
            if not isinstance(numbers, list) or len(numbers) != len(bins):
                raise ValueError(f"counts: {name}: expected a list of {len(bins)} numbers")
            setattr(counts, f"_{name}", [float(number) for number in numbers])
        return counts
