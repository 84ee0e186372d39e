"""Orders by hand: add, change, forget, read. What pages say of orders comes by `captures`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from parcelwarden.domain.model import OrderRef
from parcelwarden.services import facts as words
from parcelwarden.services import learning
from parcelwarden.services.attaching import Attaching, drop_orphans, normal
from parcelwarden.services.errors import Ambiguous, Conflict, Invalid, NotFound
from parcelwarden.services.merging import merge
from parcelwarden.services.ports import OrderQuery, Store, Unit
from parcelwarden.services.reassessing import Reassessing, tell_disputes
from parcelwarden.services.records import Brief, FactChange, OrderRecord, Origin

_STEP = re.compile(r"(?!\.{1,2}\Z)[^/\\]{1,64}")


class OrderVerbs:
    """The verbs on orders."""

    def __init__(self, store: Store, attaching: Attaching, reassessing: Reassessing) -> None:
        self._store = store
        self._attaching = attaching
        self._reassessing = reassessing

    async def resolve(self, name: str) -> OrderRef:
        """`marketplace/id`, or an id where unique. Raises `NotFound`, `Ambiguous`."""
        shop, slash, order_id = name.strip().partition("/")
        if slash:
            return (await self.get(OrderRef(shop.casefold(), order_id))).ref
        found = await self._store.read(lambda unit: unit.orders.named(shop))
        if not found:
            raise NotFound(f"order {name[:80]!r} is not watched; see: parcelwarden list", field="order")
        if len(found) > 1:
            names = ", ".join(map(str, found))
            raise Ambiguous(f"order {name[:80]!r} fits several: {names}; name the marketplace too", field="order")
        return found[0]

    async def get(self, ref: OrderRef) -> OrderRecord:
        """One order with everything. Raises `NotFound`."""
        return await self._store.read(lambda unit: required(unit, ref))

    async def page(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
        """A page of orders and the next cursor. Raises `Invalid`."""
        return await self._store.read(lambda unit: unit.orders.page(query))

    async def advice(self, refs: Sequence[OrderRef]) -> dict[OrderRef, Brief]:
        """For the overlay: of those that were assessed."""
        return await self._store.read(lambda unit: unit.orders.briefs(refs))

    async def changes(self, ref: OrderRef) -> list[FactChange]:
        """What moved, oldest first. Raises `NotFound`."""

        def work(unit: Unit) -> list[FactChange]:
            required(unit, ref)
            return unit.orders.changes(ref)

        return await self._store.read(work)

    async def add(self, given: Mapping[str, Any], numbers: Sequence[str], now: datetime) -> OrderRecord:
        """Take an order by hand. Raises `Invalid` naming the field, `Conflict` when it is there."""
        ref = named(given.get("marketplace"), given.get("order_id"))
        facts, texts = _split(given)
        checked = {name: value for name, value in words.check(ref, facts).items() if value is not None}
        record = OrderRecord(
            ref=ref,
            facts={name: words.by_user(value, now) for name, value in checked.items()},
            created_at=now,
            updated_at=now,
        )
        record = msgspec.structs.replace(record, **words.check_texts(texts))
        plain = [normal(number) for number in numbers]

        def work(unit: Unit) -> OrderRecord:
            if unit.orders.many([ref]):
                raise Conflict(f"order {ref} is watched already; change it with: parcelwarden set {ref} …")
            unit.orders.put(record)
            for number in plain:
                self._attaching.attach(unit, number, (ref,), now)
            self._reassessing.again(unit, [ref], now)
            return required(unit, ref)

        return await self._store.write(work)

    async def change(self, ref: OrderRef, changes: Mapping[str, Any], now: datetime) -> OrderRecord:
        """Set facts by the user's word; None takes the user's word back. Raises `NotFound`, `Invalid`."""
        facts, texts = _split(changes)
        checked, said = words.check(ref, facts), words.check_texts(texts)

        def work(unit: Unit) -> OrderRecord:
            record = required(unit, ref)
            news = {name: words.by_user(value, now) for name, value in checked.items() if value is not None}
            merged = merge(record, news, now)
            taken_back = [name for name, value in checked.items() if value is None]
            merged.changes.extend(_taken_back(record, merged.facts, taken_back, now))
            unit.orders.record_changes(merged.changes)
            changed = msgspec.structs.replace(record, facts=merged.facts, updated_at=now, **said)
            self._reassessing.save(unit, changed, now)
            return required(unit, ref)

        return await self._store.write(work)

    async def forget(self, ref: OrderRef, now: datetime) -> None:
        """Drop the order, its alerts, and parcels that no other order has. Raises `NotFound`."""

        def work(unit: Unit) -> None:
            record = required(unit, ref)
            disputes = unit.orders.disputes_open(ref.marketplace)
            unit.alerts.forget(ref)
            unit.orders.forget(ref)
            drop_orphans(unit, record.parcel_ids)
            learning.forget(unit)
            tell_disputes(unit, ref.marketplace, disputes, now)

        await self._store.write(work)


def required(unit: Unit, ref: OrderRef) -> OrderRecord:
    """The order. Raises `NotFound`."""
    record = unit.orders.get(ref)
    if record is None:
        raise NotFound(f"order {ref} is not watched; see: parcelwarden list", field="order")
    return record


def named(marketplace: object, order_id: object) -> OrderRef:
    """The order of this name, of which each part is good for a step of an address. Raises `Invalid`."""
    for field, value in (("marketplace", marketplace), ("order_id", order_id)):
        if not isinstance(value, str) or not _STEP.fullmatch(value.strip()) or not value.isprintable():
            text = "expected a text of at most 64 characters without a slash, other than . and .."
            raise Invalid(f"{field}: {text}", field=field)
    return OrderRef(str(marketplace).strip().casefold(), str(order_id).strip())


def _split(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts with dotted names, and the texts beside them."""
    plain = words.flat({k: v for k, v in given.items() if k not in ("marketplace", "order_id")})
    texts = {name: plain.pop(name) for name in words.TEXTS if name in plain}
    return plain, texts


def _taken_back(record: OrderRecord, facts: dict[str, Any], names: Sequence[str], now: datetime) -> list[FactChange]:
    """Remove what the user once said; what a page says stays."""
    gone = [n for n in names if (old := record.facts.get(n)) and old.origin in (Origin.USER, Origin.IMPORT)]
    return [
        FactChange(ref=record.ref, field=name, before=facts.pop(name).value, after=None, origin=Origin.USER, at=now)
        for name in gone
    ]
