"""What aggregators share: their own status beside the words of carriers, and one answer about several numbers.

An aggregator passes on texts of many carriers and adds a status word of its own. The word decides; a text that says
less than the word holds it back, since a parcel taken for delivered too early loses its dispute (`STATUSES.md` §1).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from parcelparsers.carriers._chinese import said_in_chinese
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.clock import ANYWHERE
from parcelparsers.model import Flag, Leg, Parcel, State
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, replace
from parcelparsers.wording import less_final, said

FALSE_ZONES = ANYWHERE
"""Hours: `+08:00` and `Z` of an aggregator may stand beside any clock (`CHINA_AND_AGGREGATORS.md` §0)."""

_MOVING = (State.INFO_RECEIVED, State.IN_TRANSIT)
_STOPPED = (State.CUSTOMS_HOLD, State.DELIVERY_FAILED, State.RETURNED)
_LATER = (*_STOPPED, State.OUT_FOR_DELIVERY, State.AVAILABLE_FOR_PICKUP, State.EXCEPTION)
_CLEARED = (
    r"import (?:customs )?clear(?:ance|ed) (?:is )?complete|released (?:from|by) (?:import )?customs"
    r"|进口清关完成|进口海关放行"
)
_ARRIVED = (
    r"(?:arriv\w*|received) (?:at|in|to) (?:the )?(?:destination|country of destination|inward office)"
    r"|inward office of exchange|import customs|到达目的(?:国|地国家)|进口海关"
)
_LINE_HAUL = (
    r"flight depart|handed (?:over )?to (?:the )?airline|(?:left|departed|leaving)(?: from)? "
    r"(?:the )?(?:origin country|country of origin|airport)|航班起飞|飞机起飞|交航"
)
_ORIGIN = r"export customs|outward office of exchange|出口清关|出口海关|出口直封"
_REACHED = (
    (Leg.CLEARED, _CLEARED),
    (Leg.ARRIVED, _ARRIVED),
    (Leg.LINE_HAUL, _LINE_HAUL),
    (Leg.ORIGIN, _ORIGIN),
)
_PLACES = tuple((leg, re.compile(words, re.I)) for leg, words in _REACHED)


def figure(code: Any) -> Any:
    """A code that some answers print as a text, as the number that it is."""
    return int(code) if isinstance(code, str) and re.fullmatch(r"-?\d{1,9}", code, re.ASCII) else code


class Snake(Shape, frozen=True, rename="lower"):
    """Base of shapes whose names are written with underscores: `time_iso` reads `time_iso`."""


class Told(NamedTuple):
    """What a code and the text beside it say together; `agreed` False: the text took something back."""

    state: State | None
    leg: Leg
    agreed: bool

    @property
    def meaning(self) -> Meaning:
        """What is left of it for an event."""
        return Meaning(self.state, self.leg)


def words_say(*texts: str) -> State | None:
    """The state that one of the texts names beyond doubt, in English or Chinese."""
    return next((found for text in texts if (found := said(text) or said_in_chinese(text))), None)


def reached(*texts: str) -> Leg:
    """How far the parcel got by the words alone, `ANNOUNCED` where they do not tell."""
    return next((leg for leg, words in _PLACES for text in texts if words.search(text)), Leg.ANNOUNCED)


def told(state: State | None, leg: Leg, *texts: str) -> Told:
    """A code's state and leg, held back by the texts where these are less final; an unknown code stays unknown."""
    if state is None:
        return Told(None, leg, True)
    said_so = words_say(*texts)
    kept = less_final(state, said_so) if said_so else state
    if kept is not state:
        return Told(kept, min(leg, Leg.LOCAL), False)
    return Told(state, max(leg, reached(*texts)) if state is State.IN_TRANSIT else leg, True)


def by_words(text: str, own: State | None) -> tuple[State | None, Leg]:
    """State and leg of a line that has no code. *Delivered* must be confirmed by the parcel's own status."""
    state = words_say(text)
    if state is State.DELIVERED:
        return (state, Leg.FINAL) if own is state else (None, Leg.LOCAL)
    local = state in (State.OUT_FOR_DELIVERY, State.AVAILABLE_FOR_PICKUP, State.DELIVERY_FAILED)
    return state, Leg.LOCAL if local else reached(text)


def concluded(
    parcel: Parcel, own: State | None, leg: Leg = Leg.ANNOUNCED, *, newest_first: bool | None = None
) -> Parcel:
    """The parcel with its events in order and the aggregator's own status weighed against its newest event.

    `own` decides, with these exceptions: the plain words *in transit* and *exception* are narrowed by an event that
    says more; *delivered* on one side only gives way where the other side knows of a stop, or where only an event
    has it.
    *Expired* stands: they stopped looking.
    """
    parcel = settled(parcel, newest_first=newest_first)
    state, agreed = _weighed(own, parcel.state)
    flags = parcel.flags if agreed else (*parcel.flags, Flag.CODE_AND_WORDING_DISAGREE)
    leg = min(leg, Leg.LOCAL) if leg is Leg.FINAL and state is not State.DELIVERED else leg
    return replace(parcel, state=state, leg=max(parcel.leg, leg), flags=tuple(dict.fromkeys(flags)))


def _weighed(own: State | None, newest: State | None) -> tuple[State | None, bool]:
    if own is None or newest is None or own is newest:
        return own or newest, True
    if own is State.EXPIRED:
        return own, True
    if (own is State.EXCEPTION and newest in _STOPPED) or (own is State.IN_TRANSIT and newest in _LATER):
        return newest, True
    if own is State.DELIVERED and (newest in _MOVING or newest is State.OUT_FOR_DELIVERY):
        return own, True
    if State.DELIVERED in (own, newest):
        return less_final(own, newest), False
    return own, True
