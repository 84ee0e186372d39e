"""What a code or a wording of the carriers of America and Australia says of a parcel."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parcelparsers.model import Leg, State
from parcelparsers.private import LONGEST


class Meaning(NamedTuple):
    """A state and how far the parcel is with it at the least."""

    state: State | None
    leg: Leg


LABEL = Meaning(State.INFO_RECEIVED, Leg.ANNOUNCED)
ACCEPTED = Meaning(State.IN_TRANSIT, Leg.ACCEPTED)
MOVING = Meaning(State.IN_TRANSIT, Leg.ORIGIN)
EXPORTED = Meaning(State.IN_TRANSIT, Leg.LINE_HAUL)
ARRIVED = Meaning(State.IN_TRANSIT, Leg.ARRIVED)
CLEARED = Meaning(State.IN_TRANSIT, Leg.CLEARED)
LOCAL = Meaning(State.IN_TRANSIT, Leg.LOCAL)
CUSTOMS = Meaning(State.CUSTOMS_HOLD, Leg.ARRIVED)
ROUND = Meaning(State.OUT_FOR_DELIVERY, Leg.LOCAL)
WAITING = Meaning(State.AVAILABLE_FOR_PICKUP, Leg.LOCAL)
FAILED = Meaning(State.DELIVERY_FAILED, Leg.LOCAL)
TROUBLE = Meaning(State.EXCEPTION, Leg.ANNOUNCED)
RETURNED = Meaning(State.RETURNED, Leg.LOCAL)
DELIVERED = Meaning(State.DELIVERED, Leg.FINAL)


def table(*groups: tuple[Meaning, str]) -> dict[str, Meaning]:
    """Codes, given as words, by code."""
    return {code: meaning for meaning, codes in groups for code in codes.split()}


class Families:
    """Wordings by family; the first family that matches the lower-case text counts."""

    def __init__(self, *rows: tuple[Meaning, str]) -> None:
        self._rows = tuple((meaning, re.compile(words)) for meaning, words in rows)
        self.of = lru_cache(maxsize=1024)(self._of)

    def _of(self, text: str) -> Meaning | None:
        low = text[:LONGEST].lower()
        return next((meaning for meaning, words in self._rows if words.search(low)), None)
