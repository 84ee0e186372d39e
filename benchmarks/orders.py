"""Constructed orders in a real database, written by the services as they would write the buyer's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelparsers.model import Event, Leg, Parcel, State
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.attaching import Attaching
from parcelwarden.services.intake import Intake
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import FactEntry, OrderRecord, Origin
from parcelwarden.services.routes import Routes

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
    """The n-th order: shipped ten to thirty days before `now`, with a delivery time of sixty to eighty days."""
    shipped = _shipped(n, now)
    said = {
        "country": COUNTRIES[n % len(COUNTRIES)],
        "placed_at": (shipped - 2 * DAY).isoformat(),
        "paid_at": (shipped - 2 * DAY).date().isoformat(),
        "payment_method": ("PayPal", "card", "visa")[n % 3],
        "shipped_at": shipped.isoformat(),
        "delivery_due_at": (shipped + (60 + n % 20) * DAY).date().isoformat(),
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


def _shipped(n: int, now: datetime) -> datetime:
    return now - (10 + n % 20) * DAY


def history(n: int, now: datetime) -> Parcel:
    """What a carrier told of its parcel: six lines, spread over the time since it was shipped; all is well."""
    shipped, step_length = _shipped(n, now), (now - _shipped(n, now)) / 7
    lines = tuple(
        Event(
            local_time=f"{shipped + step * step_length:%Y-%m-%dT%H:%M:%S}",
            at=shipped + step * step_length,
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
    intake = Intake(routes, attaching, reassessing)

    def write(unit: Unit, n: int) -> None:
        record = order(n, now)
        unit.orders.put(record)
        parcel = attaching.attach(unit, number(n), [record.ref], now)
        if told:
            intake.tell(unit, parcel, "cainiao", history(n, now), now)
        reassessing.save(unit, unit.orders.many([record.ref])[0], now)

    for start in range(begin, end, AT_ONCE):

        def work(unit: Unit, start: int = start) -> None:
            for n in range(start, min(start + AT_ONCE, end)):
                write(unit, n)

        await store.write(work)
