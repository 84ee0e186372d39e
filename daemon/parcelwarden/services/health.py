"""How everything is, for `status` and `doctor`: what is watched, what fails, what was postponed, what was not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.records import AlertState, SourceHealth

UNCONFIRMED = "handed over, but nobody confirms that it was shown"

UNDELIVERED = 100
"""Alerts that no channel could deliver, told one by one."""


@dataclass(slots=True)
class ChannelHealth:
    """What one channel did since the start."""

    confirmed_at: datetime | None = None
    failed_at: datetime | None = None
    error: str | None = None

    def seen(self, result: str, error: str | None, now: datetime) -> None:
        """Take the result of one send in. What nobody confirms may not have been shown: the channel is not well."""
        self.error = error
        if result == "delivered":
            self.confirmed_at = now
            return
        self.failed_at = now
        if result == "unconfirmed":
            self.error = error or UNCONFIRMED


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures: orders by the severity of their advice, alerts by state, every source that was asked, and counts."""

    orders: int
    without_dates: int
    by_severity: Mapping[str, int]
    alerts: Mapping[str, int]
    sources: tuple[SourceHealth, ...]
    postponed: int
    channels: Mapping[str, bool]
    last_tick_at: datetime | None


class Health:
    """Gathers it."""

    def __init__(self, store: Store, channels: Mapping[str, ChannelHealth]) -> None:
        self._store = store
        self._channels = channels
        self.last_tick_at: datetime | None = None

    async def tally(self) -> Tally:
        """The figures."""
        channels = {name: each.error is None for name, each in self._channels.items()}

        def work(unit: Unit) -> Tally:
            return Tally(
                orders=unit.orders.count(),
                without_dates=unit.orders.count(without_dates=True),
                by_severity=unit.orders.by_severity(),
                alerts={state.value: unit.alerts.count(state) for state in AlertState},
                sources=tuple(unit.sources.all()),
                postponed=len(unit.orders.postponed()),
                channels=channels,
                last_tick_at=self.last_tick_at,
            )

        return await self._store.read(work)

    async def show(self, now: datetime) -> dict[str, Any]:
        """Last tick, counts, failing sources and channels, postponed orders, alerts that no channel could deliver."""
        kept = await self._store.read(lambda unit: _kept(unit, now))
        channels = {
            name: {"confirmed_at": each.confirmed_at, "failed_at": each.failed_at, "error": each.error}
            for name, each in self._channels.items()
        }
        failing = [name for name, each in self._channels.items() if each.error is not None]
        degraded = bool(failing or kept["failing_sources"] or kept["postponed"] or kept["undelivered"])
        return {
            "state": "degraded" if degraded else "ok",
            "last_tick_at": self.last_tick_at,
            **kept,
            "channels": channels,
        }


def _kept(unit: Unit, now: datetime) -> dict[str, Any]:
    return {
        "orders": unit.orders.count(),
        "orders_without_dates": unit.orders.count(without_dates=True),
        "alerts_pending": unit.alerts.count(AlertState.PENDING),
        "alerts_delivered": unit.alerts.count(AlertState.DELIVERED),
        "undelivered": [
            {"alert": row.id, "order": str(row.ref), "severity": row.severity.value, "due_at": row.due_at}
            for row in unit.alerts.undelivered(now, UNDELIVERED)
        ],
        "failing_sources": [
            {
                "source": health.source,
                "state": health.state,
                "since": health.failing_since,
                "last_ok_at": health.last_ok_at,
                "resume_at": health.resume_at,
            }
            for health in unit.sources.all()
            if health.state in ("failing", "walled")
        ],
        "postponed": [
            {"order": str(order.ref), "until": order.until, "why": order.why} for order in unit.orders.postponed()
        ],
    }
