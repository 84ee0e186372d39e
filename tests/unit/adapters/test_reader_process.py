"""The reader process: small JSON on the loop, the rest in a worker that can be killed. Bodies are constructed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from parcelparsers import Asked, Body, Outcome, Reading, source
from parcelparsers.errors import BadPage
from parcelparsers.page import Capture, Field, OrderReading, PageReading, PageRule
from parcelwarden.adapters.reader_process import INLINE, Patience, ReaderProcess
from parcelwarden.adapters.reader_wire import Done, Job, decode_done, decode_job, encode_done, encode_job
from parcelwarden.adapters.reader_worker import work

ASKED = Asked(("RR123456785CN",))
CAPTCHA = b"<!doctype html><title>x</title><punish-component></punish-component>" + b" " * 5000
PAGE = Capture(url="", kind="order_detail", form="html", body="<html><p>no order</p></html>")


@pytest.fixture
async def reader() -> AsyncIterator[ReaderProcess]:
    one = ReaderProcess()
    yield one
    await one.close()


async def test_small_json_needs_no_worker(reader: ReaderProcess) -> None:
    found = await reader.read(source("cainiao"), Body(b'{"module": [], "success": true}'), ASKED)
    assert isinstance(found, Reading)
    assert reader.pid is None


async def test_html_is_read_in_the_worker_which_is_kept(reader: ReaderProcess) -> None:
    first = await reader.read(source("cainiao"), Body(CAPTCHA, status=200, content_type="text/html"), ASKED)
    pid = reader.pid
    assert first.outcome is Outcome.BLOCKED
    assert pid is not None
    await reader.read(source("cainiao"), Body(CAPTCHA), ASKED)
    assert reader.pid == pid


async def test_large_json_is_read_in_the_worker(reader: ReaderProcess) -> None:
    await reader.read(source("cainiao"), Body(b'{"module": [], "x": "' + b"y" * INLINE + b'"}'), ASKED)
    assert reader.pid is not None


async def test_a_page_that_nobody_knows_is_refused_in_words(reader: ReaderProcess) -> None:
    with pytest.raises(BadPage, match="page"):
        await reader.read_page(PAGE)


async def test_a_killed_worker_is_unreadable_and_the_next_body_gets_another(reader: ReaderProcess) -> None:
    await reader.read(source("cainiao"), Body(CAPTCHA), ASKED)
    assert reader._worker
    first = reader.pid
    reader._worker.kill()
    await reader._worker.wait()
    lost = await reader.read(source("cainiao"), Body(CAPTCHA), ASKED)
    assert (lost.outcome, lost.reason) == (Outcome.UNREADABLE, "worker")
    again = await reader.read(source("cainiao"), Body(CAPTCHA), ASKED)
    assert again.outcome is Outcome.BLOCKED
    assert reader.pid != first


async def test_a_body_that_takes_too_long_is_stopped() -> None:
    one = ReaderProcess(Patience(body=0.0))
    found = await one.read(source("cainiao"), Body(CAPTCHA), ASKED)
    assert (found.outcome, found.reason) == (Outcome.UNREADABLE, "worker")
    assert "stopped" in found.detail
    assert one.pid is None
    with pytest.raises(BadPage, match="stopped"):
        await one.read_page(PAGE)
    await one.close()


async def test_without_work_the_worker_ends() -> None:
    one = ReaderProcess(Patience(idle=0.01))
    await one.read(source("cainiao"), Body(CAPTCHA), ASKED)
    worker = one._worker
    assert worker
    async with asyncio.timeout(30):
        await worker.wait()
    await one.close()
    assert one.pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of address space is Linux's")
def test_too_much_memory_ends_the_worker() -> None:
    code = (
        "from parcelwarden.adapters import reader_worker as w; w._limit_memory();"
        "import sys\n"
        "try: x = b'x' * (301 * 1024 * 1024)\n"
        "except MemoryError: sys.exit(42)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 42


def test_the_parent_imports_no_html_library() -> None:
    code = "import parcelwarden.adapters.reader_process, sys; print({'bs4', 'lxml', 'dateparser'} & {*sys.modules})"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert out.stdout.strip() == "set()"


def test_dates_and_instants_come_back_as_they_were() -> None:
    page = PageReading(
        orders=(
            OrderReading(
                marketplace="shop",
                order_id="1",
                fields={
                    "paid_at": Field(date(2026, 3, 2), "json"),
                    "shipped_at": Field(datetime(2026, 3, 2, 9, tzinfo=UTC), "json", "raw"),
                    "items": Field(["a", "b"], "dom"),
                    "observed_dispute_button_at": Field(None, "dom"),
                },
                rules=(PageRule(kind="return_after_receipt", quote="q", before=date(2026, 4, 1)),),
            ),
        )
    )
    assert decode_done(encode_done(Done(page=page))).page == page


def test_a_job_goes_round() -> None:
    job = Job(source="x", data=b"\x00\xff", status=429, asked=ASKED, capture=PAGE)
    assert decode_job(encode_job(job)) == job


@pytest.mark.parametrize("job", [Job(source="nobody"), Job(source="cainiao", data=b"\xff" * 10), Job(capture=PAGE)])
def test_work_never_raises(job: Job) -> None:
    done = work(job)
    assert done.error or done.reading
