"""Everything to another home: out in pages, parcels before the orders that name them; in, each page in one transaction.

What is watched here already stays as it is. What follows from facts is not carried along but computed anew; alerts are,
with what each channel made of them, so that nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from parcelwarden.domain.errors import FactError
from parcelwarden.services import settings
from parcelwarden.services.answers import AnswerRecord, is_reading
from parcelwarden.services.attaching import Attaching, normal
from parcelwarden.services.errors import Invalid
from parcelwarden.services.facts import domain_facts
from parcelwarden.services.orders import named
from parcelwarden.services.outbox import MISSED
from parcelwarden.services.politeness import LONGEST_PAUSE
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import AlertRecord, Delivery, FactChange, OrderRecord, ParcelRecord, SourceHealth

_PARCELS, _ORDERS = "p", "o"
EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9100, 1, 1, tzinfo=UTC)
"""Instants of an export lie between these: what follows from the years that facts may have does, with room to reckon."""
PAGE = 2 * 1024 * 1024
"""Bytes of the answers on one page, packed, about."""


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """One order with what hangs on it; `parcels` by the number that is shown."""

    order: OrderRecord
    parcels: tuple[str, ...] = ()
    changes: tuple[FactChange, ...] = ()
    alerts: tuple[tuple[AlertRecord, tuple[Delivery, ...]], ...] = ()


class CarriedParcel(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel with what its sources said when."""

    parcel: ParcelRecord
    answers: tuple[AnswerRecord, ...] = ()


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """A page of everything. `settings` and `sources` are in the first one only; `next` is the cursor of the next."""

    settings: Mapping[str, Any] | None = None
    sources: tuple[SourceHealth, ...] = ()
    parcels: tuple[CarriedParcel, ...] = ()
    orders: tuple[Carried, ...] = ()
    next: str | None = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What came of taking a load in; `kept`: what is watched here already."""

    orders: int
    parcels: int
    kept: tuple[str, ...]


class TransferVerbs:
    """Out and in."""

    def __init__(self, store: Store, attaching: Attaching, reassessing: Reassessing) -> None:
        self._store = store
        self._attaching = attaching
        self._reassessing = reassessing

    async def page(self, limit: int, cursor: str | None) -> Load:
        """A page, parcels first. Raises `Invalid` for a bad cursor."""
        return await self._store.read(lambda unit: _page(unit, limit, cursor))

    async def take(self, load: Load, now: datetime, *, dry_run: bool) -> Taken:
        """Take a page in, all of it or nothing. Raises `Invalid` naming the order and the field."""
        check(load)

        def work(unit: Unit) -> Taken:
            taken = self._taken(unit, load, now)
            if dry_run:
                raise _Undone(taken)
            return taken

        try:
            return await self._store.write(work)
        except _Undone as undone:
            return undone.taken

    def _taken(self, unit: Unit, load: Load, now: datetime) -> Taken:
        if load.settings:
            settings.adopt(unit, load.settings)
        for health in load.sources:
            if unit.sources.get(health.source).state == "never_tried":
                unit.sources.put(_paused(health, now))
        shown = [carried.parcel.numbers[0] for carried in load.parcels]
        parcels = [number for number, carried in zip(shown, load.parcels, strict=True) if _new_parcel(unit, carried)]
        orders = [carried.order.ref for carried in load.orders if self._new_order(unit, carried, now)]
        self._reassessing.again(unit, orders, now)
        kept = [number for number in shown if number not in parcels]
        kept += [str(carried.order.ref) for carried in load.orders if carried.order.ref not in orders]
        return Taken(orders=len(orders), parcels=len(parcels), kept=tuple(kept))

    def _new_order(self, unit: Unit, carried: Carried, now: datetime) -> bool:
        ref = carried.order.ref
        if unit.orders.many([ref]):
            return False
        unit.orders.put(carried.order)
        for number in map(normal, carried.parcels):
            parcel = unit.parcels.by_number(number)
            if parcel is None:
                self._attaching.attach(unit, number, (ref,), now)
            else:
                unit.orders.link(ref, parcel.id)
        unit.orders.record_changes(carried.changes)
        for alert, deliveries in carried.alerts:
            if unit.alerts.by_key(alert.key) is None:
                alert_id = unit.alerts.add(alert)
                for delivery in deliveries:
                    unit.alerts.put_delivery(msgspec.structs.replace(delivery, alert_id=alert_id))
        return True


def _paused(health: SourceHealth, now: datetime) -> SourceHealth:
    """The source, its pause no longer than one that could have been made by now."""
    ends = health.resume_at and min(health.resume_at, now + LONGEST_PAUSE)
    return msgspec.structs.replace(health, resume_at=ends)


class _Undone(Exception):
    """Rolls the transaction of a dry run back."""

    def __init__(self, taken: Taken) -> None:
        super().__init__("a dry run")
        self.taken = taken


def _page(unit: Unit, limit: int, cursor: str | None) -> Load:
    part, _, place = (cursor or _PARCELS).partition(".")
    if part == _PARCELS:
        parcels, following = _parcels(unit, limit, place or None)
        first = cursor is None
        return Load(
            settings=settings.current(unit) if first else None,
            sources=tuple(unit.sources.all()) if first else (),
            parcels=parcels,
            next=f"{_PARCELS}.{following}" if following else _ORDERS,
        )
    if part != _ORDERS or (place and not (place.isascii() and place.isdigit() and len(place) < 16)):
        raise Invalid("cursor: not one that this list gave; begin again without it", field="cursor")
    rows = unit.orders.walk(int(place or 0), limit)
    following = f"{_ORDERS}.{rows[-1][0]}" if len(rows) == limit else None
    return Load(orders=tuple(_carried(unit, order) for _, order in rows), next=following)


def _parcels(unit: Unit, limit: int, place: str | None) -> tuple[tuple[CarriedParcel, ...], str | None]:
    """As many parcels as their answers leave room for, at least one."""
    found, following = unit.parcels.page(limit, place)
    carried: list[CarriedParcel] = []
    room = PAGE
    for parcel in found:
        answers = tuple(unit.answers.of(parcel.id))
        room -= sum(len(answer.reading or b"") for answer in answers)
        if room < 0 and carried:
            _, following = unit.parcels.page(len(carried), place)
            break
        carried.append(CarriedParcel(parcel=parcel, answers=answers))
    return tuple(carried), following


def _carried(unit: Unit, order: OrderRecord) -> Carried:
    alerts = sorted(unit.alerts.of_order(order.ref), key=lambda alert: alert.key)
    return Carried(
        order=order,
        parcels=tuple(sorted(parcel.numbers[0] for parcel in unit.parcels.many(order.parcel_ids))),
        changes=tuple(unit.orders.changes(order.ref)),
        alerts=tuple((alert, tuple(unit.alerts.deliveries(alert.id))) for alert in alerts),
    )


def _new_parcel(unit: Unit, carried: CarriedParcel) -> bool:
    parcel = carried.parcel
    numbers = [normal(number) for number in parcel.numbers]
    if any(unit.parcels.by_number(number) for number in numbers):
        return False
    made = unit.parcels.create(numbers[-1], parcel.created_at)
    for number in reversed(numbers[:-1]):
        unit.parcels.add_number(made.id, number, parcel.created_at)
    unit.parcels.put(msgspec.structs.replace(parcel, id=made.id))
    for look in parcel.looks:
        unit.parcels.put_look(msgspec.structs.replace(look, parcel_id=made.id))
    for answer in carried.answers:
        unit.answers.add(msgspec.structs.replace(answer, parcel_id=made.id))
    return True


def check(load: Load) -> None:
    """Refuse facts that the engine would not take, instants with which nothing can be reckoned, what are no numbers (a
    look's becomes part of a request), and alerts in the name of another order, which could then raise none of its own.
    Raises `Invalid` naming the order or parcel."""
    _instants_fit("sources", load.sources)
    for carried in load.parcels:
        _instants_fit(carried.parcel.numbers[0], carried)
        asked = [*(look.number for look in carried.parcel.looks), *(answer.number for answer in carried.answers)]
        for number in (*carried.parcel.numbers, *asked):
            normal(number)
        for answer in carried.answers:
            if answer.reading is not None and not is_reading(answer.reading):
                where = f"{carried.parcel.numbers[0]}: the answer of {answer.source} at {answer.asked_at:%Y-%m-%dT%H:%M:%SZ}"
                raise Invalid(f"{where} holds no reading; take the export anew", field="reading")
    for order in load.orders:
        named(*order.order.ref)
        _instants_fit(str(order.order.ref), order)
        for number in order.parcels:
            normal(number)
        for alert, _ in order.alerts:
            if not alert.key.removeprefix(MISSED).startswith(f"{order.order.ref}:"):
                raise Invalid(f"{order.order.ref}: its alert {alert.key!r} is not its own", field="key")
        try:
            domain_facts(order.order, None)
        except (FactError, ValueError, KeyError) as fault:
            raise Invalid(f"{order.order.ref}: {fault}", field=getattr(fault, "field", None)) from fault


def _instants_fit(where: str, value: Any) -> None:
    for field, at in _instants(value):
        if not EARLIEST <= at < LATEST:
            years = f"{EARLIEST.year} and {LATEST.year - 1}"
            raise Invalid(f"{where}: {field}: expected an instant between the years {years}, got {at}", field=field)


def _instants(value: Any, field: str = "") -> Iterator[tuple[str, datetime]]:
    """Every instant in a record, at any depth, with the name of its field."""
    match value:
        case datetime():
            yield field, value
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _instants(getattr(value, name), name)
        case tuple() | list():
            for each in value:
                yield from _instants(each, field)
        case dict():
            for name, each in value.items():
                yield from _instants(each, name)
