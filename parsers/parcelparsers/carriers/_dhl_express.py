"""DHL Express by its waybill, as the site answered in 2017 (`POSTS_AND_COURIERS.md` §10)."""

from __future__ import annotations

from typing import Any

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

_DELIVERED = Meaning(State.DELIVERED, Leg.FINAL)
_NO_SUCH = ("404", "204")


class _Checkpoint(Shape, frozen=True):
    description: str | None = None
    date: str | None = None
    time: str | None = None
    location: str | None = None
    counter: int | None = None


class _Delivery(Shape, frozen=True):
    status: str | None = None


class _Result(Shape, frozen=True):
    id: str
    checkpoints: list[_Checkpoint]
    delivery: _Delivery | None = None


class _Error(Shape, frozen=True):
    code: Any = None
    id: str | None = None


class _Answer(Shape, frozen=True):
    results: list[_Result] | None = None
    errors: list[_Error] | None = None


def _fits(body: Body) -> bool:
    if not body.is_json or not isinstance(body.json, dict):
        return False
    return b'"checkpoints"' in body.data or isinstance(body.json.get("errors"), list)


def _read(body: Body, asked: Asked) -> Reading:
    """`results[].checkpoints[]`, newest first, counted from the first. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if answer.results:
        return found(*(_parcel(result, asked) for result in answer.results))
    errors = answer.errors or []
    if errors and all(str(error.code) in _NO_SUCH for error in errors):
        return nothing(asked, errors[0].id)
    if errors:
        return Reading(outcome=Outcome.BLOCKED, reason="refused", detail=f"error {errors[0].code}"[:200])
    raise Unreadable("results", "a waybill")


def _parcel(result: _Result, asked: Asked) -> Parcel:
    rows = result.checkpoints
    if not rows:
        raise Unreadable("checkpoints", "events")
    if all(row.counter is not None for row in rows):
        rows = sorted(rows, key=lambda row: -(row.counter or 0))
    parcel = Parcel(number=the_number(result.id, asked), service_line="express", events=tuple(map(_event, rows)))
    whole = settled(parcel, newest_first=True, wall_clock=False)
    delivered = result.delivery is not None and result.delivery.status == "delivered"
    return agree(whole, _DELIVERED if delivered else None)


def _event(row: _Checkpoint) -> Event:
    """The clock is that of the place, which is named in words only."""
    when = stamp(dated(f"{row.date} {row.time or ''}") if row.date else None)
    return event(when, row.description, WORDS.of(row.description or ""), place=row.location)


EXPRESS = Reader(name="Express waybill", fits=_fits, read=_read)
