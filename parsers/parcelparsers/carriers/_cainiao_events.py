"""The lines of a Cainiao history: their codes, their words, their clock (`CHINA_AND_AGGREGATORS.md` §0.1 and §3).

Every answer goes through here, so this is written for speed: what only some lines need is done for those alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from parcelparsers.carriers._cainiao_codes import Meaning, meaning
from parcelparsers.clock import epoch, fixed, instant, stamp, usable
from parcelparsers.model import Event, Leg, State
from parcelparsers.private import LONGEST, may_name_people, scrub
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


class History(NamedTuple):
    """The events in the order of the rows; the codes that are not known; `agreed` False: somewhere words took back
    what a code said."""

    events: tuple[Event, ...]
    unknown_codes: tuple[str, ...]
    agreed: bool


def history(rows: Iterable[Row]) -> History:
    """The rows as events. Raises `Unreadable` on a time that is none."""
    texts = [(row.standerd_desc or "", row.desc or "") for row in rows]
    clean = not may_name_people("\n".join([standard or free for standard, free in texts]))
    events: list[Event] = []
    unknown: dict[str, None] = {}
    agreed = True
    for row, (standard, free) in zip(rows, texts, strict=True):
        code, known = _coded(row.action_code or "")
        place, text = _place(standard)
        text = text or free[:LONGEST].strip()
        state, leg, advisory = known or _UNKNOWN
        if known is None and code:
            unknown[code] = None
        # Before the local network, "waiting for pickup" and the like speak of the courier, not of the buyer.
        elif leg >= _CLEARED and not advisory:
            words = _said(text, free)
            if words is not None and state is not None and words is not state:
                agreed = False
                state = less_final(state, words)
                leg = leg if known and state is known.state else min(leg, Leg.LOCAL)
        elif known is None and (words := _said(text, free)) in _TOLD_BY_WORDS:
            state = words
        local, at, spread = _when(row)
        events.append(
            Event(
                local_time=local,
                at=at,
                zone=row.time_zone or None,
                uncertain_hours=spread,
                code=code or None,
                state=state,
                leg=leg,
                advisory=advisory,
                description=text if clean else scrub(text),
                location=place if clean else scrub(place),
            )
        )
    return History(tuple(events), tuple(unknown), agreed)


_UNKNOWN = (None, Leg.ANNOUNCED, False)
_CLEARED = Leg.CLEARED


def _said(text: str, free: str) -> State | None:
    """What the words say: the standard ones, else the free ones beside them."""
    return said(text) or (said(free[:LONGEST]) if free != text else None)


def _when(row: Row) -> tuple[str, datetime | None, float]:
    """The printed wall clock, its instant, and the hours that it may be off. Raises `Unreadable`."""
    if not (text := row.time_str):
        when = epoch(row.time, _WRITTEN_IN, uncertain=FALSE_ZONES)
        return when.local_time, when.at, when.uncertain_hours
    label, offset = _usable(row.time_zone)
    if offset is not None and (at := instant(text, offset)):
        return text.replace(" ", "T"), at, FALSE_ZONES
    when = stamp(text, label, place=_WRITTEN_IN, uncertain=FALSE_ZONES)
    if not when.at:
        when = epoch(row.time, _WRITTEN_IN, uncertain=FALSE_ZONES) if row.time else when
    return when.local_time, when.at, when.uncertain_hours


@lru_cache(maxsize=256)
def _usable(label: str | None) -> tuple[str | None, timedelta | None]:
    """The label where it names a zone, and its offset: a strange one is no worse than a false one, and costs no
    event."""
    named = usable(label)
    return named, fixed(named or _WRITTEN_IN)


@lru_cache(maxsize=512)
def _coded(code: str) -> tuple[str, Meaning | None]:
    """The code as it is compared, and what it means."""
    code = code.strip().upper()[:80]
    return code, meaning(code)


def _place(standard: str) -> tuple[str, str]:
    """The town that may stand in brackets before the words, and the words."""
    text = standard[:LONGEST].strip()
    if text[:1] == "[":
        town, closed, rest = text[1:].partition("]")
        if closed and (rest := rest.strip()):
            return town.strip(), rest
    return "", text
