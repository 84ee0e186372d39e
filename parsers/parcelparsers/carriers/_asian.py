"""What the readers of Asian carriers share: one line of a history, and a parcel whose words were not understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parcelparsers.carriers._chinese import scrub_chinese
from parcelparsers.carriers._lines import Meaning, cautious, flat
from parcelparsers.carriers._lines import event as plain_event
from parcelparsers.clock import Stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, State
from parcelparsers.timeline import settled
from parcelparsers.typed import replace


def event(
    when: Stamp, text: str | None, meaning: Meaning | None, *, code: str | None = None, place: str | None = None
) -> Event:
    """One event, its texts freed of markup and of people, Chinese ones too."""
    return plain_event(when, scrub_chinese(flat(text)), meaning, code=code, place=scrub_chinese(flat(place)))


_UNDER_WAY = (State.INFO_RECEIVED, State.IN_TRANSIT, State.OUT_FOR_DELIVERY)


def held_back(code: Meaning | None, words: Meaning | None) -> Meaning | None:
    """A code's meaning, held back by words that name a less final state; words of plain movement hold nothing back."""
    if code and words and words.state in (None, State.INFO_RECEIVED, State.IN_TRANSIT):
        return code
    return cautious(code, words)


def disagree(events: tuple[Event, ...], known: Callable[[str], Meaning | None]) -> tuple[Flag, ...]:
    """The flag of a history in which words took something back from a code."""
    pairs = ((e.state, known(e.code)) for e in events if e.code)
    return (Flag.CODE_AND_WORDING_DISAGREE,) if any(m and m.state is not state for state, m in pairs) else ()


def concluded(parcel: Parcel, own: Meaning | None = None, **order: Any) -> Parcel:
    """The parcel settled (`order` as in `settled`), with the flags that the newest decisive event's words raise.

    What the source's own status says counts where no event decides, or where it says delivered and the newest event
    is a move. Raises `Unreadable` where there is neither an event nor a known status.
    """
    if not parcel.events and (own is None or own.state is None):
        raise Unreadable(f"history of {parcel.number or 'the parcel'}", "events or a known status")
    done = settled(parcel, **order)
    if own and (done.state is None or (own.state is State.DELIVERED and done.state in _UNDER_WAY)):
        done = replace(done, state=own.state, leg=max(done.leg, own.leg))
    if not parcel.events:
        done = replace(done, flags=(*done.flags, Flag.SPARSE))
    return _flagged(done)


_TOLD = ((Flag.LOST, (" lost", "丢失", "утерян")), (Flag.DAMAGED, ("damage", "破损", "поврежд")))


def _flagged(parcel: Parcel) -> Parcel:
    newest = next((e for e in reversed(parcel.events) if e.state), None)
    if not newest or newest.state is not State.EXCEPTION:
        return parcel
    low = f" {newest.description.lower()}"
    told = tuple(flag for flag, words in _TOLD if any(word in low for word in words))
    return replace(parcel, flags=(*parcel.flags, *told)) if told else parcel


def not_understood(events: tuple[Event, ...]) -> tuple[str, ...]:
    """The codes of events of which neither code nor words said anything, each once."""
    return tuple(dict.fromkeys(e.code for e in events if e.code and e.state is None and e.leg is Leg.ANNOUNCED))
