"""Rows of the outbox: alerts, and what each channel made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from parcelwarden.adapters.store import cursors
from parcelwarden.adapters.store.alert_columns import SELECT, alert, alert_codec, delivery_codec, of_order
from parcelwarden.adapters.store.codec import instant, seconds
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import AlertQuery
from parcelwarden.services.records import AlertRecord, Delivery

_MORE = ("marketplace", "order_id")
_UPSERT = alert_codec.upsert("alerts", ("id",), _MORE)
_UPSERT_DELIVERY = delivery_codec.upsert("deliveries", ("alert_id", "channel"))
_DUE = (
    "((a.state = 'pending' AND a.due_at <= :now AND coalesce(a.snoozed_until, 0) <= :now) "
    "OR (a.state = 'delivered' AND a.next_at <= :now AND CASE WHEN a.snoozed_until IS NULL "
    "THEN a.nag AND a.delivered_at + 86400 <= :now ELSE a.snoozed_until <= :now END)) "
    "AND coalesce(a.helps_until, :now + 1) > :now"
)
_TOLD = (
    "EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id AND d.channel = :channel AND d.result = 'delivered' "
    "AND d.at >= coalesce(a.snoozed_until, a.delivered_at + 86400, 0))"
)

_FAILED = (
    "a.state = 'pending' AND a.due_at <= :now AND coalesce(a.snoozed_until, 0) <= :now "
    "AND EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id AND d.result IN ('failed', 'unconfirmed'))"
)
_OWED = (
    "a.state = 'delivered' AND a.next_at > :now AND a.snoozed_until IS NULL AND EXISTS (SELECT 1 FROM deliveries d "
    "WHERE d.alert_id = a.id AND d.result = 'failed' AND d.at >= a.delivered_at)"
)
_LATER = (
    "SELECT 1 FROM alerts b WHERE b.order_id = alerts.order_id AND b.marketplace = alerts.marketplace "
    "AND b.code = alerts.code AND b.helps_until = alerts.helps_until AND b.due_at > alerts.due_at"
)
"""The reminders of the same end with less time left, one of which tells a folded one."""
_UNTOLD = (
    f"EXISTS ({_LATER} AND b.state = 'pending' AND b.due_at > :now) "
    f"AND NOT EXISTS ({_LATER} AND (b.due_at <= :now OR b.delivered_at IS NOT NULL))"
)
"""A folded alert whose teller told nothing yet and is not due any more."""
_EARLY = 10 * 86400
_TOO_EARLY = "state = 'delivered' AND (NOT nag OR next_at IS NULL) AND snoozed_until IS NULL AND due_at > :now + :early"
"""What a wrong clock told more than ten days before it is due counts as not told; for less, once is enough."""
_HIGHEST = "(SELECT coalesce(max(id), 0) FROM alerts)"
_FORGOTTEN = "coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'alert_id'), 0)"


class Alerts:
    """Implements `AlertRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, alert_id: int) -> AlertRecord | None:
        """One alert."""
        row = self._db.execute(f"{SELECT} WHERE a.id = ?", (alert_id,)).fetchone()
        return alert(row) if row else None

    def by_key(self, key: str) -> AlertRecord | None:
        """The alert with this dedupe key."""
        row = self._db.execute(f"{SELECT} WHERE a.key = ?", (key,)).fetchone()
        return alert(row) if row else None

    def of_order(self, ref: OrderRef) -> list[AlertRecord]:
        """Every alert of one order, first due first."""
        return of_order(self._db, ref)

    def add(self, alert: AlertRecord) -> int:
        """Write a new row and answer its id, which no row ever had: a note on the screen may still name one that is
        gone. Its key must be new."""
        (alert_id,) = self._db.execute(f"SELECT 1 + max({_HIGHEST}, {_FORGOTTEN})").fetchone()
        self._db.execute(_UPSERT, [alert_id, *alert_codec.row(alert)[1:], *alert.ref])
        return int(alert_id)

    def put(self, alert: AlertRecord) -> None:
        """Write a row that is there."""
        self._db.execute(_UPSERT, [*alert_codec.row(alert), *alert.ref])

    def due(self, now: datetime, limit: int) -> list[AlertRecord]:
        """What is to be sent, or sent again, longest due first."""
        sql = f"{SELECT} WHERE a.next_at <= ? ORDER BY a.next_at, a.id LIMIT ?"
        return [alert(row) for row in self._db.execute(sql, (seconds(now), limit))]

    def next_at(self) -> datetime | None:
        """When the next alert is to be sent."""
        sql = "SELECT min(next_at) FROM alerts WHERE next_at IS NOT NULL"
        return instant(self._db.execute(sql).fetchone()[0])

    def upcoming(self, now: datetime, limit: int) -> list[AlertRecord]:
        """Alerts that were not withdrawn and whose span is not over, those with the nearest end first."""
        sql = (
            f"{SELECT} WHERE a.helps_until > ? AND a.state IN ('pending', 'delivered', 'acknowledged') "
            "ORDER BY a.helps_until, a.due_at, a.id LIMIT ?"
        )
        return [alert(row) for row in self._db.execute(sql, (seconds(now), limit))]

    def page(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]:
        """A page of alerts, first due first, and the cursor of the next. Raises `Invalid` for a bad cursor."""
        conditions, values = _conditions(query)
        sql = f"{SELECT} WHERE {' AND '.join(conditions) or '1'} ORDER BY a.due_at, a.id LIMIT :limit"
        rows = [alert(row) for row in self._db.execute(sql, {**values, "limit": query.limit + 1})]
        shown = rows[: query.limit]
        more = len(rows) > query.limit and bool(shown)
        return shown, cursors.write(int(shown[-1].due_at.timestamp()), shown[-1].id) if more else None

    def deliveries(self, alert_id: int) -> list[Delivery]:
        """What each channel made of one alert."""
        sql = f"SELECT {delivery_codec.columns()} FROM deliveries WHERE alert_id = ? ORDER BY channel"  # noqa: S608
        return [delivery_codec.value(row) for row in self._db.execute(sql, (alert_id,))]

    def put_delivery(self, delivery: Delivery) -> None:
        """Write what a channel made of an alert."""
        self._db.execute(_UPSERT_DELIVERY, delivery_codec.row(delivery))

    def rewind(self, now: datetime) -> None:
        """The clock was set back to `now`: retries and repetitions reckoned from a later instant wait no longer, nothing
        is repeated before it is due, and what a later alert told too early, or was to tell, is to be told by itself."""
        values = {"now": seconds(now), "early": _EARLY}
        self._db.execute(f"DELETE FROM deliveries WHERE alert_id IN (SELECT id FROM alerts WHERE {_TOO_EARLY})", values)  # noqa: S608
        sql = f"UPDATE alerts SET state = 'pending', next_at = due_at, delivered_at = NULL WHERE {_TOO_EARLY}"  # noqa: S608
        self._db.execute(sql, values)
        sql = (
            "UPDATE alerts SET next_at = max(due_at, :now) WHERE state = 'pending' AND snoozed_until IS NULL "
            "AND next_at > max(due_at, :now)"
        )
        self._db.execute(sql, {"now": seconds(now)})
        sql = "UPDATE deliveries SET retry_at = NULL, at = :now WHERE at > :now"
        self._db.execute(sql, {"now": seconds(now)})
        sql = (
            "UPDATE alerts SET next_at = iif(next_at > :now AND snoozed_until IS NULL, max(due_at, :now), next_at), "
            "delivered_at = :now WHERE state = 'delivered' AND delivered_at > :now"
        )
        self._db.execute(sql, {"now": seconds(now)})
        sql = (
            "UPDATE alerts SET state = 'pending', next_at = due_at "  # noqa: S608
            f"WHERE state = 'folded' AND (due_at > :now OR {_UNTOLD})"
        )
        self._db.execute(sql, {"now": seconds(now)})

    def undelivered(self, now: datetime, limit: int) -> list[AlertRecord]:
        """Alerts that are due and that a channel was given and did not confirm, nor any other; longest due first."""
        sql = f"{SELECT} WHERE {_FAILED} AND coalesce(a.helps_until, :now + 1) > :now ORDER BY a.due_at, a.id LIMIT :limit"
        return [alert(row) for row in self._db.execute(sql, {"now": seconds(now), "limit": limit})]

    def retry(self, now: datetime) -> None:
        """A process starts: what a channel could not deliver is tried again at once, what nobody confirmed after an
        hour (it may have been shown)."""
        values = {"now": seconds(now)}
        sql = f"UPDATE alerts AS a SET next_at = a.due_at WHERE ({_FAILED}) OR ({_OWED})"  # noqa: S608
        self._db.execute(sql, values)
        sql = (
            "UPDATE deliveries SET retry_at = NULL "
            "WHERE result = 'failed' OR (result = 'unconfirmed' AND at <= :now - 3600)"
        )
        self._db.execute(sql, values)

    def forget(self, ref: OrderRef) -> None:
        """Drop every alert of an order with its deliveries; the highest id is remembered."""
        sql = f"INSERT OR REPLACE INTO settings (key, value) SELECT 'alert_id', max({_HIGHEST}, {_FORGOTTEN})"
        self._db.execute(sql)
        sql = "DELETE FROM alerts WHERE order_id = ? AND marketplace = ?"
        self._db.execute(sql, (ref.order_id, ref.marketplace))

    def count(self, state: str) -> int:
        """How many alerts are in this state."""
        return int(self._db.execute("SELECT count(*) FROM alerts WHERE state = ?", (state,)).fetchone()[0])


def _conditions(query: AlertQuery) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {"now": seconds(query.now)}
    if query.cursor is not None:
        values["after_due"], values["after_id"] = cursors.read(query.cursor, 2)
        conditions.append("(a.due_at, a.id) > (:after_due, :after_id)")
    if query.state == "due":
        conditions.append(_DUE)
        if query.channel is not None:
            conditions.append(f"NOT {_TOLD}")
            values["channel"] = query.channel
    elif query.state is not None:
        conditions.append("a.state = :state")
        values["state"] = query.state
    if query.order is not None:
        values["shop"], values["name"] = query.order
        conditions.append("a.order_id = :name AND a.marketplace = :shop")
    return conditions, values
