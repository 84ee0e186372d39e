"""From a record to everything that follows from it, and back into rows: order and alerts in one transaction.

An order that cannot be assessed is postponed and remembered; its facts are kept, and no other order waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import msgspec

from parcelwarden.domain.advice.remarks import MANY_OPEN
from parcelwarden.domain.model import Order, OrderRef
from parcelwarden.domain.reassess import reassess
from parcelwarden.domain.rules import Rules
from parcelwarden.services import outbox, quiet, settings
from parcelwarden.services.domain_order import POISON, domain_order
from parcelwarden.services.history import moves
from parcelwarden.services.learning import Learning, looked_again
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import OrderRecord

log = logging.getLogger(__name__)

POSTPONED_FOR = timedelta(hours=1)
_AT_LEAST = timedelta(minutes=1)


class Reassessing:
    """Keeps orders and what follows from them in step. `zone` is the buyer's, for quiet hours."""

    def __init__(self, rules: Rules, zone: tzinfo = UTC) -> None:
        self._learning = Learning(rules)
        self._zone = zone

    def save(self, unit: Unit, record: OrderRecord, now: datetime) -> None:
        """Write the order with what follows from it."""
        parcels = unit.parcels.many(record.parcel_ids)
        chosen, disputes = settings.current(unit), unit.orders.disputes_open(record.ref.marketplace)
        learned = self._learning.at(unit, now)
        try:
            order = _with_past(unit, domain_order(record, parcels, chosen["country"]), disputes)
            order = msgspec.structs.replace(order, outlook=self._learning.outlook(learned, order, now))
            found = reassess(order, now, _with_leads(learned.rules, chosen["lead_hours"]))
        except POISON as fault:
            unit.orders.put(record)
            self._postpone(unit, record.ref, now, fault)
            return
        changes = [found.next_change_at, None if found.settled else looked_again(learned, order, now)]
        change = min((at for at in changes if at), default=None)
        if change is not None:
            change = max(change, now + _AT_LEAST)
        unit.orders.put(msgspec.structs.replace(record, assessment=found, assessed_at=now, next_change_at=change))
        tell_disputes(unit, record.ref.marketplace, disputes, now)
        hours = chosen["quiet_hours"]
        outbox.align(unit, record.ref, (quiet.brought_forward(each, hours, self._zone) for each in found.alerts), now)
        if found.settled:
            unit.parcels.rest(record.parcel_ids)
        elif record.assessment is not None and record.assessment.settled:
            unit.parcels.wake(record.parcel_ids, now)

    def again(self, unit: Unit, refs: Iterable[OrderRef], now: datetime) -> None:
        """Assess these orders anew; one that cannot be read or assessed is postponed."""
        for ref in refs:
            try:
                record = next(iter(unit.orders.many([ref])), None)
            except POISON as fault:
                self._postpone(unit, ref, now, fault)
                continue
            if record is not None:
                self.save(unit, record, now)

    def _postpone(self, unit: Unit, ref: OrderRef, now: datetime, fault: Exception) -> None:
        log.error("order %s cannot be assessed, tried again in an hour: %r", ref, fault)
        unit.orders.postpone(ref, now + POSTPONED_FOR, f"{type(fault).__name__}: {fault}"[:500])


def tell_disputes(unit: Unit, marketplace: str, before: int, now: datetime) -> None:
    """Where so many disputes are open that it is remarked, a dispute that was opened or closed since `before` were
    counted concerns every order of the shop."""
    found = unit.orders.disputes_open(marketplace)
    if found != before and max(found, before) > MANY_OPEN:
        unit.orders.hasten_awaited(now, marketplace)


def _with_leads(rules: Rules, hours: Sequence[int] | None) -> Rules:
    """The rules, with the buyer's own lead times before a window's end."""
    if not hours:
        return rules
    leads = msgspec.structs.replace(rules.leads, window=tuple(timedelta(hours=each) for each in hours))
    return msgspec.structs.replace(rules, leads=leads)


def _with_past(unit: Unit, order: Order, disputes: int) -> Order:
    """The order with what moved on its pages, and with how many disputes are open at its shop."""
    return msgspec.structs.replace(
        order,
        moved=moves(unit.orders.changes(order.facts.ref)),
        open_disputes=disputes,
    )
