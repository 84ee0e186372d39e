"""Several writes in one transaction: fewer commits, nobody's fault but one's own, nobody else waits for long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from parcelwarden.services.together import MOST, Together


class CountingStore:
    """Runs work on nothing, each call one transaction; the first waits for `gate`."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.transactions: list[Any] = []

    async def write(self, work: Callable[[Any], Any]) -> Any:
        await self.gate.wait()
        result = work(None)
        self.transactions.append(result)
        return result


def works(count: int) -> list[Callable[[Any], int]]:
    """Works that give their own numbers."""
    return [lambda _, n=n: n for n in range(count)]


async def started(
    together: Together, all_works: list[Callable[[Any], int]], weight: int = 1
) -> list[asyncio.Task[int]]:
    """All of them waiting: the first has the store."""
    tasks = [asyncio.create_task(together.write(work, weight)) for work in all_works]
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_one_is_written_goes_into_the_next_together() -> None:
    store = CountingStore()
    tasks = await started(Together(store), works(7))
    store.gate.set()
    assert await asyncio.gather(*tasks) == list(range(7))
    assert len(store.transactions) <= 2


async def test_one_transaction_holds_so_much_and_no_more() -> None:
    store = CountingStore()
    tasks = await started(Together(store), works(9), weight=MOST // 2)
    store.gate.set()
    await asyncio.gather(*tasks)
    assert max(map(len, store.transactions)) == 2


async def test_what_is_too_heavy_goes_alone() -> None:
    store = CountingStore()
    tasks = await started(Together(store), works(3), weight=MOST + 1)
    store.gate.set()
    assert await asyncio.gather(*tasks) == [0, 1, 2]
    assert store.transactions == [[0], [1], [2]]


async def test_a_fault_is_only_its_own() -> None:
    def faulty(_: Any) -> int:
        raise ZeroDivisionError("made up")

    store = CountingStore()
    tasks = await started(Together(store), [*works(2), faulty, *works(2)])
    store.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in found] == [int, int, ZeroDivisionError, int, int]


async def test_a_lone_fault_is_raised() -> None:
    store = CountingStore()
    store.gate.set()
    with pytest.raises(KeyError):
        await Together(store).write(lambda _: {}["nothing"])


async def test_who_is_sent_away_leaves_the_others_an_end() -> None:
    store = CountingStore()
    tasks = await started(Together(store), works(4))
    tasks[0].cancel()
    await asyncio.sleep(0)
    store.gate.set()
    done, waiting = await asyncio.wait(tasks, timeout=5)
    assert len(done) == 4 and not waiting
