"""The one way into every parser: walls first, then the readers by content, then every fault as an outcome."""

from __future__ import annotations

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.model import Outcome, Parcel, Reading
from parcelparsers.source import Asked, Source
from parcelparsers.typed import replace
from parcelparsers.walls import only_said, wall


def read(source: Source, body: Body, asked: Asked) -> Reading:
    """Read one answer of one source. Never raises on any bytes.

    A wall (captcha, WAF, rate limit, login, half-empty page) is `blocked`; a body that no reader of the source
    knows is `unreadable`; a found parcel that was not asked for is dropped where the source must echo the number.
    Words alone make no wall of a body in which the source's reader finds the parcel.
    """
    reason = wall(body)
    if reason and not only_said(body):
        return Reading(outcome=Outcome.BLOCKED, reason=reason)
    reading = _by_content(source, body, asked)
    if reason and reading.outcome is not Outcome.FOUND:
        return Reading(outcome=Outcome.BLOCKED, reason=reason)
    return reading


def _by_content(source: Source, body: Body, asked: Asked) -> Reading:
    for reader in source.readers:
        if reader.fits(body):
            try:
                return _asked_only(source, _in_time(reader.read(body, asked)), asked)
            except Unreadable as fault:
                return Reading(outcome=Outcome.UNREADABLE, reason=reader.name, detail=str(fault))
    return Reading(outcome=Outcome.UNREADABLE, reason="shape", detail=f"no reader of {source.id} knows this body")


def read_whatever(source: Source, body: Body, asked: Asked) -> Reading:
    """As `read`, for people who hold the body in hand: one that tells of other numbers only is shown under its own.

    Never for an answer that was asked for: there another parcel's history would pass for the buyer's.
    """
    reading = read(source, body, asked)
    if reading.outcome is not Outcome.UNREADABLE or not asked.numbers:
        return reading
    whatever = read(source, body, Asked((), country=asked.country, postcode=asked.postcode))
    return whatever if whatever.outcome is Outcome.FOUND else reading


def _in_time(reading: Reading) -> Reading:
    """The reading without the parcels of which no time can be read: one such row costs no other row, but where all are
    so, the form of the times has changed. Raises `Unreadable` where that is every parcel."""
    kept = tuple(p for p in reading.parcels if not _out_of_time(p))
    if len(kept) == len(reading.parcels):
        return reading
    if not kept:
        raise Unreadable("time", "a history of which at least one row has a date in a known form")
    return replace(reading, parcels=kept)


def _out_of_time(parcel: Parcel) -> bool:
    """No event has an instant, and not because none is printed."""
    return not any(e.at for e in parcel.events) and any(e.uncertain_hours for e in parcel.events)


def _asked_only(source: Source, reading: Reading, asked: Asked) -> Reading:
    if not (source.echo and asked.numbers and reading.outcome is Outcome.FOUND):
        return reading
    kept = tuple(p for p in reading.parcels if p.number in asked.numbers)
    if kept:
        return Reading(outcome=Outcome.FOUND, parcels=kept, missing=reading.missing)
    return Reading(outcome=Outcome.UNREADABLE, reason="echo", detail="the answer is about another number")
