"""Records as the domain sees them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parcelparsers.model import Outcome
from parcelwarden.domain.model import Order, OwnRule, ParcelFacts
from parcelwarden.services.drift import changed
from parcelwarden.services.facts import domain_facts
from parcelwarden.services.history import countdowns
from parcelwarden.services.records import OrderRecord, ParcelRecord

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
        changed=changed(parcel.looks),
    )
