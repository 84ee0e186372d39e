"""Bombs: bodies made to take too long or too much. The worker is ended, the daemon goes on. All are constructed."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator

import pytest

from parcelparsers import Asked, Body, Outcome, source
from parcelparsers.errors import BadPage
from parcelparsers.page import Capture
from parcelwarden.adapters.reader_process import Patience, ReaderProcess
from support.cases import all_cases

pytestmark = pytest.mark.slow
CASE = next(case for case in all_cases() if (case.source, case.name) == ("usps", "delivered"))
USPS = source("usps")
LIMIT = 5.0 + 8.0
"""Seconds: what the worker has, and the start of one on a busy machine."""


def blown_up(ballast: bytes) -> Body:
    """A page that its reader knows, with ballast behind its content."""
    head, end, tail = CASE.path.read_bytes().rpartition(b"</body>")
    assert end
    return Body(head + ballast + end + tail)


@pytest.fixture
async def reader() -> AsyncIterator[ReaderProcess]:
    one = ReaderProcess()
    yield one
    await one.close()


async def ordinary(reader: ReaderProcess) -> None:
    """The next body is read, by whatever worker."""
    assert (await reader.read(USPS, CASE.body, CASE.asked)).outcome is Outcome.FOUND


async def test_a_body_that_takes_too_long_is_stopped_and_the_loop_goes_on(reader: ReaderProcess) -> None:
    await ordinary(reader)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.05)
            ticks += 1

    ticking = asyncio.create_task(tick())
    begun = time.monotonic()
    found = await reader.read(USPS, blown_up(b"<p>x" * 2_000_000), Asked(()))
    spent = time.monotonic() - begun
    ticking.cancel()
    assert (found.outcome, found.reason) == (Outcome.UNREADABLE, "worker")
    assert spent < LIMIT
    assert ticks > 10
    await ordinary(reader)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
async def test_a_body_that_takes_too_much_memory_ends_the_worker() -> None:
    reader = ReaderProcess(Patience(body=60))
    await ordinary(reader)
    first = reader.pid
    found = await reader.read(USPS, blown_up(b"<div>x</div>" * 700_000), Asked(()))
    assert (found.outcome, found.reason) == (Outcome.UNREADABLE, "worker")
    assert "memory" in found.detail
    assert reader.pid is None
    await ordinary(reader)
    assert reader.pid != first
    await reader.close()


async def test_an_order_page_that_is_a_bomb_is_refused_in_words(reader: ReaderProcess) -> None:
    page = "<html><body>" + "<div class='order-item'><b>x</b></div>" * 100_000
    begun = time.monotonic()
    with pytest.raises(BadPage, match=r"page"):
        await reader.read_page(Capture(url="", kind="order_list", form="html", body=page))
    assert time.monotonic() - begun < LIMIT
    await ordinary(reader)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b'{"module":[' + b"[]," * 600_000 + b"[]]}",
        b'{"module":[' + b'{"mailNo":"LP00190000000017","detailList":[{}]},' * 40_000 + b"{}]}",
        b"<" * 2_000_000,
        b"<html><body>" + b"<div>" * 300_000,
        b"a" * 2_000_000,
    ],
    ids=["deep", "empty entries", "changed entries", "brackets", "nested", "letters"],
)
@pytest.mark.parametrize("source_id", ["cainiao", "usps", "ems", "17track"])
async def test_other_bombs_are_readings_too(reader: ReaderProcess, source_id: str, body: bytes) -> None:
    begun = time.monotonic()
    found = await reader.read(source(source_id), Body(body), Asked(("LP00190000000017",)))
    assert found.outcome in (Outcome.UNREADABLE, Outcome.BLOCKED, Outcome.NOT_FOUND)
    assert time.monotonic() - begun < LIMIT
