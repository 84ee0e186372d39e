"""A store that tells the feed what each unit of work changed, after it was committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.moment import iso
from parcelwarden.services.feed import Change, Feed
from parcelwarden.services.ports import AlertRows, OrderRows, SourceRows, Store, Unit
from parcelwarden.services.records import AlertRecord, OrderRecord, SourceHealth

T = TypeVar("T")
Notes = dict[tuple[str, ...], Change]


class NotingStore:
    """Implements `Store`. What a unit wrote and rolled back is never told."""

    def __init__(self, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def write(self, work: Callable[[Unit], T]) -> T:
        """As the store does, then tell."""
        notes: Notes = {}
        result = await self._store.write(lambda unit: work(cast("Unit", _Noting(unit, notes))))
        self._feed.tell(notes.values())
        return result

    async def read(self, work: Callable[[Unit], T]) -> T:
        """As the store does."""
        return await self._store.read(work)

    async def close(self) -> None:
        """As the store does."""
        await self._store.close()


class _Through:
    """Everything that is not noted goes through."""

    def __init__(self, rows: Any, notes: Notes) -> None:
        self._rows = rows
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rows, name)


class _Noting(_Through):
    """A unit whose orders, alerts and sources are noted."""

    def __init__(self, unit: Unit, notes: Notes) -> None:
        super().__init__(unit, notes)
        self.orders = cast("OrderRows", _Orders(unit.orders, notes))
        self.alerts = cast("AlertRows", _Alerts(unit.alerts, notes))
        self.sources = cast("SourceRows", _Sources(unit.sources, notes))


class _Orders(_Through):
    def put(self, order: OrderRecord) -> None:
        self._rows.put(order)
        self._note(order.ref, gone=False)

    def forget(self, ref: OrderRef) -> None:
        self._rows.forget(ref)
        self._note(ref, gone=True)

    def _note(self, ref: OrderRef, *, gone: bool) -> None:
        data = {"marketplace": ref.marketplace, "order_id": ref.order_id, "forgotten": gone}
        self._notes["order", *ref] = Change("order", data)


class _Alerts(_Through):
    def add(self, alert: AlertRecord) -> int:
        alert_id: int = self._rows.add(alert)
        self._note(alert, alert_id)
        return alert_id

    def put(self, alert: AlertRecord) -> None:
        self._rows.put(alert)
        self._note(alert, alert.id)

    def _note(self, alert: AlertRecord, alert_id: int) -> None:
        self._notes["alert", str(alert_id)] = Change(
            "alert",
            {
                "id": alert_id,
                "order": {"marketplace": alert.ref.marketplace, "order_id": alert.ref.order_id},
                "code": alert.code,
                "severity": alert.severity.value,
                "state": alert.state.value,
                "due_at": iso(alert.due_at),
            },
        )


class _Sources(_Through):
    def put(self, health: SourceHealth) -> None:
        before = self._rows.get(health.source)
        self._rows.put(health)
        if _told(before) != _told(health):
            self._notes["source", health.source] = Change("source", _told(health))


def _told(health: SourceHealth) -> dict[str, Any]:
    """What of a source's health is worth telling: not the time of each good look."""
    resume: datetime | None = health.resume_at
    return {
        "source": health.source,
        "state": health.state,
        "failing_since": iso(health.failing_since),
        "resume_at": iso(resume),
    }
