"""What came of a note, kept in the outbox: confirmed, to be tried again, or missed for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from parcelwarden.domain.model import Advice, OrderRef
from parcelwarden.services import alerts, outbox, telling
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import AlertRecord, AlertState, Delivery

LONGEST_ERROR = 500
"""Characters kept of what a channel said."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one send. `result`: delivered, unconfirmed, failed; `permanent`: trying again is useless."""

    result: str
    error: str | None = None
    permanent: bool = False


def keep(
    unit: Unit, channel: str, given: Iterable[AlertRecord], sent: Sent, reaching: Sequence[str], now: datetime
) -> None:
    """Write what the channel made of these rows. `reaching`: the channels that reach the buyer."""
    for old in given:
        row = unit.alerts.get(old.id)
        if row is None:
            continue
        wanted = row
        if sent.result == "delivered":
            wanted = alerts.tell(unit, row, channel, now)
        else:
            _failed(unit, row, channel, sent, now)
        if wanted.state is AlertState.DELIVERED and not telling.anew(wanted, now):
            wanted = still_owed(unit, wanted, reaching, now)
        elif wanted.state in alerts.OPEN:
            wanted = _again(unit, wanted, reaching, now)
        if wanted != row:
            unit.alerts.put(wanted)


def _failed(unit: Unit, row: AlertRecord, channel: str, sent: Sent, now: datetime) -> None:
    before = of_channels(unit, row).get(channel)
    attempts = before.attempts + 1 if before and before.result != "delivered" else 1
    unit.alerts.put_delivery(
        Delivery(
            alert_id=row.id,
            channel=channel,
            result=sent.result,
            at=now,
            attempts=attempts,
            retry_at=telling.retry_at(sent.result, attempts, row.helps_until, now, permanent=sent.permanent),
            error=sent.error and sent.error[:LONGEST_ERROR],
        )
    )


def of_channels(unit: Unit, row: AlertRecord) -> dict[str, Delivery]:
    """What each channel made of the row, by its name."""
    return {delivery.channel: delivery for delivery in unit.alerts.deliveries(row.id)}


def still_owed(unit: Unit, row: AlertRecord, reaching: Sequence[str], now: datetime) -> AlertRecord:
    """A row that was told, with the instant at which it comes up again; one that was put to rest meanwhile (folded, no
    longer true) rests."""
    if row.next_at is None:
        return row
    return msgspec.structs.replace(row, next_at=telling.following(row, of_channels(unit, row), reaching, now))


def _again(unit: Unit, row: AlertRecord, reaching: Sequence[str], now: datetime) -> AlertRecord:
    """A row that nobody confirmed yet, with the instant at which it is tried again; unchanged while a channel is still
    at it."""
    if row.next_at is None or row.next_at > now:
        return row
    deliveries = of_channels(unit, row)
    if any(name not in deliveries for name in reaching):
        return row
    retries = [retry for delivery in deliveries.values() if (retry := delivery.retry_at)]
    return msgspec.structs.replace(row, next_at=min(retries, default=now + telling.MOST_RETRY))


def missed(unit: Unit, ref: OrderRef, expired: Iterable[AlertRecord], now: datetime) -> AlertRecord | None:
    """One notice that something passed while nothing could be told: it says what the order's advice is now."""
    rows = [row for row in expired if row.state is AlertState.PENDING and row.helps_until]
    order = unit.orders.get(ref)
    if order is None or order.assessment is None or not rows:
        return None
    last = max(rows, key=lambda row: row.helps_until or now)
    key = f"{outbox.MISSED}{last.key}"
    if unit.alerts.by_key(key):
        return None
    advice = order.assessment.advice
    notice = AlertRecord(
        id=0,
        key=key,
        ref=ref,
        code=advice.code,
        params={**advice.params, **({"title": last.params["title"]} if last.params.get("title") else {})},
        severity=advice.severity,
        due_at=now,
        helps_until=None,
        nag=False,
        state=AlertState.PENDING,
        created_at=now,
        next_at=now,
    )
    return msgspec.structs.replace(notice, id=unit.alerts.add(notice))


def renewed(unit: Unit, ref: OrderRef, rows: Sequence[AlertRecord]) -> list[AlertRecord]:
    """The alerts of an order; a notice of something missed that is still to be told (quiet hours, a dead channel, a
    snooze) says what the advice is by then."""
    waiting = any(_waits(row) for row in rows)
    order = unit.orders.get(ref) if waiting else None
    if order is None or order.assessment is None:
        return list(rows)
    return [_saying(unit, row, order.assessment.advice) if _waits(row) else row for row in rows]


def _waits(row: AlertRecord) -> bool:
    return row.next_at is not None and row.key.startswith(outbox.MISSED)


def _saying(unit: Unit, row: AlertRecord, advice: Advice) -> AlertRecord:
    params = {**advice.params, **({"title": row.params["title"]} if row.params.get("title") else {})}
    said = msgspec.structs.replace(row, code=advice.code, params=params, severity=advice.severity)
    if said != row:
        unit.alerts.put(said)
    return said
