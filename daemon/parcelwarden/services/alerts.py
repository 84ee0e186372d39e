"""Alerts as the buyer and the channels see them: listed, shown by a channel, acknowledged, snoozed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from parcelwarden.domain.model import OrderRef, Severity
from parcelwarden.domain.moment import iso
from parcelwarden.services import telling
from parcelwarden.services.errors import Conflict, Invalid, NotFound
from parcelwarden.services.ports import AlertQuery, Store, Unit
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import AlertRecord, AlertState, Delivery

OPEN = (AlertState.PENDING, AlertState.DELIVERED)
MOST_UPCOMING = 4000
TRIAL = OrderRef("parcelwarden", "test")
"""The order, which is none, of alerts that only try a channel."""
TRIED_FOR = timedelta(minutes=5)
LONGEST_SNOOZE = timedelta(days=365)
LEFT_TO_THE_DESKTOP = timedelta(minutes=1)
"""A browser shows only what no other channel has told so long after it was due."""


class AlertVerbs:
    """The verbs on alerts."""

    def __init__(self, store: Store, reassessing: Reassessing) -> None:
        self._store = store
        self._reassessing = reassessing

    async def page(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]:
        """A page of alerts and the next cursor. Raises `Invalid`."""
        return await self._store.read(lambda unit: unit.alerts.page(query))

    async def upcoming(self, now: datetime) -> list[AlertRecord]:
        """Alerts whose span is not over at `now`, those with the nearest end first, at most `MOST_UPCOMING`."""
        return await self._store.read(lambda unit: unit.alerts.upcoming(now, MOST_UPCOMING))

    async def delivered(self, alert_id: int, channel: str, now: datetime) -> AlertRecord:
        """A channel showed it. Raises `NotFound`."""
        return await self._change(alert_id, lambda unit, row: tell(unit, row, channel, now))

    async def acknowledge(self, alert_id: int, now: datetime) -> AlertRecord:
        """The buyer has seen it: it is never sent again. Raises `NotFound`."""

        def work(unit: Unit, row: AlertRecord) -> AlertRecord:
            state = AlertState.ACKNOWLEDGED if row.state in OPEN else row.state
            return msgspec.structs.replace(row, state=state, acknowledged_at=row.acknowledged_at or now, next_at=None)

        return await self._change(alert_id, work)

    async def snooze(self, alert_id: int, until: datetime, now: datetime) -> AlertRecord:
        """Tell it again at `until`. Raises `NotFound`, `Invalid` for a time that is past, too late to act or too far,
        `Conflict` for an alert that is settled, or that does not follow any more from what is known of its order."""

        def work(unit: Unit, row: AlertRecord) -> AlertRecord:
            if row.state not in OPEN:
                raise Conflict(f"alert {alert_id} is {row.state}; only one that is open can be snoozed")
            if until <= now:
                raise Invalid("until: expected an instant in the future", field="until")
            if row.helps_until is not None and until >= row.helps_until:
                last = row.helps_until.strftime("%Y-%m-%dT%H:%M:%SZ")
                raise Invalid(f"until: expected an instant before {last}, after which it does not help", field="until")
            if until > now + LONGEST_SNOOZE:
                raise Invalid(f"until: expected an instant within {LONGEST_SNOOZE.days} days", field="until")
            unit.alerts.put(msgspec.structs.replace(row, snoozed_until=until, next_at=until))
            self._reassessing.again(unit, [row.ref], now)
            found = unit.alerts.get(alert_id)
            if found is None or found.state not in OPEN:
                raise Conflict(f"alert {alert_id} holds no more: its order has moved on; there is nothing to snooze")
            return found

        return await self._change(alert_id, work)

    async def try_browser(self, now: datetime) -> AlertRecord:
        """An alert that only a browser is given, to prove that it reaches the buyer: the first that comes for it says
        that it was shown."""
        trial = AlertRecord(
            id=0,
            key=f"{TRIAL}:browser:{iso(now)}",
            ref=TRIAL,
            code="note_test",
            params={"title": "parcelwarden"},
            severity=Severity.NOTICE,
            due_at=now - LEFT_TO_THE_DESKTOP,
            helps_until=now + TRIED_FOR,
            nag=False,
            state=AlertState.PENDING,
            created_at=now,
        )

        def work(unit: Unit) -> AlertRecord:
            there = unit.alerts.by_key(trial.key)
            return there or msgspec.structs.replace(trial, id=unit.alerts.add(trial))

        return await self._store.write(work)

    async def _change(self, alert_id: int, change: Callable[[Unit, AlertRecord], AlertRecord]) -> AlertRecord:
        def work(unit: Unit) -> AlertRecord:
            row = unit.alerts.get(alert_id)
            if row is None:
                raise NotFound(f"there is no alert {alert_id}; see: parcelwarden list", field="id")
            changed = change(unit, row)
            if changed != row:
                unit.alerts.put(changed)
            return changed

        return await self._store.write(work)


def tell(unit: Unit, row: AlertRecord, channel: str, now: datetime) -> AlertRecord:
    """Write that the channel confirmed; the row as it is then. A row that is settled stays as it is."""
    before = {delivery.channel: delivery for delivery in unit.alerts.deliveries(row.id)}.get(channel)
    attempts = before.attempts + 1 if before else 1
    unit.alerts.put_delivery(Delivery(alert_id=row.id, channel=channel, result="delivered", at=now, attempts=attempts))
    if channel in telling.SILENT or row.state not in OPEN:
        return row
    return telling.reached(row, now)
