"""What goes between the daemon and its reader process: frames of MessagePack, typed on both sides.

No pickle: the worker reads foreign pages, and what it answers must not be able to run anything here.
"""

from __future__ import annotations

import asyncio
import struct
from datetime import date, datetime
from typing import Any

import msgspec

from parcelparsers import Asked, Reading
from parcelparsers.page import Capture, PageReading

_LENGTH = struct.Struct("!I")
MOST = 32 * 1024 * 1024
"""Bytes of one frame."""
_DATE = 1
"""The extension code of a plain date inside a field's value, which MessagePack itself cannot hold."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One body of a source, or one capture."""

    source: str = ""
    data: bytes = b""
    status: int = 200
    content_type: str = ""
    asked: Asked | None = None
    capture: Capture | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: a reading, a page, or why not."""

    reading: Reading | None = None
    page: PageReading | None = None
    error: str = ""


def encode_job(job: Job) -> bytes:
    """A job as bytes."""
    return msgspec.msgpack.encode(job)


def decode_job(data: bytes) -> Job:
    """The job again."""
    return msgspec.msgpack.decode(data, type=Job)


def encode_done(done: Done) -> bytes:
    """An answer as bytes."""
    if done.page:
        done = msgspec.structs.replace(done, page=_with_tagged_dates(done.page))
    return msgspec.msgpack.encode(done)


def decode_done(data: bytes) -> Done:
    """The answer again. Raises `msgspec.DecodeError` for anything else."""
    return msgspec.msgpack.decode(data, type=Done, ext_hook=_untag)


def frame(data: bytes) -> bytes:
    """The bytes with their length before them."""
    return _LENGTH.pack(len(data)) + data


async def take_frame(stream: asyncio.StreamReader) -> bytes:
    """The next frame of a stream. Raises `IncompleteReadError` at its end, `OSError` for an absurd length."""
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    if length > MOST:
        raise OSError(f"a frame of {length} bytes")
    return await stream.readexactly(length)


def _with_tagged_dates(page: PageReading) -> PageReading:
    orders = tuple(
        msgspec.structs.replace(
            order,
            fields={
                name: msgspec.structs.replace(field, value=_tag(field.value)) for name, field in order.fields.items()
            },
        )
        for order in page.orders
    )
    return msgspec.structs.replace(page, orders=orders)


def _tag(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    return value


def _untag(code: int, data: memoryview) -> Any:
    if code != _DATE:
        raise msgspec.DecodeError(f"unknown extension {code}")
    return date.fromisoformat(bytes(data).decode())
