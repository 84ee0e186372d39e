"""Pages of orders by key, never by offset: the most pressing first, and stable while rows change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from parcelwarden.adapters.store import cursors
from parcelwarden.adapters.store.order_columns import FIELDS, whole
from parcelwarden.domain.model import Severity
from parcelwarden.services.ports import OrderQuery
from parcelwarden.services.records import OrderRecord


def page(db: Database, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
    """A page and the cursor of the next. `state` is a window's state or a verdict. Raises `Invalid`."""
    conditions, values = _conditions(query)
    where = " AND ".join(conditions) or "1"
    sql = (
        f"SELECT {FIELDS}, o.pressing, o.calm, o.stake, o.id FROM orders o WHERE {where} "  # noqa: S608
        "ORDER BY o.pressing, o.calm, o.stake, o.id LIMIT ?"
    )
    rows = db.execute(sql, [*values, query.limit + 1]).fetchall()
    shown = rows[: query.limit]
    following = cursors.write(*shown[-1][-4:]) if len(rows) > query.limit and shown else None
    return [whole(row[:-4]) for row in shown], following


def _conditions(query: OrderQuery) -> tuple[list[str], list[Any]]:
    asked: list[tuple[str, list[Any]]] = []
    if query.cursor is not None:
        asked.append(("(o.pressing, o.calm, o.stake, o.id) > (?, ?, ?, ?)", cursors.read(query.cursor, 4)))
    if query.urgency is not None:
        asked.append(("o.calm = ?", [len(Severity) - 1 - Severity(query.urgency).rank]))
    if query.state is not None:
        asked.append(("(o.state = ? OR o.verdict = ?)", [query.state, query.state]))
    if query.marketplace is not None:
        asked.append(("o.marketplace = ?", [query.marketplace]))
    if query.due_before is not None:
        asked.append(_act_by("<", query.due_before))
    if query.due_from is not None:
        asked.append(_act_by(">=", query.due_from))
    if query.without_dates:
        asked.append(("o.without_dates", []))
    return [text for text, _ in asked], [value for _, values in asked for value in values]


def _act_by(than: str, at: datetime) -> tuple[str, list[Any]]:
    """Before or from an instant on; the day, which the index has, leaves out most rows unread."""
    second = int(at.timestamp() // 1)
    return f"o.pressing {than[0]}= ? AND o.act_by {than} ?", [second // 86400, second]
