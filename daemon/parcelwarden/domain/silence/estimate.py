"""What follows from the counts: curves by lane and step, shrunk level by level, and lanes without scans."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from parcelwarden.domain.silence.counts import BINS, HORIZON, SilenceCounts
from parcelwarden.domain.silence.marks import mark_factors
from parcelwarden.domain.silence.settings import SilenceSettings
from parcelwarden.domain.silence.steps import is_abroad, levels, marks
from parcelwarden.domain.survival import Counts, Curve
from parcelwarden.domain.verdict.silence import LegClass, unmarked

ASSUMED = (0.1,) * len(BINS)
"""Where nothing is known at all: one scan in ten days, for ever; so little knowledge makes slow to doubt."""


class SilenceEstimate:
    """Estimates from one state of the counts, which must not change any more. `root` has, by class of leg, the
    rates from which everything is shrunk. Steps are named with their marks (`step_after`)."""

    def __init__(
        self,
        counts: SilenceCounts,
        settings: SilenceSettings | None = None,
        root: Mapping[LegClass, Sequence[float]] | None = None,
    ) -> None:
        self._counts, self._settings, self._root = counts, settings or SilenceSettings(), root or {}
        self._curves: dict[tuple[str, str], Curve] = {}
        self._shrunk: dict[str, Sequence[float]] = {}

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

    def chance(self, lane: str, step: str, days: float) -> float:
        """The share of the parcels silent for so many days after a step that come on within the horizon."""
        curve = self.curve(lane, step)
        return -math.expm1(curve.hazard(min(days, HORIZON)) - curve.hazard(HORIZON))

    def limit(self, lane: str, step: str) -> float:
        """The silence in days after which fewer than `doubt` of the parcels come on."""
        curve = self.curve(lane, step)
        return curve.length(max(curve.hazard(HORIZON) + math.log1p(-self._settings.doubt_at(step)), 0.0))

    def quantile(self, lane: str, step: str, share: float) -> float:
        """The silence in days that this share of parcels does not pass, of those that come on."""
        curve = self.curve(lane, step)
        return curve.length(-math.log1p(-share * (1 - curve.survival(HORIZON))))

    def curve(self, lane: str, step: str) -> Curve:
        """The curve of silences after a step on a lane: the unmarked step's, slowed down by what the marks say."""
        key = lane, step
        if key not in self._curves:
            plain = self._plain(lane, unmarked(step))
            factor = 1.0 if is_abroad(step) else self._factors[marks(step)]
            self._curves[key] = Curve(BINS, [rate * factor for rate in plain.rates])
        return self._curves[key]

    def _plain(self, lane: str, step: str) -> Curve:
        counts, rates = self._by_step.get((lane, step)), self._rates(step)
        return Curve(BINS, counts.rates(rates, self._settings.at_risk) if counts else rates)

    def _rates(self, step: str) -> Sequence[float]:
        if step not in self._shrunk:
            names = levels(step)
            rates = self._root.get(LegClass(names[1]), ASSUMED)
            for name in names:
                if name in self._by_level:
                    rates = self._by_level[name].rates(rates, self._settings.at_risk)
            self._shrunk[step] = rates
        return self._shrunk[step]

    def _is_scanned(self, lane: str) -> bool:
        """Whether most parcels of a lane are known to be scanned at the destination."""
        sent, scanned = self._counts.parcels().get(lane, (0, 0))
        return 0 < sent <= 2 * scanned

    @cached_property
    def _factors(self) -> Mapping[tuple[str, ...], float]:
        curves = {key: self._plain(*key) for key in self._by_step}
        return mark_factors(self._counts.gaps, curves, self._settings.mark_pseudo)

    @cached_property
    def _lines(self) -> dict[str, tuple[int, int]]:
        lines: dict[str, tuple[int, int]] = {}
        for lane, (sent, scanned) in self._counts.parcels().items():
            line = lane.partition("|")[0]
            before = lines.get(line, (0, 0))
            lines[line] = before[0] + sent, before[1] + scanned
        return lines

    @cached_property
    def _by_step(self) -> dict[tuple[str, str], Counts]:
        """The counts by lane and unmarked step. Of the way to a destination only lanes that are scanned there tell:
        on others silence may mean trouble or nothing at all."""
        found: dict[tuple[str, str], Counts] = {}
        for (lane, step), counts in self._counts.gaps.items():
            if not is_abroad(step) or self._is_scanned(lane):
                found.setdefault((lane, unmarked(step)), Counts(BINS)).merge(counts)
        return found

    @cached_property
    def _by_level(self) -> dict[str, Counts]:
        """All lanes together, at every level."""
        found: dict[str, Counts] = {}
        for (_, step), counts in self._by_step.items():
            for name in levels(step):
                found.setdefault(name, Counts(BINS)).merge(counts)
        return found
