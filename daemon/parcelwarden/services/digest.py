"""The digest: once a day or week, at the buyer's hour, a note of what is open, with its dates.

It is a row of the outbox like any alert, of an order that is none, so that channels, retries, quiet hours and crashes
need nothing of their own. It has no span: it never breaks quiet hours, and what it says is made anew at each send.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from parcelwarden.domain.model import OrderRef, Severity
from parcelwarden.domain.moment import iso
from parcelwarden.services import settings, telling
from parcelwarden.services.ports import OrderQuery, Unit
from parcelwarden.services.records import AlertRecord, AlertState, OrderRecord

REF = OrderRef("parcelwarden", "digest")
KEY = "digest_at"
"""Under which the instant of the last digest is remembered, told or with nothing to tell."""
DAYS = {"daily": 1, "weekly": 7}
MOST = 10
"""Orders that are named."""


def next_at(unit: Unit, now: datetime, zone: tzinfo) -> datetime | None:
    """When the next digest is due, None where none is wanted. A period is a day or, from Monday on, a week by the
    buyer's clock; one that passed without a digest is not made up for."""
    chosen = settings.current(unit)
    days = DAYS.get(chosen["digest"])
    if days is None:
        return None
    this = _begin(now, zone, days)
    last = unit.settings.get(KEY)
    told = last is not None and _begin(datetime.fromisoformat(last), zone, days) >= this
    day = this + timedelta(days=days) if told else this
    return datetime.combine(day, time.fromisoformat(chosen["digest_time"]), tzinfo=zone).astimezone(UTC)


def _begin(at: datetime, zone: tzinfo, days: int) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday()) if days > 1 else day


def make(unit: Unit, now: datetime) -> None:
    """Put the digest into the outbox, in the place of one that was not told; nothing where nothing is open."""
    unit.settings.put(KEY, now.isoformat())
    for row in unit.alerts.of_order(REF):
        if row.next_at is not None:
            unit.alerts.put(telling.folded(row))
    key = f"{REF}:{iso(now)}"
    if (params := _params(unit, now)) and unit.alerts.by_key(key) is None:
        unit.alerts.add(
            AlertRecord(
                id=0,
                key=key,
                ref=REF,
                code="digest",
                params=params,
                severity=Severity.INFO,
                due_at=now,
                helps_until=None,
                nag=False,
                state=AlertState.PENDING,
                created_at=now,
                next_at=now,
            )
        )


def renew(unit: Unit, now: datetime) -> None:
    """What a digest says that is still to be told, as things are now; withdrawn where nothing is open any more, or
    none is wanted."""
    wanted = settings.current(unit)["digest"] in DAYS
    for row in unit.alerts.of_order(REF):
        if row.next_at is None:
            continue
        params = _params(unit, now) if wanted else None
        current = msgspec.structs.replace(row, params=params or row.params)
        if not params:
            current = msgspec.structs.replace(row, state=AlertState.WITHDRAWN, next_at=None)
        if current != row:
            unit.alerts.put(current)


def rewind(unit: Unit, now: datetime) -> None:
    """The clock was set back to `now`: a digest of later counts as one of now."""
    last = unit.settings.get(KEY)
    if last is not None and datetime.fromisoformat(last) > now:
        unit.settings.put(KEY, now.isoformat())


def _params(unit: Unit, now: datetime) -> dict[str, Any] | None:
    """The params of the sentence; None where nothing is open. Orders stand in the order of what they press."""
    asked = (
        ("digest_late", OrderQuery(limit=MOST, urgency=Severity.CRITICAL, due_before=now)),
        ("digest_date", OrderQuery(limit=MOST, due_from=now)),
        ("digest_no_dates", OrderQuery(limit=MOST, without_dates=True)),
    )
    found: dict[OrderRef, Mapping[str, Any]] = {}
    more = False
    for code, query in asked:
        orders, following = unit.orders.page(query)
        more = more or following is not None
        for order in orders:
            found.setdefault(order.ref, _line(code, order))
    lines = list(found.values())
    if not lines:
        return None
    more = more or len(lines) > MOST
    return {"title": "parcelwarden", "orders": lines[:MOST], **({"more": "yes"} if more else {})}


def _line(code: str, order: OrderRecord) -> dict[str, Any]:
    line = {"code": code, "name": order.title or str(order.ref)}
    if order.assessment and order.assessment.advice.act_by:
        line["act_by"] = str(iso(order.assessment.advice.act_by))
    return line
