"""What is known of a number that says who may tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from parcelparsers.numbers import country_of, issued_in
from parcelwarden.domain.model import OrderRef
from parcelwarden.services import settings
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import OrderRecord, ParcelRecord


@dataclass(frozen=True, slots=True)
class Trace:
    """`country`: where the parcel goes (ISO 3166, two letters); `line`: its shipping line as printed."""

    number: str
    marketplaces: tuple[str, ...] = ()
    country: str | None = None
    line: str | None = None


def traced(unit: Unit, parcel: ParcelRecord, number: str) -> Trace:
    """What the carriers, else the orders, else the settings tell of a parcel under one of its numbers; without any of
    them a hand-off number says at whose post it was issued. (Not before: a post on the way may have issued it.)"""
    orders = [order for ref in parcel.orders for order in _readable(unit, ref)]
    told = country_of(parcel.destination) or _fact(orders, "country") or settings.country(unit)
    return Trace(
        number=number,
        marketplaces=tuple(dict.fromkeys(ref.marketplace for ref in parcel.orders)),
        country=told or _handed_to(parcel.numbers),
        line=parcel.service_line or _fact(orders, "shipping_method"),
    )


def _handed_to(numbers: Sequence[str]) -> str | None:
    """The country of the post that issued the newest number, where another number was first."""
    return country_of(issued_in(numbers[0])) if len(numbers) > 1 else None


def _readable(unit: Unit, ref: OrderRef) -> list[OrderRecord]:
    """The order; nothing where its row cannot be read: that is told when it is assessed."""
    try:
        return unit.orders.many([ref])
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError):
        return []


def _fact(orders: list[OrderRecord], name: str) -> str | None:
    told = (order.facts[name].value for order in orders if name in order.facts)
    return next((value for value in told if isinstance(value, str)), None)
