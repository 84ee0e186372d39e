"""What follows from the counts: curves by lane and step, shrunk level by level, and lanes without scans."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from parcelwarden.domain.silence.counts import BINS, HORIZON, SilenceCounts
from parcelwarden.domain.silence.settings import SilenceSettings
from parcelwarden.domain.silence.steps import is_abroad, levels
from parcelwarden.domain.survival import Counts, Curve
from parcelwarden.domain.verdict.silence import LegClass

ASSUMED = (0.1,) * len(BINS)
"""Where nothing is known at all: one scan in ten days, for ever; so little knowledge makes slow to doubt."""


class SilenceEstimate:
    """Estimates from one state of the counts, which must not change any more. `root` has, by class of leg, the
    rates from which everything is shrunk."""

    def __init__(
        self,
        counts: SilenceCounts,
        settings: SilenceSettings | None = None,
        root: Mapping[LegClass, Sequence[float]] | None = None,
    ) -> None:
        self._counts, self._settings, self._root = counts, settings or SilenceSettings(), root or {}
        self._curves: dict[tuple[str, str], Curve] = {}
        self._of_step: dict[str, Sequence[float]] = {}

    def without_scans(self, lane: str) -> bool:
        """Whether parcels of this lane are normally never scanned at the destination.

        A lane is named `line|place`; a small lane is shrunk to all lanes of its line."""
        settings = self._settings
        sent, scanned = self._counts.parcels().get(lane, (0, 0))
        line_sent, line_scanned = self._lines.get(lane.partition("|")[0], (0, 0))
        if line_sent < settings.lane_evidence:
            return False
        share = scanned + settings.lane_parcels * line_scanned / line_sent
        return share <= settings.unscanned_share * (sent + settings.lane_parcels)

    def limit(self, lane: str, step: str) -> float:
        """The silence in days after which fewer than `doubt` of the parcels are ever scanned again."""
        curve = self.curve(lane, step)
        return curve.length(max(curve.hazard(HORIZON) + math.log1p(-self._settings.doubt_at(step)), 0.0))

    def quantile(self, lane: str, step: str, share: float) -> float:
        """The silence in days that this share of parcels does not pass, of those that are scanned again."""
        curve = self.curve(lane, step)
        return curve.length(-math.log1p(-share * (1 - curve.survival(HORIZON))))

    def curve(self, lane: str, step: str) -> Curve:
        """The curve of silences after a step on a lane."""
        key = lane, step
        if key not in self._curves:
            counts = self._counts.gaps.get(key)
            rates = self._rates(step)
            self._curves[key] = Curve(BINS, counts.rates(rates, self._settings.at_risk) if counts else rates)
        return self._curves[key]

    def _rates(self, step: str) -> Sequence[float]:
        if step not in self._of_step:
            self._of_step[step] = self._shrunk(step)
        return self._of_step[step]

    def _shrunk(self, step: str) -> Sequence[float]:
        names = levels(step)
        rates: Sequence[float] = self._root.get(LegClass(names[1]), ASSUMED)
        for name in names:
            if name in self._by_level:
                rates = self._by_level[name].rates(rates, self._settings.at_risk)
        return rates

    @cached_property
    def _lines(self) -> dict[str, tuple[int, int]]:
        lines: dict[str, tuple[int, int]] = {}
        for lane, (sent, scanned) in self._counts.parcels().items():
            line = lane.partition("|")[0]
            before = lines.get(line, (0, 0))
            lines[line] = before[0] + sent, before[1] + scanned
        return lines

    @cached_property
    def _by_level(self) -> dict[str, Counts]:
        """All lanes together, at every level; a lane without scans says nothing of the way to a destination."""
        found: dict[str, Counts] = {}
        for (lane, step), counts in self._counts.gaps.items():
            if not (is_abroad(step) and self.without_scans(lane)):
                for name in levels(step):
                    found.setdefault(name, Counts(BINS)).merge(counts)
        return found
