"""Reads bodies: JSON up to 64 KiB on the loop, everything else in one worker process.

The worker is started at need, ended after 60 s without work, and killed when a body takes more than 5 s or more
memory than it is given (`reader_worker.py`). A killed body is `unreadable`; the next one gets a fresh worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass

import msgspec

from parcelparsers import Asked, Body, Outcome, Reading, Source, read
from parcelparsers.errors import BadPage
from parcelparsers.page import Capture, PageReading
from parcelwarden.adapters.reader_wire import Done, Job, decode_done, encode_job, frame, take_frame

INLINE = 64 * 1024
"""Bytes up to which JSON is read on the loop."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for one body, without work before the worker is ended, for the worker's own start."""

    body: float = 5.0
    idle: float = 60.0
    start: float = 30.0


class WorkerLost(Exception):
    """The worker ended or was killed with a body in hand; the text says why."""


class ReaderProcess:
    """The reader of the product."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._worker: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The worker's process id, None when none runs."""
        return self._worker.pid if self._worker else None

    async def read(self, source: Source, body: Body, asked: Asked) -> Reading:
        """Read one answer of a source; never raises on any bytes."""
        if len(body.data) <= INLINE and body.is_json:
            return read(source, body, asked)
        job = Job(source=source.id, data=body.data, status=body.status, content_type=body.content_type, asked=asked)
        try:
            done = await self._ask(job)
        except WorkerLost as fault:
            return Reading(outcome=Outcome.UNREADABLE, reason="worker", detail=str(fault))
        if done.reading is None:
            return Reading(outcome=Outcome.UNREADABLE, reason="fault", detail=done.error)
        return done.reading

    async def read_page(self, capture: Capture) -> PageReading:
        """Read one capture. Raises `BadPage`, also when it cost the worker its life."""
        if capture.form == "json" and len(capture.body) <= INLINE:
            from parcelparsers.marketplaces.pages import read_page

            return read_page(capture)
        try:
            done = await self._ask(Job(capture=capture))
        except WorkerLost as fault:
            raise BadPage(f"page: {fault}; save only the order list or one order") from fault
        if done.page is None:
            raise BadPage(done.error)
        return done.page

    async def close(self) -> None:
        """End the worker."""
        if self._idle:
            self._idle.cancel()
        async with self._one_at_a_time:
            await self._end()

    async def _ask(self, job: Job) -> Done:
        async with self._one_at_a_time:
            if self._idle:
                self._idle.cancel()
            try:
                worker = await self._started()
                async with asyncio.timeout(self._patience.body):
                    return await _exchange(worker, job)
            except TimeoutError as fault:
                await self._end()
                raise WorkerLost(f"reading took more than {self._patience.body:g} s and was stopped") from fault
            except (OSError, asyncio.IncompleteReadError, msgspec.DecodeError) as fault:
                await self._end()
                raise WorkerLost("the reader process ended with it in hand (too much memory?)") from fault
            except asyncio.CancelledError:
                await self._end()
                raise
            finally:
                self._idle = asyncio.get_running_loop().call_later(self._patience.idle, self._end_idle)

    async def _started(self) -> asyncio.subprocess.Process:
        if self._worker is None:
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "parcelwarden.adapters.reader_worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_environment(),
            )
            async with asyncio.timeout(self._patience.start):
                await take_frame(_out(self._worker))
        return self._worker

    def _end_idle(self) -> None:
        if not self._one_at_a_time.locked():
            self._ending = asyncio.get_running_loop().create_task(self.close(), name="end idle reader")

    async def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()
        transport = getattr(worker, "_transport", None)
        if transport:
            transport.close()


async def _exchange(worker: asyncio.subprocess.Process, job: Job) -> Done:
    assert worker.stdin  # noqa: S101 - it was made with a pipe
    worker.stdin.write(frame(encode_job(job)))
    await worker.stdin.drain()
    return decode_done(await take_frame(_out(worker)))


def _out(worker: asyncio.subprocess.Process) -> asyncio.StreamReader:
    assert worker.stdout  # noqa: S101 - it was made with a pipe
    return worker.stdout


def _environment() -> dict[str, str]:
    """What the worker sees: where Python finds its modules, nothing else that this process knows."""
    import os

    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
    paths = os.pathsep.join(p for p in sys.path if p)
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHONPATH": paths}
