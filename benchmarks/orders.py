"""Constructed orders in a real database, written by the services as they would write the buyer's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelparsers.model import Event, Leg, Parcel, State
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.attaching import Attaching
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import FactEntry, OrderRecord, Origin
from parcelwarden.services.routes import Routes
from parcelwarden.services.timeline import taken_in

AT_ONCE = 500
SHOPS = ("aliexpress", "aliexpress", "aliexpress", "ebay", "amazon")
COUNTRIES = ("ES", "BR", "FR", "MX")
DAY = timedelta(days=1)


def ref(n: int) -> OrderRef:
    """The name of the n-th order."""
    return OrderRef(SHOPS[n % len(SHOPS)], f"{8190000000000000 + n}")


def number(n: int) -> str:
    """The number of its parcel: of Cainiao's own shape."""
    return f"LP{n:014}"


def order(n: int, now: datetime) -> OrderRecord:
    """The n-th order: shipped up to fifty days before `now`, with a delivery time of thirty to seventy days."""
    shipped = now - (n % 50) * DAY
    said = {
        "country": COUNTRIES[n % len(COUNTRIES)],
        "placed_at": (shipped - 2 * DAY).isoformat(),
        "paid_at": (shipped - 2 * DAY).date().isoformat(),
        "payment_method": ("PayPal", "card", "visa")[n % 3],
        "shipped_at": shipped.isoformat(),
        "delivery_due_at": (shipped + (30 + n % 40) * DAY).date().isoformat(),
    }
    return OrderRecord(
        ref=ref(n),
        facts={name: FactEntry(value=value, origin=Origin.USER, seen_at=now) for name, value in said.items()},
        title="Lamp with a constructed name",
        total="12.40",
        currency="EUR",
        created_at=now,
        updated_at=now,
    )


def history(n: int, now: datetime) -> Parcel:
    """What a carrier told of its parcel: six lines, the last one four days ago or more."""
    shipped = now - (n % 50 + 30) * DAY
    lines = tuple(
        Event(
            local_time=f"{shipped + 4 * step * DAY:%Y-%m-%dT%H:%M:%S}",
            at=shipped + 4 * step * DAY,
            code=f"STEP_{step}",
            state=State.IN_TRANSIT,
            leg=Leg(min(step, 5)),
            description="Departed from a sorting centre",
        )
        for step in range(1, 7)
    )
    return Parcel(number=number(n), state=State.IN_TRANSIT, leg=Leg.CLEARED, events=lines)


async def fill(store: Store, begin: int, end: int, now: datetime, routes: Routes, *, told: bool = True) -> None:
    """Write the orders from the one to before the other, each with a parcel; `told`: it has a history."""
    reassessing, attaching = Reassessing(load_rules()), Attaching(routes)

    def write(unit: Unit, n: int) -> None:
        record = order(n, now)
        unit.orders.put(record)
        parcel = attaching.attach(unit, number(n), [record.ref], now)
        if told:
            unit.parcels.put(taken_in(parcel, history(n, now), now))
        reassessing.save(unit, unit.orders.many([record.ref])[0], now)

    for start in range(begin, end, AT_ONCE):

        def work(unit: Unit, start: int = start) -> None:
            for n in range(start, min(start + AT_ONCE, end)):
                write(unit, n)

        await store.write(work)
