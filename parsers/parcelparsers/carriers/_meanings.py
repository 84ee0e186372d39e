"""What a code or a wording says of a parcel, and what both say together.

A carrier that prints words, not codes, is read by families of wordings (`POSTS_AND_COURIERS.md` §0.5): each
reader has its own table, the first family that matches decides, so refusals and returns stand before "delivered".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from parcelparsers.model import Event, Flag, Leg, State
from parcelparsers.wording import less_final


class Meaning(NamedTuple):
    """A state, None where nothing is said of it, and how far the parcel is at the least."""

    state: State | None
    leg: Leg


NO_MEANING = Meaning(None, Leg.ANNOUNCED)
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

_LONGEST = 4000
_PLAIN = (None, State.INFO_RECEIVED, State.IN_TRANSIT)


class Families:
    """Wordings by family: `(state, leg, pattern)`, upper and lower case alike."""

    def __init__(self, *families: tuple[State | None, Leg, str]) -> None:
        self._families = [(Meaning(state, leg), re.compile(words, re.I)) for state, leg, words in families]

    def of(self, text: str) -> Meaning | None:
        """The meaning of the first family that occurs in the text, None where none does."""
        short = text[:_LONGEST]
        return next((meaning for meaning, words in self._families if words.search(short)), None)


def codes(*groups: tuple[State | None, Leg, str]) -> dict[str, Meaning]:
    """A code table from groups `(state, leg, "CODE CODE …")`."""
    return {code: Meaning(state, leg) for state, leg, listed in groups for code in listed.split()}


def cautious(code: Meaning | None, words: Meaning | None) -> Meaning | None:
    """Code and wording together: where both name a state, the less final one (DESIGN §4)."""
    if code is None or code.state is None or words is None or words.state is None:
        return code or words
    if less_final(code.state, words.state) is code.state:
        return code
    return Meaning(words.state, min(code.leg, words.leg) if words.leg else code.leg)


def weighed(code: Meaning | None, words: Meaning | None) -> Meaning | None:
    """As `cautious`, but a plain movement on either side gives way to what says more, and only "delivered" is taken
    back by it.
    """
    if code and words and words.state in _PLAIN and code.state not in (None, State.DELIVERED):
        return code
    if code and words and code.state is State.IN_TRANSIT and words.state is not State.DELIVERED:
        return words
    return cautious(code, words)


def held_back(code: Meaning | None, words: Meaning | None) -> Meaning | None:
    """As `cautious`, but words of plain movement hold nothing back."""
    if code and words and words.state in _PLAIN:
        return code
    return cautious(code, words)


def contradicted(pairs: Iterable[tuple[Meaning | None, Meaning | None]]) -> tuple[Flag, ...]:
    """The flag of a history in which a code says delivered and its words say less."""
    for code, words in pairs:
        if code and words and code.state is State.DELIVERED and words.state not in (None, State.DELIVERED):
            return (Flag.CODE_AND_WORDING_DISAGREE,)
    return ()


def disagree(events: Iterable[Event], known: Callable[[str], Meaning | None]) -> tuple[Flag, ...]:
    """The flag of a history in which words took something back from a code."""
    pairs = ((e.state, known(e.code)) for e in events if e.code)
    return (Flag.CODE_AND_WORDING_DISAGREE,) if any(m and m.state is not state for state, m in pairs) else ()


def not_known(listed: Iterable[str | None], known: Mapping[str, Meaning]) -> tuple[str, ...]:
    """The codes that a table does not have, each once."""
    return tuple(dict.fromkeys(code for code in listed if code and code not in known))


def not_understood(events: Iterable[Event]) -> tuple[str, ...]:
    """The codes of events of which neither code nor words said anything, each once."""
    return tuple(dict.fromkeys(e.code for e in events if e.code and e.state is None and e.leg is Leg.ANNOUNCED))
