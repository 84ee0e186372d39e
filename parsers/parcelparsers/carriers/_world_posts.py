"""What the readers of posts share that print words of their own language beside a code, or no code at all.

Rules: the newest decisive event decides, code and wording together (DESIGN §4); a forecast is none any more once the
parcel was delivered or went back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from parcelparsers.body import Body
from parcelparsers.carriers._aggregators import answer
from parcelparsers.carriers._days import printed
from parcelparsers.carriers._lines import Meaning, cautious
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Eta, Flag, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.source import Asked
from parcelparsers.timeline import settled
from parcelparsers.typed import replace

Code = str | int | None
"""A code that a source prints as a text or as a number, as it likes."""

_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_PLAIN = (None, State.INFO_RECEIVED, State.IN_TRANSIT)
_OVER = (State.DELIVERED, State.RETURNED)
_TROUBLE = (State.EXCEPTION, State.CUSTOMS_HOLD, State.DELIVERY_FAILED, State.RETURNED)

_LOST = (
    r"\blost\b|extravi|\broub|\brobad|n[ãa]o localizad|perdid|smarrit|\bperdu|утер|утрач|втрач|ztracen|elveszett"
    r"|tappad|tapt|mistet"
)
_DAMAGED = r"damage|avariad|dañad|danneggi|endommag|beschadig|поврежд|пошкодж|skadad|skadet|beskadig|poškozen|sérült"
_PAYMENT = (
    r"(?:pagamento|pago|pagar|paiement|payer|betaling|оплат|уплат|сплат)\w*.{0,60}(?:aguard|impost|tribut|dazi|oneri"
    r"|aduan|dogan|douan|droits|taxes?\b|toll|тамож|мит)"
    r"|(?:aguardando|pendiente|attesa|en attente).{0,30}(?:pagamento|pago|paiement)"
    r"|(?:duty|duties|customs (?:fee|charge)s?|import charges)\b.{0,40}(?:due|pay|owed)"
)
_TOLD = (
    (Flag.LOST, re.compile(_LOST, re.I)),
    (Flag.DAMAGED, re.compile(_DAMAGED, re.I)),
    (Flag.PAYMENT_DUE, re.compile(_PAYMENT, re.I)),
)


def in_utf8(body: Body) -> Body:
    """The body as UTF-8 where a page mixes in bytes of Western Europe's old code (cp1252), as old pages do."""
    text = body.data.decode("utf-8", "surrogateescape").translate(_STRAY)
    return Body(text.encode("utf-8", "replace"), status=body.status, content_type=body.content_type)


def plain(code: Code) -> str:
    """A code as text, empty where there is none."""
    return "" if code is None else str(code).strip()


def number_of(text: str | None) -> str:
    """A printed number without its blanks; empty where none is printed or it is no number."""
    try:
        return normalise(text or "")
    except BadNumber:
        return ""


def number_in(asked: Asked, *printed_ones: str | None) -> str:
    """Of several printed numbers of a parcel the one that was asked for, else the first; without any, the only one
    that was asked for. Raises `Unreadable` where that is unknown too.
    """
    numbers = list(filter(None, map(number_of, printed_ones)))
    if named := next((n for n in numbers if n in asked.numbers), None):
        return named
    if numbers:
        return numbers[0]
    if len(asked.numbers) == 1:
        return asked.numbers[0]
    raise Unreadable("number", "the number of the parcel")


def others(number: str, *printed_ones: str | None) -> tuple[str, ...]:
    """The other printed numbers of a parcel, each once."""
    return tuple(dict.fromkeys(n for n in map(number_of, printed_ones) if n and n != number))


def weighed(code: Meaning | None, words: Meaning | None) -> Meaning | None:
    """Code and wording together, the less final one; but a plain movement on either side gives way to what says
    more, and only "delivered" is taken back by it.
    """
    if code and words and words.state in _PLAIN and code.state not in (None, State.DELIVERED):
        return code
    if code and words and code.state is State.IN_TRANSIT and words.state is not State.DELIVERED:
        return words
    return cautious(code, words)


def contradicted(pairs: Iterable[tuple[Meaning | None, Meaning | None]]) -> tuple[Flag, ...]:
    """The flag of a history in which a code says delivered and its words say less."""
    for code, words in pairs:
        if code and words and code.state is State.DELIVERED and words.state not in (None, State.DELIVERED):
            return (Flag.CODE_AND_WORDING_DISAGREE,)
    return ()


def forecast(text: str | None) -> Eta | None:
    """The day in a forecast as printed for people, None where none can be read in it."""
    try:
        day = printed(text or "")[:10]
    except Unreadable:
        return None
    return Eta(earliest=day, latest=day)


def concluded(parcel: Parcel, **order: Any) -> Parcel:
    """The parcel settled (`order` as in `settled`), with the flags that the newest decisive event's words raise, and
    without a forecast where its journey is over. Raises `Unreadable` where there is neither an event nor a state.
    """
    if not parcel.events and parcel.state is None:
        raise Unreadable(f"history of {parcel.number or 'the parcel'}", "events or a known status")
    done = settled(parcel, **order)
    if not done.events:
        done = replace(done, flags=(*done.flags, Flag.SPARSE))
    return replace(done, flags=_flags(done), eta=None if done.state in _OVER else done.eta)


def _flags(parcel: Parcel) -> tuple[Flag, ...]:
    newest = next((e for e in reversed(parcel.events) if e.state), None)
    text = newest.description if newest and newest.state in _TROUBLE else ""
    told = (flag for flag, words in _TOLD if text and words.search(text))
    return tuple(dict.fromkeys((*parcel.flags, *told)))


def told(parcels: Iterable[Parcel], missing: Iterable[str], asked: Asked) -> Reading:
    """The reading of an answer about several numbers; of an unknown number that is not named (an empty string) it
    is the only one that was asked for. Raises `Unreadable` where no number that was asked for is spoken of.
    """
    found, absent = list(parcels), list(missing)
    if not found and absent and not any(absent):
        return Reading(outcome=Outcome.NOT_FOUND, missing=asked.numbers if len(asked.numbers) == 1 else ())
    return answer(found, filter(None, absent), asked)


def refused(code: object, text: str | None, reason: str = "refused") -> Reading:
    """An error that says nothing of the parcel, with at most 200 characters of what was said."""
    detail = " ".join(f"{code or ''} {text or ''}".split())[:200]
    return Reading(outcome=Outcome.BLOCKED, reason=reason, detail=detail)
