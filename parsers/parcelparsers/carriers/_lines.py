"""What many readers do with one line of a history: its words to a meaning, its printed time to an event.

A carrier that prints words, not codes, is read by families of wordings (`POSTS_AND_COURIERS.md` §0.5): each
reader has its own table, the first family that matches decides, so refusals and returns stand before "delivered".
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any, NamedTuple, TypeVar

from parcelparsers.clock import Stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Event, Flag, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.private import scrub
from parcelparsers.source import Asked
from parcelparsers.wording import less_final

_P = TypeVar("_P", Parcel, Stamp)


class Meaning(NamedTuple):
    """What a code or a wording says of the parcel; `state` None: nothing."""

    state: State | None
    leg: Leg


NO_MEANING = Meaning(None, Leg.ANNOUNCED)

_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST = 4000


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


def flat(text: str | None) -> str:
    """Third-party text without markup and entities, white space as single spaces."""
    bare = _TAG.sub(" ", text[:_LONGEST]) if text and "<" in text else (text or "")[:_LONGEST]
    return " ".join(unescape(bare).replace("\xa0", " ").split())


def event(
    when: Stamp,
    text: str | None,
    meaning: Meaning | None,
    *,
    code: str | None = None,
    place: str | None = None,
    advisory: bool = False,
) -> Event:
    """One event, its texts freed of markup and people."""
    state, leg = meaning or NO_MEANING
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=when.zone,
        uncertain_hours=when.uncertain_hours,
        code=code or None,
        state=state,
        leg=leg,
        advisory=advisory,
        description=scrub(flat(text)),
        location=scrub(flat(place)),
    )


def found(*parcels: Parcel) -> Reading:
    """A reading of what was found."""
    return Reading(outcome=Outcome.FOUND, parcels=parcels)


def nothing(asked: Asked, printed: str | None = None) -> Reading:
    """The source says that it has nothing: for the number that it prints, or else for the only one asked for.

    Raises `Unreadable` where it speaks of a number that was not asked for.
    """
    try:
        number = normalise(printed or "")
    except BadNumber:
        return Reading(outcome=Outcome.NOT_FOUND, missing=asked.numbers[:1])
    if asked.numbers and number not in asked.numbers:
        raise Unreadable("number", "the number that was asked for")
    return Reading(outcome=Outcome.NOT_FOUND, missing=(number,))


def the_number(printed: str | None, asked: Asked) -> str:
    """The number of a parcel: the printed one without separators, else the only one that was asked for.

    Raises `Unreadable` where neither is there.
    """
    for text in (printed, re.sub(r"[\s.\-]", "", printed or "")[:80]):
        try:
            number = normalise(text or "")
        except BadNumber:
            continue
        if not asked.numbers or number in asked.numbers:
            return number
    if printed:
        return printed.strip().upper()[:80]
    if len(asked.numbers) == 1:
        return asked.numbers[0]
    raise Unreadable("number", "the number of the parcel")


def changed(value: _P, **fields: Any) -> _P:
    """The same value with other fields."""
    kept = {name: getattr(value, name) for name in value.__struct_fields__}
    return type(value)(**kept | fields)


def in_state(parcel: Parcel, state: State | None, leg: Leg = Leg.ANNOUNCED) -> Parcel:
    """The parcel with the state that the source's own status field says, where it says one."""
    if state is None:
        return parcel
    return changed(parcel, state=state, leg=max(leg, parcel.leg))


_MOVING = (State.INFO_RECEIVED, State.IN_TRANSIT)
_UNDER_WAY = (*_MOVING, State.OUT_FOR_DELIVERY)


def agree(parcel: Parcel, own: Meaning | None) -> Parcel:
    """The parcel after the source's own status field was asked too.

    A plain "moving" on either side gives way to what says more, and a problem in the history stands; of
    "delivered" and anything that is more than moving the less final one stands, with a flag (DESIGN §4).
    """
    if own is None or own.state is None or own.state is parcel.state:
        return parcel
    if parcel.state is None or parcel.state in _MOVING:
        return in_state(parcel, own.state, own.leg)
    if State.DELIVERED in (own.state, parcel.state):
        unsure = own.state is not State.DELIVERED or parcel.state is not State.OUT_FOR_DELIVERY
        settled_on = less_final(own.state, parcel.state) if unsure else own.state
        flags = (*parcel.flags, Flag.CODE_AND_WORDING_DISAGREE) if unsure else parcel.flags
        return changed(parcel, state=settled_on, leg=max(parcel.leg, own.leg), flags=flags)
    return parcel if own.state in _UNDER_WAY else in_state(parcel, own.state, own.leg)


def not_known(listed: list[str | None], known: dict[str, Meaning]) -> tuple[str, ...]:
    """The codes that a table does not have, each once."""
    return tuple(dict.fromkeys(code for code in listed if code and code not in known))
