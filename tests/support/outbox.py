"""What the outbox of a house holds, and whether it is in step with the orders."""

from __future__ import annotations

from typing import Any

from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.reassess import reassess
from parcelwarden.services import reassessing
from parcelwarden.services.outbox import MISSED
from parcelwarden.services.records import AlertRecord, AlertState
from support.assessing import rules
from support.scripted import House

REF = OrderRef("aliexpress", "8190000000000001")
"""The order that `House.add` adds unless told otherwise."""


async def rows(house: House, ref: OrderRef = REF) -> list[AlertRecord]:
    """Every alert of an order."""
    return await house.store.read(lambda unit: unit.alerts.of_order(ref))


async def in_state(house: House, state: AlertState, ref: OrderRef = REF) -> list[AlertRecord]:
    """Those of its alerts that are in a state."""
    return [row for row in await rows(house, ref) if row.state is state]


async def out_of_step(house: House) -> list[str]:
    """Orders whose alerts are not those that follow from what is stored of them, and alerts without an order."""
    return await house.store.read(_out_of_step)


def _out_of_step(unit: Any) -> list[str]:
    found = []
    for _, record in unit.orders.walk(0, 100_000):
        parcels = unit.parcels.many(record.parcel_ids)
        disputes = unit.orders.disputes_open(record.ref.marketplace)
        order = reassessing._with_past(unit, reassessing.domain_order(record, parcels, None), disputes)
        drafts = reassess(order, record.assessed_at, rules()).alerts
        wanted = {draft.key for draft in drafts}
        kept = {row.key: row.state for row in unit.alerts.of_order(record.ref)}
        untold = wanted - {key for key, state in kept.items() if state is not AlertState.WITHDRAWN}
        stray = {key for key, state in kept.items() if state is AlertState.PENDING and not key.startswith(MISSED)}
        if untold or stray - wanted:
            found.append(f"{record.ref}: without a row {sorted(untold)}, without a state {sorted(stray - wanted)}")
    return found
