"""Rows of the orders: facts and assessment as JSON, beside them plain columns for whatever is asked for.

`assessment` is whole but for its alerts, which are the outbox's rows; `brief` is what the overlay shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from parcelwarden.adapters.store import order_columns as columns
from parcelwarden.adapters.store.codec import Codec, instant, moment, seconds, seconds_up
from parcelwarden.adapters.store.order_page import page
from parcelwarden.domain.model import OrderRef, Severity
from parcelwarden.services.ports import OrderQuery
from parcelwarden.services.records import Brief, FactChange, OrderRecord, Postponed

_changes = Codec(FactChange, apart=("ref",))
_ROW = "(SELECT id FROM orders WHERE order_id = ? AND marketplace = ?)"
_CHUNK = 400


class Orders:
    """Implements `OrderRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, ref: OrderRef) -> OrderRecord | None:
        """One order with everything: its alerts that stand, the time of each parcel's last look."""
        found = self.many([ref])
        return columns.completed(self._db, found[0]) if found else None

    def many(self, refs: Sequence[OrderRef]) -> list[OrderRecord]:
        """The orders that are there, in the order asked."""
        return [columns.whole(row) for row in self._chosen(columns.WHOLE, refs)]

    def briefs(self, refs: Sequence[OrderRef]) -> dict[OrderRef, Brief]:
        """Of those that were assessed."""
        return {
            OrderRef(shop, name): found
            for shop, name, *row in self._chosen(columns.BRIEF, refs)
            if (found := columns.brief(*row))
        }

    def named(self, order_id: str) -> list[OrderRef]:
        """Every order with this id, whatever its marketplace."""
        sql = "SELECT marketplace, order_id FROM orders WHERE order_id = ? ORDER BY marketplace"
        return [OrderRef(*row) for row in self._db.execute(sql, (order_id,))]

    def put(self, order: OrderRecord) -> None:
        """Write the order and what follows from it; its links to parcels stay as they are."""
        self._db.execute(columns.UPSERT, columns.row(order))

    def forget(self, ref: OrderRef) -> None:
        """Drop the order, its changes and its links."""
        self._db.execute("DELETE FROM orders WHERE order_id = ? AND marketplace = ?", _key(ref))

    def link(self, ref: OrderRef, parcel_id: int) -> None:
        """Say that the parcel carries (a part of) the order."""
        sql = f"INSERT OR IGNORE INTO order_parcels (order_row, parcel_id) VALUES ({_ROW}, ?)"  # noqa: S608
        self._db.execute(sql, (*_key(ref), parcel_id))

    def due(self, now: datetime, limit: int) -> list[OrderRef]:
        """Orders whose answer can have changed by `now`, longest due first."""
        sql = "SELECT marketplace, order_id FROM orders WHERE next_change_at <= ? ORDER BY next_change_at LIMIT ?"
        return [OrderRef(*row) for row in self._db.execute(sql, (seconds(now), limit))]

    def next_change_at(self) -> datetime | None:
        """When the next order becomes due."""
        sql = "SELECT min(next_change_at) FROM orders WHERE next_change_at IS NOT NULL"
        return instant(self._db.execute(sql).fetchone()[0])

    def postpone(self, ref: OrderRef, until: datetime, why: str) -> None:
        """Try this order again at `until`; the next `put` takes the remark away."""
        sql = "UPDATE orders SET next_change_at = ?, postponed_why = ? WHERE order_id = ? AND marketplace = ?"
        self._db.execute(sql, (seconds_up(until), why, *_key(ref)))

    def postponed(self) -> list[Postponed]:
        """Orders that could not be assessed."""
        sql = (
            "SELECT marketplace, order_id, next_change_at, postponed_why FROM orders "
            "WHERE postponed_why IS NOT NULL AND next_change_at IS NOT NULL ORDER BY id"
        )
        rows = self._db.execute(sql).fetchall()
        return [Postponed(ref=OrderRef(shop, name), until=moment(at), why=why) for shop, name, at, why in rows]

    def looked(self, parcel_ids: Sequence[int], at: datetime) -> None:
        """Orders of these parcels whose verdict changes by a look at `at` that brought nothing become due."""
        holes = ", ".join("?" * len(parcel_ids))
        sql = (
            "UPDATE orders SET next_change_at = min(coalesce(next_change_at, ?), ?) WHERE recheck_at <= ? "  # noqa: S608
            f"AND id IN (SELECT order_row FROM order_parcels WHERE parcel_id IN ({holes}))"
        )
        second = seconds(at)
        self._db.execute(sql, (second, second, second, *parcel_ids))

    def hasten(self, at: datetime) -> None:
        """Make every order due at `at`."""
        self._db.execute("UPDATE orders SET next_change_at = ?", (seconds(at),))

    def hasten_awaited(self, at: datetime, marketplace: str | None = None) -> None:
        """Make the orders (of one marketplace) due at `at` that are not settled."""
        sql = "UPDATE orders SET next_change_at = ?1 WHERE NOT settled AND (?2 IS NULL OR marketplace = ?2)"
        self._db.execute(sql, (seconds(at), marketplace))

    def page(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
        """A page of orders, most pressing first, and the cursor of the next. Raises `Invalid` for a bad cursor."""
        return page(self._db, query)

    def newest(self, limit: int, before: datetime) -> list[OrderRef]:
        """The orders that came last before an instant, newest first."""
        sql = "SELECT marketplace, order_id FROM orders WHERE created_at < ? ORDER BY id DESC LIMIT ?"
        return [OrderRef(*row) for row in self._db.execute(sql, (before.timestamp(), limit))]

    def walk(self, after: int, limit: int) -> list[tuple[int, OrderRecord]]:
        """Orders by row, each with its row's number, from the row after `after` on."""
        sql = f"SELECT {columns.FIELDS}, o.id FROM orders o WHERE o.id > ? ORDER BY o.id LIMIT ?"  # noqa: S608
        return [(row[-1], columns.whole(row[:-1])) for row in self._db.execute(sql, (after, limit)).fetchall()]

    def by_severity(self) -> dict[str, int]:
        """How many orders there are by the severity of their advice."""
        levels = [severity.value for severity in reversed(Severity)]
        rows = self._db.execute("SELECT calm, count(*) FROM orders GROUP BY calm")
        return {levels[calm]: count for calm, count in rows if calm < len(levels)}

    def count(self, *, without_dates: bool = False) -> int:
        """How many orders there are, or how many lack the facts on which dates rest."""
        sql = "SELECT count(*) FROM orders WHERE without_dates OR ?"
        return int(self._db.execute(sql, (not without_dates,)).fetchone()[0])

    def disputes_open(self, marketplace: str) -> int:
        """How many disputes of the buyer run at a marketplace."""
        sql = "SELECT count(*) FROM orders WHERE marketplace = ? AND disputed"
        return int(self._db.execute(sql, (marketplace,)).fetchone()[0])

    def record_changes(self, changes: Iterable[FactChange]) -> None:
        """Keep what moved."""
        names = ", ".join(_changes.names)
        holes = ", ".join("?" * len(_changes.names))
        sql = f"INSERT INTO fact_changes (order_row, {names}) VALUES ({_ROW}, {holes})"  # noqa: S608
        for change in changes:
            self._db.execute(sql, (*_key(change.ref), *_changes.row(change)))

    def changes(self, ref: OrderRef) -> list[FactChange]:
        """What moved, oldest first."""
        sql = f"SELECT {_changes.columns()} FROM fact_changes WHERE order_row = {_ROW} ORDER BY id"  # noqa: S608
        return [_changes.value(row, ref=ref) for row in self._db.execute(sql, _key(ref))]

    def _chosen(self, select: str, refs: Sequence[OrderRef]) -> Iterable[Sequence[Any]]:
        for start in range(0, len(refs), _CHUNK):
            chunk = refs[start : start + _CHUNK]
            wanted = ", ".join(["(?, ?)"] * len(chunk))
            sql = f"WITH wanted (shop, name) AS (VALUES {wanted}) {select}"
            yield from self._db.execute(sql, [text for ref in chunk for text in ref]).fetchall()


def _key(ref: OrderRef) -> tuple[str, str]:
    return ref.order_id, ref.marketplace
