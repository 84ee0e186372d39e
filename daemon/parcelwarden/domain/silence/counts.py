"""What is kept of histories: silences by lane and step, and how many parcels of a lane were ever scanned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parcelwarden.domain.survival import Bins, Counts

HORIZON = 120.0
"""Days after which a silence counts as final."""

BINS = Bins.logarithmic(0.05, HORIZON, 40)


class SilenceCounts:
    """Counts of many parcels; `merge` adds two of them up."""

    def __init__(self) -> None:
        self._gaps: dict[tuple[str, str], Counts] = {}
        self._lanes: dict[str, list[int]] = {}

    def add_gap(self, lane: str, step: str, days: float, *, ended: bool) -> None:
        """One silence after one step; not `ended`: it was still going on when last looked at."""
        counts = self._gaps.setdefault((lane, step), Counts(BINS))
        counts.add(min(days, HORIZON), ended=ended and days < HORIZON)

    def add_parcel(self, lane: str, *, scanned: bool) -> None:
        """One parcel of a lane that was sent, and whether it was ever scanned at the destination."""
        sent = self._lanes.setdefault(lane, [0, 0])
        sent[0] += 1
        sent[1] += scanned

    def merge(self, other: SilenceCounts) -> None:
        """Add all of another's counts."""
        for key, counts in other._gaps.items():
            self._gaps.setdefault(key, Counts(BINS)).merge(counts)
        for lane, (sent, scanned) in other._lanes.items():
            mine = self._lanes.setdefault(lane, [0, 0])
            mine[0] += sent
            mine[1] += scanned

    @property
    def gaps(self) -> Mapping[tuple[str, str], Counts]:
        """The counts of silences by lane and step."""
        return self._gaps

    def parcels(self) -> Mapping[str, tuple[int, int]]:
        """For each lane how many parcels were sent and how many of them were scanned at the destination."""
        return {lane: (sent, scanned) for lane, (sent, scanned) in self._lanes.items()}

    def to_dict(self) -> dict[str, Any]:
        """For keeping as JSON."""
        return {
            "gaps": [{"lane": lane, "step": step, **counts.to_dict()} for (lane, step), counts in self._gaps.items()],
            "lanes": {lane: list(sent) for lane, sent in self._lanes.items()},
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> SilenceCounts:
        """What `to_dict` gave. Raises `ValueError` saying what is wrong with it."""
        counts = cls()
        try:
            for row in kept["gaps"]:
                counts._gaps[str(row["lane"]), str(row["step"])] = Counts.from_dict(BINS, row)
            for lane, (sent, scanned) in kept["lanes"].items():
                counts._lanes[lane] = [int(sent), int(scanned)]
        except (KeyError, TypeError, AttributeError) as fault:
            raise ValueError(f"silence counts: expected gaps and lanes as written by to_dict: {fault!r}") from fault
        return counts
