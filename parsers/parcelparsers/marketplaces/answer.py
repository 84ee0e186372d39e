"""What was read of a page, as the JSON object that `parcelwarden import --dry-run --json` prints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from parcelparsers.model import Parcel
from parcelparsers.page import OrderReading, OrderStatus, PageReading, PageRule

_ALWAYS = (
    "placed_at", "paid_at", "status", "shipped_at", "delivery_due_at", "observed_protection_ends_at",
    "observed_dispute_button_at", "estimated_delivery_at", "received_at", "completed_at", "payment_method",
    "shipping_method", "total", "currency", "items", "tracking_numbers", "seller", "url",
)  # fmt: skip


def as_json(reading: PageReading) -> dict[str, Any]:
    """`{"orders": […], "parcels": […], "unread": […]}`; dates `YYYY-MM-DD`, instants `…Z`, unknown fields null
    (lists empty, status `unknown`), the strategy that held for each field under `strategies`."""
    return {
        "orders": [_order(order) for order in reading.orders],
        "parcels": [_parcel(order_id, parcel) for order_id, parcel in reading.parcels],
        "unread": [{"order_id": u.order_id, "field": u.field, "why": u.why} for u in reading.unread],
    }


def _order(order: OrderReading) -> dict[str, Any]:
    row: dict[str, Any] = {"marketplace": order.marketplace, "order_id": order.order_id}
    row |= {name: plain(order.fields[name].value) if name in order.fields else None for name in _ALWAYS}
    row |= {name: plain(f.value) for name, f in order.fields.items() if name not in _ALWAYS}
    row["status"] = row["status"] or OrderStatus.UNKNOWN.value
    row["items"] = row["items"] or []
    row["tracking_numbers"] = row["tracking_numbers"] or []
    row["rules"] = [_rule(rule) for rule in order.rules]
    row["strategies"] = {name: f.strategy for name, f in order.fields.items()}
    row["raw"] = {name: f.raw for name, f in order.fields.items() if f.raw}
    return row


def _rule(rule: PageRule) -> dict[str, Any]:
    return {"kind": rule.kind, "days": rule.days, "before": plain(rule.before), "quote": rule.quote}


def _parcel(order_id: str | None, parcel: Parcel) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "number": parcel.number,
        "aliases": list(parcel.aliases),
        "state": plain(parcel.state),
        "leg": int(parcel.leg),
        "flags": [str(flag) for flag in parcel.flags],
        "eta": {"earliest": parcel.eta.earliest, "latest": parcel.eta.latest} if parcel.eta else None,
        "service_line": parcel.service_line,
        "last_mile": parcel.last_mile,
        "events": len(parcel.events),
        "last_event_at": max((plain(e.at) for e in parcel.events if e.at), default=None),
    }


def plain(value: object) -> Any:
    """A field's value as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return str(value) if isinstance(value, str) else value
