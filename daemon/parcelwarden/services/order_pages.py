"""One order of one page, brought into the record: facts with provenance, what moved, rules, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

import msgspec

from parcelparsers.page import OrderReading
from parcelwarden.domain.model import OrderRef
from parcelwarden.services import page_facts
from parcelwarden.services.attaching import Attaching, normal
from parcelwarden.services.errors import Invalid
from parcelwarden.services.merging import merge
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import FactChange, FactEntry, OrderRecord, Origin, PageRuleEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """When and where a page was seen: `zone` in which it was rendered, None where that is not known; `received`: the
    SHA-256 of the page as it came."""

    seen_at: datetime
    now: datetime
    zone: tzinfo | None
    url: str
    account: str | None
    origin: Origin = Origin.PAGE
    received: str | None = None


class OrderPages:
    """Takes orders of pages in."""

    def __init__(self, attaching: Attaching) -> None:
        self._attaching = attaching

    def take(self, unit: Unit, reading: OrderReading, seen: PageSeen) -> OrderRef:
        """Merge what one page says of one order. The order is to be assessed afterwards."""
        ref = OrderRef(reading.marketplace, reading.order_id)
        record = next(iter(unit.orders.many([ref])), None) or OrderRecord(
            ref=ref, created_at=seen.now, updated_at=seen.now
        )
        news = page_facts.page_facts(reading, seen.zone, seen.seen_at, seen.origin)
        news |= page_facts.implied(record, news, seen.seen_at)
        changed, changes = _merged(record, news, seen)
        changed = _beside(changed, reading, seen)
        if changed != record:
            unit.orders.put(msgspec.structs.replace(changed, updated_at=seen.now))
        unit.orders.record_changes(changes)
        for number in _numbers(reading):
            self._attaching.attach(unit, number, (ref,), seen.now)
        return ref


def _merged(record: OrderRecord, news: Mapping[str, FactEntry], seen: PageSeen) -> tuple[OrderRecord, list[FactChange]]:
    merged = merge(record, news, seen.now)
    for name in page_facts.outdated(record, news):
        gone = merged.facts.pop(name)
        merged.changes.append(
            FactChange(ref=record.ref, field=name, before=gone.value, after=None, origin=seen.origin, at=seen.seen_at)
        )
    return msgspec.structs.replace(record, facts=merged.facts), merged.changes


def _beside(record: OrderRecord, reading: OrderReading, seen: PageSeen) -> OrderRecord:
    """The record with what stands beside the facts; an older page fills gaps only."""
    newer = record.page_seen_at is None or seen.seen_at >= record.page_seen_at
    told: dict[str, str | None] = {
        "title": _title(_value(reading, "items")),
        "seller": _text(_value(reading, "seller")),
        "total": _text(_value(reading, "total")),
        "currency": _text(_value(reading, "currency")),
        "url": _text(_value(reading, "url")),
        "account": seen.account,
    }
    chosen = {name: value for name, value in told.items() if value and (newer or getattr(record, name) is None)}
    return msgspec.structs.replace(
        record,
        rules=_rules(record, reading, seen),
        page_seen_at=seen.seen_at if newer else record.page_seen_at,
        **chosen,
    )


def _rules(record: OrderRecord, reading: OrderReading, seen: PageSeen) -> tuple[PageRuleEntry, ...]:
    """The rules of the order's own pages, the newest of each kind."""
    kept = {rule.kind: rule for rule in record.rules}
    for rule in page_facts.page_rules(reading.rules, seen.seen_at):
        before = kept.get(rule.kind)
        if before is None or before.seen_at <= rule.seen_at:
            kept[rule.kind] = rule
    return tuple(kept.values())


def _numbers(reading: OrderReading) -> Iterable[str]:
    for number in _value(reading, "tracking_numbers") or ():
        try:
            yield normal(str(number))
        except Invalid:
            continue


def _value(reading: OrderReading, name: str) -> Any:
    field = reading.fields.get(name)
    return field.value if field else None


def _title(items: Any) -> str | None:
    if not isinstance(items, list | tuple) or not items:
        return None
    more = f" (+{len(items) - 1})" if len(items) > 1 else ""
    return f"{str(items[0])[:300]}{more}"


def _text(value: Any) -> str | None:
    return str(value)[:2000] if isinstance(value, str | int | Decimal) and str(value).strip() else None
