"""One line of a Cainiao history: its code, its words, its clock (`CHINA_AND_AGGREGATORS.md` §0.1 and §3)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from parcelparsers.carriers._cainiao_codes import Meaning, meaning
from parcelparsers.clock import epoch, stamp, zone
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, State
from parcelparsers.private import LONGEST, scrub
from parcelparsers.typed import Shape
from parcelparsers.wording import less_final, said

FALSE_ZONES = 14.0
"""Hours: `time` is the wall clock read as GMT+8 whatever the label says, and the labels contradict each
other.
"""
_WRITTEN_IN = "GMT+8"


_TOLD_BY_WORDS = (State.OUT_FOR_DELIVERY, State.DELIVERY_FAILED, State.RETURNED)
"""What an event without a code may say by its words alone: delivered needs a code, pickup has two meanings."""


class Row(Shape, frozen=True):
    """What is read of an event; everything else in it is dropped."""

    time: int | None = None
    time_str: str | None = None
    time_zone: str | None = None
    desc: str | None = None
    standerd_desc: str | None = None
    action_code: str | None = None


class Line(NamedTuple):
    """What code and words of a row say together."""

    code: str | None
    state: State | None
    leg: Leg
    advisory: bool
    text: str
    place: str
    known: bool
    agreed: bool


def event(row: Row, line: Line) -> Event:
    """A row as an event. Raises `Unreadable` on a time that is none."""
    label = row.time_zone or None
    if row.time_str:
        when = stamp(row.time_str, _usable(label), place=_WRITTEN_IN, uncertain=FALSE_ZONES)
    else:
        when = epoch(row.time, _WRITTEN_IN, uncertain=FALSE_ZONES)
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=label,
        uncertain_hours=when.uncertain_hours,
        code=line.code,
        state=line.state,
        leg=line.leg,
        advisory=line.advisory,
        description=line.text,
        location=line.place,
    )


@lru_cache(maxsize=256)
def _usable(label: str | None) -> str | None:
    """The label where it names a zone: a strange one is no worse than a false one, and costs no event."""
    try:
        return label if label and zone(label) else None
    except Unreadable:
        return None


def line(row: Row) -> Line:
    """What a row says, without its time. Texts of parcels repeat, so the reading of a text is remembered."""
    return _line(row.action_code or "", (row.standerd_desc or "")[:LONGEST], (row.desc or "")[:LONGEST])


@lru_cache(maxsize=1024)
def _line(code: str, standard: str, free: str) -> Line:
    code, found = _coded(code)
    place, text = _place(standard) if "[" in standard else ("", standard.strip())
    text = text or free
    words = said(text) or (said(free) if free != text else None)
    if found is None:
        told = words if not code and words in _TOLD_BY_WORDS else None
        return Line(code or None, told, Leg.ANNOUNCED, False, scrub(text), place, not code, True)
    # Before the local network, "waiting for pickup" and the like speak of the courier, not of the buyer.
    agreed = words in (None, found.state) or found.advisory or found.leg < Leg.CLEARED
    state = found.state if agreed or words is None else less_final(found.state, words)
    leg = found.leg if state is found.state else min(found.leg, Leg.LOCAL)
    return Line(code, state, leg, found.advisory, scrub(text), place, True, agreed)


@lru_cache(maxsize=512)
def _coded(code: str) -> tuple[str, Meaning | None]:
    """The code as it is compared, and what it means."""
    code = code.strip().upper()[:80]
    return code, meaning(code)


def _place(text: str) -> tuple[str, str]:
    """The town that may stand in brackets before the words, and the words."""
    text = text.strip()
    if text.startswith("["):
        town, closed, rest = text[1:].partition("]")
        if closed and rest.strip():
            return scrub(town), rest.strip()
    return "", text
