"""How an alert becomes a row, and a row an alert."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from parcelwarden.adapters.store.codec import Codec
from parcelwarden.domain.model import AlertDraft, OrderRef
from parcelwarden.services.records import AlertRecord, AlertState, Delivery

alert_codec = Codec(AlertRecord, apart=("ref",), up=("due_at", "next_at", "snoozed_until"))
delivery_codec = Codec(Delivery, up=("retry_at",))
FIELDS = f"{alert_codec.columns('a.')}, a.marketplace, a.order_id"
SELECT = f"SELECT {FIELDS} FROM alerts a"  # noqa: S608


def alert(row: Sequence[Any]) -> AlertRecord:
    """An alert of a row of `FIELDS`."""
    return alert_codec.value(row, ref=OrderRef(*row[-2:]))


def of_order(db: Database, ref: OrderRef) -> list[AlertRecord]:
    """Every alert of one order, first due first."""
    sql = f"{SELECT} WHERE a.order_id = ? AND a.marketplace = ? ORDER BY a.due_at, a.id"
    return [alert(row) for row in db.execute(sql, (ref.order_id, ref.marketplace))]


def drafts(db: Database, ref: OrderRef) -> tuple[AlertDraft, ...]:
    """The alerts of an order that follow from its facts as they are, as the domain gave them."""
    return tuple(
        AlertDraft(
            key=row.key,
            code=row.code,
            severity=row.severity,
            due_at=row.due_at,
            helps_until=row.helps_until,
            params=row.params,
            nag=row.nag,
        )
        for row in of_order(db, ref)
        if row.state is not AlertState.WITHDRAWN
    )
