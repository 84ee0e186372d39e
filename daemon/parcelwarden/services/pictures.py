"""The picture of an order's life, from the rows."""

from __future__ import annotations

from datetime import datetime, tzinfo

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Order, OrderRef
from parcelwarden.domain.timeline import Timeline, gather
from parcelwarden.services import settings
from parcelwarden.services.domain_order import domain_order
from parcelwarden.services.errors import Conflict
from parcelwarden.services.orders import required
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import OrderRecord


def timeline_of(unit: Unit, ref: OrderRef, now: datetime, zone: tzinfo) -> Timeline:
    """What the picture shows, days and hours in `zone`. Raises `NotFound`, `Conflict` for facts that cannot be read."""
    record = required(unit, ref)
    return gather(readable_order(unit, record), record.assessment, now, zone)


def readable_order(unit: Unit, record: OrderRecord) -> Order:
    """The order as the domain sees it. Raises `Conflict` for facts that the engine does not take."""
    parcels = unit.parcels.many(record.parcel_ids)
    try:
        return domain_order(record, parcels, settings.country(unit))
    except FactError as fault:
        raise Conflict(f"order {record.ref}: {fault}; set it right with: parcelwarden set {record.ref} …") from fault
