"""Brings every order up to date whose answer can have changed by itself: in slices, so that nothing waits for long."""

from __future__ import annotations

from datetime import datetime

from parcelwarden.services.ports import Store, Unit
from parcelwarden.services.reassessing import Reassessing

SLICE = 25
"""Orders of one transaction; about 15 ms."""
MOST = 2000
"""Orders of one tick, so that alerts and looks never wait for long; the rest follow with the next."""


class Sweep:
    """The sweep."""

    def __init__(self, store: Store, reassessing: Reassessing) -> None:
        self._store = store
        self._reassessing = reassessing

    async def run(self, now: datetime) -> int:
        """Reassess what is due, at most `MOST`; answers how many orders. Each comes once: it is due again a minute
        later at the soonest, a poisonous one an hour later."""
        swept = 0
        while swept < MOST and (refs := await self._store.read(lambda unit: unit.orders.due(now, SLICE))):

            def work(unit: Unit) -> None:
                self._reassessing.again(unit, refs, now)

            await self._store.write(work)
            swept += len(refs)
        return swept
