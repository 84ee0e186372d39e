"""Parcels and their numbers: watch one, give it another, join two that turn out to be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from parcelparsers import Outcome
from parcelparsers.errors import BadNumber
from parcelparsers.numbers import normalise
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Invalid
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import MOST_NUMBERS, Look, ParcelRecord
from parcelwarden.services.routes import Routes
from parcelwarden.services.timeline import joined
from parcelwarden.services.trace import traced

_STAGGER = timedelta(hours=1)
"""A less likely source is asked this much later, in case the likelier one answers."""


def normal(number: str) -> str:
    """The number as it is kept. Raises `Invalid`."""
    try:
        return normalise(number)
    except BadNumber as fault:
        raise Invalid(str(fault), field="number") from fault


class Attaching:
    """Keeps numbers, parcels, looks and orders joined."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    def attach(self, unit: Unit, number: str, refs: Iterable[OrderRef], now: datetime) -> ParcelRecord:
        """The parcel with this (normalised) number, new or known, now carrying these orders too."""
        parcel = unit.parcels.by_number(number) or unit.parcels.create(number, now)
        for ref in refs:
            unit.orders.link(ref, parcel.id)
            if ref not in parcel.orders:
                unit.parcels.wake([parcel.id], now)
        return self._looked_after(unit, parcel.id, number, now)

    def look_after(self, unit: Unit, parcel: ParcelRecord, now: datetime) -> ParcelRecord:
        """Something that says who may tell of the parcel became known: its country, its line."""
        return self._looked_after(unit, parcel.id, parcel.numbers[0], now)

    def add_number(self, unit: Unit, parcel: ParcelRecord, number: str, now: datetime) -> ParcelRecord:
        """Give the parcel one more number; a parcel that has it already turns out to be the same one. Nothing happens
        where it would have more than `MOST_NUMBERS`."""
        if number in parcel.numbers:
            return parcel
        other = unit.parcels.by_number(number)
        if len(parcel.numbers) + (len(other.numbers) if other else 1) > MOST_NUMBERS:
            return parcel
        if other is None:
            unit.parcels.add_number(parcel.id, number, now)
        else:
            self._absorb(unit, parcel, other, now)
        return self._looked_after(unit, parcel.id, number, now)

    def _absorb(self, unit: Unit, parcel: ParcelRecord, other: ParcelRecord, now: datetime) -> None:
        unit.answers.move(other.id, parcel.id)
        unit.parcels.forget(other.id)
        for number in reversed(other.numbers):
            unit.parcels.add_number(parcel.id, number, now)
        for ref in other.orders:
            unit.orders.link(ref, parcel.id)
        asked = {look.source for look in parcel.looks}
        for look in other.looks:
            if look.source not in asked:
                unit.parcels.put_look(msgspec.structs.replace(look, parcel_id=parcel.id))
        unit.parcels.put(joined(parcel, other))

    def _looked_after(self, unit: Unit, parcel_id: int, number: str, now: datetime) -> ParcelRecord:
        """See that every source which may know the number is asked about the parcel."""
        parcel = _there(unit, parcel_id)
        trace = traced(unit, parcel, number)
        asked = {look.source: look for look in parcel.looks}
        sources = [*self._routes.ranked(trace), *self._routes.relayed(trace)]
        for rank, source in enumerate(sources):
            if _in_hand(asked.get(source.id), number, parcel):
                continue
            resume = unit.sources.get(source.id).resume_at or now
            relay = self._routes.relayable(source.id) is not None
            at = max(now + rank * _STAGGER, resume)
            look = Look(parcel_id=parcel_id, source=source.id, number=number, rank=rank, next_look_at=at, relay=relay)
            unit.parcels.put_look(look)
        return _there(unit, parcel_id)


def _in_hand(look: Look | None, number: str, parcel: ParcelRecord) -> bool:
    """Whether a source need not be asked for this number: it is already, or it knows the parcel by another one. Where
    it does not, the newest number takes the place of the older one: the hand-off number, at the post that delivers."""
    if look is None:
        return False
    return look.number == number or look.outcome == Outcome.FOUND or number != parcel.numbers[0]


def _there(unit: Unit, parcel_id: int) -> ParcelRecord:
    parcel = unit.parcels.get(parcel_id)
    if parcel is None:
        raise LookupError(f"parcel {parcel_id} is gone")
    return parcel


def drop_orphans(unit: Unit, parcel_ids: Sequence[int]) -> None:
    """Forget those of the parcels that no order has any more."""
    for parcel in unit.parcels.many(parcel_ids):
        if not parcel.orders:
            unit.parcels.forget(parcel.id)
