"""Writes what several bring at about the same time in one transaction: a commit waits for the disk, so one is dear."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from parcelwarden.services.ports import Store, Unit

T = TypeVar("T")

MOST = 20
"""What one transaction holds at most, by weight: about 30 ms, so that nobody else waits for long."""


class Together:
    """While one transaction is under way, whatever comes waits for the next one and goes into it together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[int, Callable[[Unit], Any], asyncio.Future[Any]]] = []

    async def write(self, work: Callable[[Unit], T], weight: int = 1) -> T:
        """As the store does: on the disk when it returns. Work that raises spoils nobody else's."""
        written: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((weight, work, written))
        while not written.done():
            async with self._turn:
                if not written.done():
                    await self._write_some()
        return written.result()

    async def _write_some(self) -> None:
        """The next transaction, longest waiting first."""
        chosen = self._waiting[: self._count()]
        del self._waiting[: len(chosen)]
        try:
            results = await self._store.write(lambda unit: [work(unit) for _, work, _ in chosen])
        except Exception as fault:
            await self._one_by_one(chosen, fault)
        except asyncio.CancelledError:
            for _, _, written in chosen:
                written.cancel()
            raise
        else:
            for (_, _, written), result in zip(chosen, results, strict=True):
                if not written.done():
                    written.set_result(result)

    def _count(self) -> int:
        """How many of those that wait have room in one transaction; one always has."""
        room = MOST
        for place, (weight, _, _) in enumerate(self._waiting):
            room -= weight
            if room < 0:
                return max(place, 1)
        return len(self._waiting)

    async def _one_by_one(
        self, chosen: list[tuple[int, Callable[[Unit], Any], asyncio.Future[Any]]], fault: Exception
    ) -> None:
        """Nothing of a transaction that failed was written: each again by itself, so that only the guilty one fails."""
        for _, work, written in chosen:
            try:
                if len(chosen) == 1:
                    raise fault
                result = await self._store.write(work)
            except Exception as own:
                written.set_exception(own)
            else:
                written.set_result(result)
