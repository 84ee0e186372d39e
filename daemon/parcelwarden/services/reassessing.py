"""From a record to everything that follows from it, and back into rows: order and alerts in one transaction.

An order that cannot be assessed is postponed and remembered; its facts are kept, and no other order waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import msgspec

from parcelparsers.model import Outcome
from parcelwarden.domain.model import Order, OrderRef, OwnRule, ParcelFacts
from parcelwarden.domain.reassess import reassess
from parcelwarden.domain.rules import Rules
from parcelwarden.services import outbox, quiet, settings
from parcelwarden.services.facts import domain_facts
from parcelwarden.services.history import countdowns, moves
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import OrderRecord, ParcelRecord

log = logging.getLogger(__name__)

POISON = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)
"""What a fault in one order's data or rules can raise. A fault of the store is not among them: it stops the unit."""
POSTPONED_FOR = timedelta(hours=1)
_AT_LEAST = timedelta(minutes=1)


class Reassessing:
    """Keeps orders and what follows from them in step. `zone` is the buyer's, for quiet hours."""

    def __init__(self, rules: Rules, zone: tzinfo = UTC) -> None:
        self._rules = rules
        self._zone = zone

    def save(self, unit: Unit, record: OrderRecord, now: datetime) -> None:
        """Write the order with what follows from it."""
        parcels = unit.parcels.many(record.parcel_ids)
        chosen = settings.current(unit)
        try:
            order = _with_past(unit, domain_order(record, parcels, chosen["country"]))
            found = reassess(order, now, self._with_leads(chosen["lead_hours"]))
        except POISON as fault:
            unit.orders.put(record)
            self._postpone(unit, record.ref, now, fault)
            return
        change = found.next_change_at
        if change is not None:
            change = max(change, now + _AT_LEAST)
        unit.orders.put(msgspec.structs.replace(record, assessment=found, assessed_at=now, next_change_at=change))
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

    def _with_leads(self, hours: Sequence[int] | None) -> Rules:
        """The rules, with the buyer's own lead times before a window's end."""
        if not hours:
            return self._rules
        leads = msgspec.structs.replace(self._rules.leads, window=tuple(timedelta(hours=each) for each in hours))
        return msgspec.structs.replace(self._rules, leads=leads)

    def _postpone(self, unit: Unit, ref: OrderRef, now: datetime, fault: Exception) -> None:
        log.error("order %s cannot be assessed, tried again in an hour: %r", ref, fault)
        unit.orders.postpone(ref, now + POSTPONED_FOR, f"{type(fault).__name__}: {fault}"[:500])


def domain_order(record: OrderRecord, parcels: Iterable[ParcelRecord], country: str | None) -> Order:
    """The order as the domain sees it, but for its past. Raises `FactError` for facts that the engine does not take."""
    return Order(
        facts=domain_facts(record, country),
        rules=tuple(
            OwnRule(kind=rule.kind, quote=rule.quote, seen_at=rule.seen_at, days=rule.days) for rule in record.rules
        ),
        title=record.title,
        seller=record.seller,
        total=record.total,
        currency=record.currency,
        parcels=tuple(parcel_facts(parcel) for parcel in parcels),
        page_seen_at=record.page_seen_at,
        countdowns=countdowns(record),
    )


def _with_past(unit: Unit, order: Order) -> Order:
    """The order with what moved on its pages, and with how many disputes are open at its shop."""
    return msgspec.structs.replace(
        order,
        moved=moves(unit.orders.changes(order.facts.ref)),
        open_disputes=unit.orders.disputes_open(order.facts.marketplace),
    )


def parcel_facts(parcel: ParcelRecord) -> ParcelFacts:
    """The parcel as the domain sees it: over all its sources, the last answer and the last attempt."""
    answered = [look for look in parcel.looks if look.last_ok_at is not None]
    tried = [look for look in parcel.looks if look.last_tried_at is not None]
    found = [look for look in answered if look.outcome == Outcome.FOUND]
    last = max(tried, key=lambda look: look.last_tried_at or parcel.created_at, default=None)
    best = max(found or answered, key=lambda look: look.last_ok_at or parcel.created_at, default=last)
    return ParcelFacts(
        number=parcel.numbers[0],
        source=best.source if best else None,
        outcome=(best.outcome or best.last_outcome or Outcome.NOT_FOUND) if best else Outcome.NOT_FOUND,
        last_outcome=last.last_outcome if last else None,
        last_ok_at=max((look.last_ok_at for look in answered if look.last_ok_at), default=None),
        flags=parcel.flags,
        service_line=parcel.service_line,
        destination=parcel.destination,
        events=parcel.events,
    )
