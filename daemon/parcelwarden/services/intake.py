"""Takes answers of carriers in: what one batch brought, in one transaction, with the instant at which it was
asked.

An unchanged answer writes the time of its look and nothing else. An answer that lost the history of a known number
keeps the old one and counts as a failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from parcelparsers.model import Outcome, Parcel
from parcelwarden.domain.model import OrderRef
from parcelwarden.services import pace
from parcelwarden.services.answers import AnswerRecord, packed
from parcelwarden.services.attaching import Attaching, normal
from parcelwarden.services.chain import yielded
from parcelwarden.services.drift import VANISHED
from parcelwarden.services.errors import Invalid
from parcelwarden.services.ports import Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import Look, ParcelRecord, Prospect
from parcelwarden.services.routes import Routes
from parcelwarden.services.timeline import taken_in

_WALLS = (Outcome.BLOCKED, "rate_limited")
_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Answered:
    """What one look ended in: a reading's outcome, `rate_limited`, or the kind of a failure; `parcel` where found;
    `received`: the SHA-256 of the answer as received."""

    look: Look
    outcome: str
    parcel: Parcel | None = None
    received: str | None = None


class Intake:
    """Brings answers into parcels, looks and orders."""

    def __init__(self, routes: Routes, attaching: Attaching, reassessing: Reassessing) -> None:
        self._routes = routes
        self._attaching = attaching
        self._reassessing = reassessing

    def take(
        self, unit: Unit, answers: Sequence[Answered], asked_at: datetime, floor: timedelta, resume_at: datetime | None
    ) -> list[Look]:
        """Take one batch of one source in; answers the looks after it. `resume_at`: the source is not to be asked
        before."""
        prospects = unit.parcels.prospects([answer.look.parcel_id for answer in answers])
        same: list[Look] = []
        looks: list[Look] = []
        moved: dict[OrderRef, None] = {}
        for answer in answers:
            prospect = prospects.get(answer.look.parcel_id)
            if prospect is None:
                continue
            after = _looked(answer, prospect, asked_at, floor)
            if after.next_look_at and resume_at:
                after = msgspec.structs.replace(after, next_look_at=max(after.next_look_at, resume_at))
            looks.append(after)
            if _unchanged(answer.look, after):
                same.append(after)
            else:
                moved.update(dict.fromkeys(self._changed(unit, answer, after, asked_at)))
        self._unchanged(unit, same, asked_at)
        self._reassessing.again(unit, moved, asked_at)
        return looks

    def tell(
        self,
        unit: Unit,
        parcel: ParcelRecord,
        source: str,
        told: Parcel,
        seen_at: datetime,
        received: str | None = None,
    ) -> tuple[OrderRef, ...]:
        """Take in what a page that the user saw tells of a parcel; `received`: the SHA-256 of the page as it came.
        Answers the orders that it concerns."""
        look = next((look for look in parcel.looks if look.source == source), None)
        look = look or Look(parcel_id=parcel.id, source=source, number=told.number, rank=len(parcel.looks))
        if look.last_ok_at is None or look.last_ok_at <= seen_at:
            after = _good(look, Outcome.FOUND, seen_at, digest(told))
            unit.parcels.put_look(after)
            if look.answer_sha256 != after.answer_sha256:
                _keep(unit, after, told, received)
        return self.told(unit, parcel.id, told, seen_at)

    def _unchanged(self, unit: Unit, looks: Sequence[Look], asked_at: datetime) -> None:
        if looks:
            unit.parcels.update_looks(looks)
            unit.orders.looked([look.parcel_id for look in looks], asked_at)

    def _changed(self, unit: Unit, answer: Answered, after: Look, asked_at: datetime) -> tuple[OrderRef, ...]:
        unit.parcels.update_looks([after])
        if after.last_ok_at == asked_at and after.answer_sha256 != answer.look.answer_sha256:
            _keep(unit, after, answer.parcel, answer.received)
        if answer.parcel is not None and after.last_ok_at == asked_at:
            return self.told(unit, after.parcel_id, answer.parcel, asked_at)
        if _worth_telling(answer.look, after):
            parcel = unit.parcels.get(after.parcel_id)
            if parcel and after.failures and (turn := yielded(unit, self._routes, parcel, after, asked_at)):
                unit.parcels.update_looks([turn])
            return parcel.orders if parcel else ()
        return ()

    def told(self, unit: Unit, parcel_id: int, told: Parcel, at: datetime) -> tuple[OrderRef, ...]:
        """Take in what is told of a parcel, by whomever, with no look written. Answers the orders that it concerns."""
        parcel = unit.parcels.get(parcel_id)
        if parcel is None:
            return ()
        before, parcel = parcel, taken_in(parcel, told, at)
        unit.parcels.put(parcel)
        if (before.destination, before.service_line) != (parcel.destination, parcel.service_line):
            parcel = self._attaching.look_after(unit, parcel, at)
        for alias in reversed(told.aliases):
            try:
                parcel = self._attaching.add_number(unit, parcel, normal(alias), at)
            except Invalid:
                continue
        return parcel.orders


def _keep(unit: Unit, look: Look, told: Parcel | None, received: str | None) -> None:
    """Keep what the source said of the parcel, as evidence."""
    if received is None or look.last_ok_at is None:
        return
    unit.answers.add(
        AnswerRecord(
            parcel_id=look.parcel_id,
            source=look.source,
            number=look.number,
            asked_at=look.last_ok_at,
            outcome=look.outcome or "",
            received_sha256=received,
            reading=packed(told) if told else None,
        )
    )


def digest(parcel: Parcel) -> str:
    """What a source tells of a parcel, as a hash: the same telling gives the same."""
    return sha256(_encode(parcel)).hexdigest()


def _looked(answer: Answered, prospect: Prospect, asked_at: datetime, floor: timedelta) -> Look:
    """The look after the answer."""
    look, outcome = answer.look, answer.outcome
    told = digest(answer.parcel) if answer.parcel else outcome
    vanished = look.outcome == Outcome.FOUND and (
        outcome == Outcome.NOT_FOUND
        or (answer.parcel is not None and not answer.parcel.events and prospect.moved_at is not None)
    )
    if outcome not in (Outcome.FOUND, Outcome.NOT_FOUND) or vanished:
        return msgspec.structs.replace(
            look,
            last_tried_at=asked_at,
            last_outcome=VANISHED if vanished else outcome,
            failures=look.failures + 1,
            next_look_at=_after_failure(look, outcome, asked_at, floor),
        )
    good = _good(look, outcome, asked_at, told)
    if answer.parcel is not None and look.answer_sha256 != told:
        state, leg = answer.parcel.state or prospect.state, max(prospect.leg, answer.parcel.leg)
        prospect = msgspec.structs.replace(prospect, state=state, leg=leg, moved_at=asked_at)
    second = look.rank > 0 and outcome == Outcome.NOT_FOUND and prospect.moved_at is not None
    return msgspec.structs.replace(good, next_look_at=pace.next_look(good, prospect, asked_at, floor, second=second))


def _after_failure(look: Look, outcome: str, asked_at: datetime, floor: timedelta) -> datetime:
    """Nothing that came: as soon as the source may be asked again. A wall: not before the floor either. An answer that
    tells nothing: later each time."""
    if outcome in _WALLS:
        return asked_at + floor
    told = outcome in (Outcome.FOUND, Outcome.NOT_FOUND, Outcome.UNREADABLE)
    return pace.after_failure(look, asked_at, floor) if told else asked_at + pace.SOON


def _good(look: Look, outcome: str, at: datetime, told: str) -> Look:
    return msgspec.structs.replace(
        look, last_tried_at=at, last_outcome=outcome, last_ok_at=at, outcome=outcome, answer_sha256=told, failures=0
    )


def _unchanged(before: Look, after: Look) -> bool:
    """Whether the look brought nothing but its time."""
    return (
        after.failures == 0
        and before.failures == 0
        and before.answer_sha256 == after.answer_sha256
        and before.outcome == after.outcome
    )


def _worth_telling(before: Look, after: Look) -> bool:
    """Whether a verdict can differ: the first answer, the first failure, the first answer after failures."""
    return before.last_outcome != after.last_outcome or bool(before.failures) != bool(after.failures)
