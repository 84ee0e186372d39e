"""How deliveries run now against how they were expected to run: the drift of the whole and of each destination.

Observed over expected deliveries (a standardised ratio), with decay and shrunk to 1: 0.8 means that a parcel
now takes as long for 8 hundredths of its way as it used to for 10.
"""

from __future__ import annotations

from collections import defaultdict

from parcelwarden.domain.late_risk.settings import LateRiskSettings


class Drift:
    """Counts that fade by the day."""

    def __init__(self, settings: LateRiskSettings) -> None:
        self._settings = settings
        self._observed = self._expected = 0.0
        self._places: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])

    def fade(self) -> None:
        """One day passes."""
        general = 0.5 ** (1 / self._settings.drift_half_life)
        place = 0.5 ** (1 / self._settings.place_half_life)
        self._observed *= general
        self._expected *= general
        for counts in self._places.values():
            counts[0] *= place
            counts[1] *= place

    def add(self, destination: str, observed: float, expected: float) -> None:
        """What was delivered to a destination, and what was expected to be."""
        self._observed += observed
        self._expected += expected
        counts = self._places[destination]
        counts[0] += observed
        counts[1] += expected

    def factor(self, destination: str) -> float:
        """By how much the hazard for this destination is to be multiplied."""
        settings = self._settings
        general = (self._observed + settings.drift_pseudo) / (self._expected + settings.drift_pseudo)
        observed, expected = self._places.get(destination, (0.0, 0.0))
        place = (observed + settings.place_pseudo) / (expected * general + settings.place_pseudo)
        return float(general**settings.drift_lasts * place)
