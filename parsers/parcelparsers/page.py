"""What a shop's page says: orders with, for each field, the value, the strategy that held and the raw text.

A field that cannot be read is absent from `fields` and named in `unread`; today's date is never put in its place.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from parcelparsers.model import Parcel


class OrderStatus(StrEnum):
    """The marketplace's order states, merged."""

    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_SHIPMENT = "awaiting_shipment"
    AWAITING_DELIVERY = "awaiting_delivery"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DISPUTE_OPEN = "dispute_open"
    REFUNDED = "refunded"
    UNKNOWN = "unknown"


class Field(msgspec.Struct, frozen=True):
    """One read field: a value (str, bool, `date` as printed, aware `datetime`, list), the strategy, the raw text."""

    value: Any
    strategy: str
    raw: str = ""


class PageRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule printed on the order's own page: `kind` e.g. `return_after_receipt`, `dispute_after_placed`,
    `refund_if_not_delivered`; `days` or `before`; the sentence as printed."""

    kind: str
    quote: str
    days: int | None = None
    before: date | None = None


class OrderReading(msgspec.Struct, frozen=True, kw_only=True):
    """One order of one page. Keys of `fields`: `placed_at`, `paid_at`, `status`, `shipped_at`, `delivery_due_at`,
    `observed_protection_ends_at`, `observed_dispute_button_at`, `received_at`, `completed_at`, `payment_method`,
    `shipping_method`, `total`, `currency`, `items` (list of titles), `tracking_numbers` (list), `seller`, `url`;
    where the page has them also `order_id` (its strategy), `estimated_delivery_at`, `ship_by_at`, `dispute_opened_at`,
    `reverse_status`."""

    marketplace: str
    order_id: str
    fields: dict[str, Field] = {}
    rules: tuple[PageRule, ...] = ()


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A field that should be there and could not be read, and why."""

    field: str
    why: str
    order_id: str | None = None


class PageReading(msgspec.Struct, frozen=True, kw_only=True):
    """What one page said. `parcels` come from tracking payloads: `(order_id or None, parcel)`."""

    orders: tuple[OrderReading, ...] = ()
    parcels: tuple[tuple[str | None, Parcel], ...] = ()
    unread: tuple[Unread, ...] = ()


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """What the user's own browser, file or clipboard showed. `seen_at` None: unknown, so countdowns stay unread."""

    url: str
    kind: str
    form: str
    body: str
    seen_at: datetime | None = None
    zone: str | None = None
    locale: str | None = None
    api: str | None = None
