"""Brings the outbox in line with what follows from an order's facts, in the transaction that writes the order.

A date that moves gives new keys: the old rows are withdrawn, the new ones added. A row whose time has passed is left to
`dispatch`, which says that it was missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from parcelwarden.domain.model import AlertDraft, OrderRef
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import AlertRecord, AlertState

MISSED = "missed:"
"""How the key begins of the one notice that does not follow from facts but from what could not be told in time."""


def align(unit: Unit, ref: OrderRef, drafts: Iterable[AlertDraft], now: datetime) -> None:
    """Add what is new, bring back what follows again, withdraw what follows no more. Twice the same writes nothing."""
    rows = {row.key: row for row in unit.alerts.of_order(ref)}
    for draft in drafts:
        row = rows.pop(draft.key, None)
        if row is None:
            if draft.helps_until is None or draft.helps_until > now:
                unit.alerts.add(_new(ref, draft, now))
        elif (wanted := _current(row, draft, now)) != row:
            unit.alerts.put(wanted)
    for row in rows.values():
        if not row.key.startswith(MISSED) and (wanted := _withdrawn(row, now)) != row:
            unit.alerts.put(wanted)


def _new(ref: OrderRef, draft: AlertDraft, now: datetime) -> AlertRecord:
    return AlertRecord(
        id=0,
        key=draft.key,
        ref=ref,
        code=draft.code,
        params=draft.params,
        severity=draft.severity,
        due_at=draft.due_at,
        helps_until=draft.helps_until,
        nag=draft.nag,
        state=AlertState.PENDING,
        created_at=now,
        next_at=draft.due_at,
    )


def _current(row: AlertRecord, draft: AlertDraft, now: datetime) -> AlertRecord:
    """The row with what the draft says now; one that was withdrawn goes on where it was, one that is due stays due, one
    that a wrong clock let expire counts again."""
    row = msgspec.structs.replace(
        row, code=draft.code, params=draft.params, severity=draft.severity, helps_until=draft.helps_until, nag=draft.nag
    )
    if row.state is AlertState.PENDING and row.due_at != draft.due_at and row.due_at > now:
        row = msgspec.structs.replace(row, due_at=draft.due_at, next_at=draft.due_at)
    early = row.state is AlertState.EXPIRED and draft.helps_until is not None and draft.helps_until > now
    if row.state is not AlertState.WITHDRAWN and not early:
        return row
    if row.acknowledged_at is not None:
        return msgspec.structs.replace(row, state=AlertState.ACKNOWLEDGED)
    if row.delivered_at is not None:
        return msgspec.structs.replace(row, state=AlertState.DELIVERED, next_at=draft.due_at if draft.nag else None)
    return msgspec.structs.replace(row, state=AlertState.PENDING, due_at=draft.due_at, next_at=draft.due_at)


def _withdrawn(row: AlertRecord, now: datetime) -> AlertRecord:
    """What follows no more is not told any more: pending rows, and delivered ones that would be repeated. What was told
    stays as it was; what passed untold is still to be said as missed."""
    if row.next_at is None or row.state not in (AlertState.PENDING, AlertState.DELIVERED):
        return row
    if row.helps_until is not None and row.helps_until <= now:
        return row if row.state is AlertState.PENDING else msgspec.structs.replace(row, next_at=None)
    return msgspec.structs.replace(row, state=AlertState.WITHDRAWN, next_at=None, snoozed_until=None)
