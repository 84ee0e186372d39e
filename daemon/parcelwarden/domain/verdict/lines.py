"""Shipping lines: which stop being tracked on the way and which are tracked to the door.

Source: buyer help text L428-462, lists A and B (`POLICIES.md` §3). An unknown line counts as tracked, and
that is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class LineClass(StrEnum):
    """What is known of a line's tracking."""

    ECONOMY = "economy"
    TRACKED = "tracked"
    UNKNOWN = "unknown"


def line_key(name: str) -> str:
    """A line's name as it is compared: case and runs of white space do not count."""
    return " ".join(name.split()).casefold()


class ShippingLines(msgspec.Struct, frozen=True):
    """The two lists, as comparable keys; build it with `of`."""

    economy: frozenset[str] = frozenset()
    tracked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, economy: Iterable[str], tracked: Iterable[str] = ()) -> ShippingLines:
        """From the names as they are printed."""
        return cls(frozenset(map(line_key, economy)), frozenset(map(line_key, tracked)))

    def classify(self, name: str | None) -> LineClass:
        """The class of one name; None is unknown."""
        key = line_key(name or "")
        if key in self.economy:
            return LineClass.ECONOMY
        return LineClass.TRACKED if key in self.tracked else LineClass.UNKNOWN
