"""The numbers that an answer prints, and the reading of the whole: found, nothing, refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parcelparsers.carriers._rows import flat
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Outcome, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.private import scrub
from parcelparsers.source import Asked


def tidy(number: str | None) -> str:
    """A number as it is compared: capitals, no spaces around it."""
    return (number or "").strip().upper()[:60]


def number_of(text: str | None) -> str:
    """A printed number without its blanks; empty where none is printed or it is no number."""
    try:
        return normalise(text or "")
    except BadNumber:
        return ""


def the_only(asked: Asked) -> str:
    """The number of an answer that does not name it: the one that was asked for, empty where that is unknown."""
    return asked.numbers[0] if len(asked.numbers) == 1 else ""


def the_number(printed: str | None, asked: Asked) -> str:
    """The number of a parcel: the printed one without separators, else the only one that was asked for.

    Raises `Unreadable` where neither is there.
    """
    for text in (printed, re.sub(r"[\s.\-]", "", printed or "")[:80]):
        number = number_of(text)
        if number and (not asked.numbers or number in asked.numbers):
            return number
    if printed:
        return printed.strip().upper()[:80]
    return number_in(asked)


def number_in(asked: Asked, *printed_ones: str | None) -> str:
    """Of several printed numbers of a parcel the one that was asked for, else the first; without any, the only one
    that was asked for. Raises `Unreadable` where that is unknown too.
    """
    numbers = list(filter(None, map(number_of, printed_ones)))
    if found := next((n for n in numbers if n in asked.numbers), next(iter(numbers), the_only(asked))):
        return found
    raise Unreadable("number", "the number of the parcel")


def others(number: str, *printed_ones: str | None) -> tuple[str, ...]:
    """The other printed numbers of a parcel, each once."""
    return tuple(dict.fromkeys(n for n in map(number_of, printed_ones) if n and n != number))


def found(*parcels: Parcel) -> Reading:
    """A reading of what was found."""
    return Reading(outcome=Outcome.FOUND, parcels=parcels)


def nothing(asked: Asked, printed: str | None = None) -> Reading:
    """The source says that it has nothing: for the number that it prints, or else for what was asked.

    Raises `Unreadable` where it speaks of a number that was not asked for.
    """
    number = number_of(printed)
    if number and asked.numbers and number not in asked.numbers:
        raise Unreadable("number", "the number that was asked for")
    return Reading(outcome=Outcome.NOT_FOUND, missing=(number,) if number else asked.numbers)


def refused(code: object, text: object = "", reason: str = "refused") -> Reading:
    """An error that says nothing of the parcel, with at most 200 characters of what was said."""
    detail = flat(f"{code or ''} {text or ''}")
    return Reading(outcome=Outcome.BLOCKED, reason=reason, detail=scrub(detail)[:200])


def blocked(reason: str, detail: object = "") -> Reading:
    """A refusal, with its reason as a short code."""
    return refused("", detail, reason)


def answered(parcels: Iterable[Parcel], missing: Iterable[str] = (), *, nothing: bool = False) -> Reading:
    """The reading of parcels and unknown numbers as they stand. `nothing`: the answer says so without naming a number.

    Raises `Unreadable` where there is neither.
    """
    held, unknown = tuple(parcels), tuple(dict.fromkeys(filter(None, missing)))
    if held:
        return Reading(outcome=Outcome.FOUND, parcels=held, missing=unknown)
    if unknown or nothing:
        return Reading(outcome=Outcome.NOT_FOUND, missing=unknown)
    raise Unreadable("answer", "a parcel that was asked for")


def answer(parcels: Iterable[Parcel], missing: Iterable[str], asked: Asked) -> Reading:
    """The reading of one answer about several numbers; of one number told twice the longer history counts.

    Numbers that were not asked for are dropped. An answer about none that was asked for raises `Unreadable`.
    """
    held: dict[str, Parcel] = {}
    for parcel in parcels:
        before = held.get(parcel.number)
        if _wanted(parcel.number, asked) and (before is None or len(before.events) < len(parcel.events)):
            held[parcel.number] = parcel
    absent = tuple(n for n in dict.fromkeys(missing) if n not in held and _wanted(n, asked))
    if not held and not absent:
        raise Unreadable("number", "an answer about a number that was asked for")
    outcome = Outcome.FOUND if held else Outcome.NOT_FOUND
    return Reading(outcome=outcome, parcels=tuple(held.values()), missing=absent)


def _wanted(number: str, asked: Asked) -> bool:
    return not asked.numbers or number in asked.numbers


def told(parcels: Iterable[Parcel], missing: Iterable[str], asked: Asked) -> Reading:
    """As `answer`; of an unknown number that is not named (an empty string) it is the only one that was asked for."""
    known, absent = list(parcels), list(missing)
    if not known and absent and not any(absent):
        return Reading(outcome=Outcome.NOT_FOUND, missing=asked.numbers if len(asked.numbers) == 1 else ())
    return answer(known, filter(None, absent), asked)


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
