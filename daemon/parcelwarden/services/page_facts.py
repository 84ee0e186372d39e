"""From what a shop's page says to facts with provenance.

A date that was read from a page stands for a span: from 00:00 of that day to its end, in the zone in which the page
was rendered; where that is unknown from 00:00 at UTC+14 to 24:00 at UTC-12 (`SEMANTICS.md`, Facts). The engine reckons
an end from the first and a beginning from the last; the printed date is kept beside both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from parcelparsers.page import Field, OrderReading, OrderStatus, PageRule
from parcelwarden.domain.model import Dispute, Facts
from parcelwarden.domain.moment import iso
from parcelwarden.services.records import FactEntry, OrderRecord, Origin, PageRuleEntry

_EAST, _WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
_NAMES = {*Facts.__struct_fields__} - {"marketplace", "order_id", "dispute"} | {
    f"dispute.{name}" for name in Dispute.__struct_fields__
}
_IMPLIED = {
    OrderStatus.AWAITING_DELIVERY: "shipped_at",
    OrderStatus.CANCELLED: "cancelled_at",
    OrderStatus.REFUNDED: "refunded_at",
    OrderStatus.DISPUTE_OPEN: "dispute.opened_at",
}
"""What a status says to have happened, at the latest when the page was seen."""
_UNDER_WAY = (OrderStatus.AWAITING_PAYMENT, OrderStatus.AWAITING_SHIPMENT, OrderStatus.AWAITING_DELIVERY)
STATUS = "status"


def page_zone(name: str | None) -> tzinfo | None:
    """The zone in which the page was rendered, None when it is not told or not known here."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def page_facts(reading: OrderReading, zone: tzinfo | None, seen_at: datetime, origin: Origin) -> dict[str, FactEntry]:
    """The order's facts of one page, by dotted name, with its `status`."""
    found = {
        name: _entry(field, _value(field.value, zone), seen_at, origin)
        for name, field in reading.fields.items()
        if name in _NAMES
    }
    status = reading.fields.get(STATUS)
    if status is not None and status.value != OrderStatus.UNKNOWN:
        found[STATUS] = _entry(status, str(status.value), seen_at, origin)
    return found


def implied(record: OrderRecord, page: Mapping[str, FactEntry], seen_at: datetime) -> dict[str, FactEntry]:
    """What the status of the page says to have happened, where no page gave a date for it: between the order's
    beginning and `seen_at`. A dispute or refund is known to be there although its date is not."""
    entry = page.get(STATUS)
    name = _IMPLIED.get(OrderStatus(entry.value)) if entry else None
    if entry is None or name is None or name in page or name in record.facts:
        return {}
    return {name: _between(_begun(record, page, seen_at), seen_at, entry)}


def outdated(record: OrderRecord, page: Mapping[str, FactEntry]) -> list[str]:
    """Facts that only an older page's status implied, and that the status of this page denies."""
    entry = page.get(STATUS)
    if entry is None or OrderStatus(entry.value) not in _UNDER_WAY:
        return []
    return [
        name
        for name in ("cancelled_at", "refunded_at")
        if (old := record.facts.get(name)) and old.strategy == STATUS and old.seen_at < entry.seen_at
    ]


def page_rules(rules: tuple[PageRule, ...], seen_at: datetime) -> tuple[PageRuleEntry, ...]:
    """The rules that stand on the order's own page."""
    return tuple(
        PageRuleEntry(
            kind=rule.kind,
            quote=rule.quote,
            seen_at=seen_at,
            days=rule.days,
            before=rule.before.isoformat() if rule.before else None,
        )
        for rule in rules
    )


def _entry(field: Field, value: Any, seen_at: datetime, origin: Origin) -> FactEntry:
    return FactEntry(value=value, origin=origin, seen_at=seen_at, strategy=field.strategy, raw=field.raw[:500])


def _value(value: Any, zone: tzinfo | None) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        begins, ends = _midnight(value, zone or _EAST), _midnight(value + timedelta(days=1), zone or _WEST)
        return {"printed": value.isoformat(), "earliest": iso(begins), "latest": iso(ends)}
    return value


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _begun(record: OrderRecord, page: Mapping[str, FactEntry], seen_at: datetime) -> datetime:
    """The first instant at which anything can have happened to the order, never after the page was seen."""
    for name in ("paid_at", "placed_at"):
        entry = page.get(name) or record.facts.get(name)
        if entry is not None:
            value = entry.value
            text = value["earliest"] if isinstance(value, dict) else str(value)
            at = datetime.fromisoformat(text)
            return min(at if at.tzinfo else at.replace(tzinfo=_EAST), seen_at).astimezone(UTC)
    return seen_at


def _between(earliest: datetime, latest: datetime, status: FactEntry) -> FactEntry:
    return FactEntry(
        value={"printed": status.raw, "earliest": iso(earliest), "latest": iso(latest)},
        origin=status.origin,
        seen_at=status.seen_at,
        strategy=STATUS,
        raw=status.raw,
    )
