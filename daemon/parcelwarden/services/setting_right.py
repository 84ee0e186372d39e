"""What the first tick of a process, and a tick after the clock was set back, has to set right before anything else."""

from __future__ import annotations

from datetime import datetime

import msgspec

from parcelwarden.services import digest
from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.records import SourceHealth

RULES, CLOCK = "rules", "clock"


class SettingRight:
    """`rules` names the rules in force: when they are others than those that assessed, every order is due."""

    def __init__(self, store: Store, rules: str) -> None:
        self._store = store
        self._rules = rules
        self._last: datetime | None = None

    async def before(self, now: datetime) -> None:
        """Called before each tick; writes only when something is to be set right."""
        last, self._last = self._last, now
        if last is None:
            await self._store.write(lambda unit: self._first(unit, now))
        elif now < last:
            await self._store.write(lambda unit: turned_back(unit, now))

    def _first(self, unit: Unit, now: datetime) -> None:
        if unit.settings.get(RULES) != self._rules:
            unit.settings.put(RULES, self._rules)
            unit.orders.hasten(now)
        seen = unit.settings.get(CLOCK)
        tried = [health.last_tried_at for health in unit.sources.all() if health.last_tried_at]
        if (seen and datetime.fromisoformat(seen) > now) or any(at > now for at in tried):
            turned_back(unit, now)
        unit.alerts.retry(now)
        unit.settings.put(CLOCK, now.isoformat())


def turned_back(unit: Unit, now: datetime) -> None:
    """Nothing may wait for an instant that was reckoned from a clock that went wrong; nothing is told twice for it."""
    unit.orders.hasten(now)
    unit.parcels.rewind(now)
    unit.alerts.rewind(now)
    digest.rewind(unit, now)
    for health in unit.sources.all():
        if health.last_tried_at and health.last_tried_at > now:
            unit.sources.put(_rewound(health, now))


def _rewound(health: SourceHealth, now: datetime) -> SourceHealth:
    """The source as if asked now: what is left of a pause is kept in full."""
    left = health.resume_at - health.last_tried_at if health.resume_at and health.last_tried_at else None
    return msgspec.structs.replace(
        health,
        last_tried_at=now,
        last_ok_at=min(health.last_ok_at, now) if health.last_ok_at else None,
        failing_since=min(health.failing_since, now) if health.failing_since else None,
        resume_at=now + left if left else None,
    )
