"""One tick: all that is due, so ordered that what one step finds the next can tell. Never waits for a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parcelwarden.services import digest
from parcelwarden.services.dispatch import Dispatch
from parcelwarden.services.local_zone import LocalZone
from parcelwarden.services.polling import Polling
from parcelwarden.services.ports import Store
from parcelwarden.services.setting_right import SettingRight
from parcelwarden.services.sweep import Sweep

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Interest:
    """The next instants at which something is to be done."""

    change: datetime | None
    look: datetime | None
    alert: datetime | None
    digest: datetime | None

    def next_at(self, now: datetime) -> datetime | None:
        """The nearest; what is due already is under way and asked after again in a second."""
        nearest = min((at for at in (self.change, self.look, self.alert, self.digest) if at), default=None)
        return nearest and max(nearest, now + SECOND)


class Ticking:
    """Does what is due at an instant."""

    def __init__(
        self, store: Store, right: SettingRight, sweep: Sweep, dispatch: Dispatch, polling: Polling, zone: LocalZone
    ) -> None:
        self._store = store
        self._zone = zone
        self._right = right
        self._sweep = sweep
        self._dispatch = dispatch
        self._polling = polling

    async def tick(self, now: datetime) -> datetime | None:
        """Sweep, tell, look. Answers the next instant of interest; an idle tick is one read."""
        await self._right.before(now)
        if self._zone.renew(now):
            # What waits for the end of quiet hours waits for those of the zone before.
            await self._store.write(lambda unit: unit.alerts.rewind(now))
        found = await self._interest(now)
        if _due(found.change, now):
            await self._sweep.run(now)
            found = await self._interest(now)
        if _due(found.digest, now):
            await self._store.write(lambda unit: digest.make(unit, now))
            found = await self._interest(now)
        if _due(found.alert, now):
            await self._dispatch.start(now)
        if _due(found.look, now):
            await self._polling.start(now)
        if _due(found.alert, now):
            found = await self._interest(now)
        return found.next_at(now)

    async def _interest(self, now: datetime) -> Interest:
        return await self._store.read(
            lambda unit: Interest(
                unit.orders.next_change_at(),
                unit.parcels.next_look_at(),
                unit.alerts.next_at(),
                digest.next_at(unit, now, self._zone),
            )
        )


def _due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
