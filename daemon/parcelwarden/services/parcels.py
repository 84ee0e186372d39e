"""Parcels by number: watch, read, look again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from parcelwarden.domain.model import OrderRef
from parcelwarden.services import learning, settings
from parcelwarden.services.attaching import Attaching, normal
from parcelwarden.services.chain import soonest
from parcelwarden.services.errors import Conflict, NotFound
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import Look, ParcelRecord
from parcelwarden.services.routes import Routes


class ParcelVerbs:
    """The verbs on parcels."""

    def __init__(self, store: Store, attaching: Attaching, reassessing: Reassessing, routes: Routes) -> None:
        self._store = store
        self._attaching = attaching
        self._reassessing = reassessing
        self._routes = routes

    async def add(self, number: str, refs: Sequence[OrderRef], now: datetime) -> ParcelRecord:
        """Watch a number, for these orders too. Raises `Invalid` for what is no tracking number, `NotFound`."""
        plain = normal(number)

        def work(unit: Unit) -> ParcelRecord:
            known = {record.ref for record in unit.orders.many(refs)}
            for ref in refs:
                if ref not in known:
                    raise NotFound(f"order {ref} is not watched; see: parcelwarden list", field="orders")
            parcel = self._attaching.attach(unit, plain, refs, now)
            self._reassessing.again(unit, refs, now)
            return parcel

        return await self._store.write(work)

    async def get(self, number: str) -> ParcelRecord:
        """The parcel with this number. Raises `Invalid`, `NotFound`."""
        plain = normal(number)
        return await self._store.read(lambda unit: _required(unit, plain))

    async def forget(self, number: str, now: datetime) -> None:
        """Drop the parcel with its history; its orders are assessed without it. Raises `Invalid`, `NotFound`."""
        plain = normal(number)

        def work(unit: Unit) -> None:
            parcel = _required(unit, plain)
            unit.parcels.forget(parcel.id)
            learning.forget(unit)
            self._reassessing.again(unit, parcel.orders, now)

        await self._store.write(work)

    async def page(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]:
        """A page of parcels, newest first. Raises `Invalid`."""
        return await self._store.read(lambda unit: unit.parcels.page(limit, cursor))

    async def refresh(self, number: str, now: datetime) -> datetime:
        """Look as soon as the floors allow; answers when that is. Raises `NotFound`, `Conflict` where nobody can be
        asked."""
        plain = normal(number)

        def work(unit: Unit) -> datetime:
            looks = [self._sooner(unit, look, now) for look in _required(unit, plain).looks]
            dates = [look.next_look_at for look in looks if look and look.next_look_at]
            if not dates:
                raise Conflict(
                    f"{plain}: no source can be asked about it by a program; open its page or paste its text"
                )
            unit.parcels.update_looks([look for look in looks if look])
            return min(dates)

        return await self._store.write(work)

    def _sooner(self, unit: Unit, look: Look, now: datetime) -> Look | None:
        if look.relay and not settings.current(unit)["relay"]:
            return None
        allowed = soonest(unit, self._routes, look, now)
        if allowed is None:
            return None
        return msgspec.structs.replace(look, next_look_at=min(look.next_look_at or allowed, allowed))


def _required(unit: Unit, number: str) -> ParcelRecord:
    parcel = unit.parcels.by_number(number)
    if parcel is None:
        raise NotFound(f"parcel {number} is not watched; add it with: parcelwarden add {number}", field="number")
    return parcel
