"""What the readers of the posts and couriers of America and Australia share: meanings by family of words, events,
and answers for one number or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from parcelparsers import Asked, Body
from parcelparsers.carriers._overseas_meanings import Meaning
from parcelparsers.clock import Stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.private import scrub
from parcelparsers.timeline import settled
from parcelparsers.typed import replace

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def event(
    when: Stamp,
    text: str,
    meaning: Meaning | None,
    *,
    code: str | None = None,
    place: str = "",
    zone: str | None = None,
    advisory: bool = False,
) -> Event:
    """One line of a history; `zone` is the printed label where `when` was read by another one."""
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=zone or when.zone,
        uncertain_hours=when.uncertain_hours,
        code=code or None,
        state=meaning.state if meaning and not advisory else None,
        leg=meaning.leg if meaning and not advisory else Leg.ANNOUNCED,
        advisory=advisory,
        description=scrub(squeezed(text)),
        location=scrub(squeezed(place)),
    )


def is_page(body: Body) -> bool:
    """Whether the body is a page for people, not XML."""
    return body.is_html


def squeezed(text: str | None) -> str:
    """The text with each run of white space as one blank."""
    return " ".join((text or "").split())


def joined(*parts: str | None) -> str:
    """The parts of a place that are there, with commas."""
    return ", ".join(filter(None, map(squeezed, parts)))


def number_of(text: str | None) -> str:
    """A printed number without its blanks; empty where none is printed or it is no number."""
    try:
        return normalise(text or "")
    except BadNumber:
        return ""


def only_asked(asked: Asked) -> str:
    """The one number that was asked for: what an answer without a number is about. Empty where several were."""
    return asked.numbers[0] if len(asked.numbers) == 1 else ""


def answer(parcels: Iterable[Parcel], missing: Iterable[str] = (), *, nothing: bool = False) -> Reading:
    """The reading of parcels and unknown numbers. `nothing`: the answer says so without naming a number.

    Raises `Unreadable` where there is neither.
    """
    found, unknown = tuple(parcels), tuple(dict.fromkeys(filter(None, missing)))
    if found:
        return Reading(outcome=Outcome.FOUND, parcels=found, missing=unknown)
    if unknown or nothing:
        return Reading(outcome=Outcome.NOT_FOUND, missing=unknown)
    raise Unreadable("answer", "a parcel that was asked for")


def refused(code: object, text: str | None) -> Reading:
    """An error that says nothing of the parcel."""
    detail = f"{code or ''} {scrub(squeezed(text))}".strip()[:200]
    return Reading(outcome=Outcome.BLOCKED, reason="refused", detail=detail)


def settle(parcel: Parcel, status: Meaning | None = None, *, eta: str | None = None, **order: Any) -> Parcel:
    """`settled` (whose arguments `order` holds), with what the source says of the parcel as a whole: it counts
    where the newest event says nothing of itself, and alone, as `SPARSE`, where there are no events. `eta`: the
    forecast, ISO; it is none any more once the parcel was delivered or went back.

    Raises `Unreadable` where there is neither an event nor a known status.
    """
    done = _decided(parcel, status, order)
    if eta and _DAY.match(eta) and done.state not in (State.DELIVERED, State.RETURNED):
        done = replace(done, eta=Eta(earliest=eta[:10], latest=eta[:10]))
    return done


def _decided(parcel: Parcel, status: Meaning | None, order: dict[str, Any]) -> Parcel:
    if not parcel.events:
        if not status or not status.state:
            raise Unreadable(f"history of {parcel.number or 'the parcel'}", "events or a known status")
        flags = (*parcel.flags, Flag.SPARSE)
        return replace(parcel, state=status.state, leg=status.leg, flags=flags)
    done = settled(parcel, **order)
    newest = next((e for e in reversed(done.events) if not e.advisory), None)
    if status and status.state and newest and newest.state is None:
        done = replace(done, state=status.state, leg=max(done.leg, status.leg))
    return _flagged(done)


_TOLD = (
    (Flag.LOST, re.compile(r"\blost\b(?! and found)")),
    (Flag.DAMAGED, re.compile(r"\bdamage")),
    (
        Flag.PAYMENT_DUE,
        re.compile(r"\b(?:duties|duty|customs fees?|import charges)\b.{0,40}\b(?:due|owed|unpaid|payable|pay)"),
    ),
)
_TROUBLE = (State.EXCEPTION, State.CUSTOMS_HOLD, State.DELIVERY_FAILED, State.RETURNED, State.AVAILABLE_FOR_PICKUP)


def _flagged(parcel: Parcel) -> Parcel:
    """With the flags that the newest decisive event's words raise."""
    newest = next((e for e in reversed(parcel.events) if e.state), None)
    if not newest or newest.state not in _TROUBLE:
        return parcel
    low = newest.description.lower()
    told = tuple(flag for flag, words in _TOLD if words.search(low) and flag not in parcel.flags)
    return replace(parcel, flags=(*parcel.flags, *told)) if told else parcel


def newest_of(parcels: Iterable[Parcel]) -> tuple[Parcel, ...]:
    """One parcel a number: a number that was used twice is the shipment with the newest event."""
    best: dict[str, Parcel] = {}
    for parcel in parcels:
        held = best.get(parcel.number)
        if held is None or _newest(parcel) > _newest(held):
            best[parcel.number] = parcel
    return tuple(best.values())


def _newest(parcel: Parcel) -> str:
    return max((e.local_time for e in parcel.events), default="")
