"""What a source said when, kept as evidence: only when it changed, without personal data."""

from __future__ import annotations

import zlib
from datetime import datetime
from hashlib import sha256
from typing import Protocol

import msgspec

from parcelparsers.model import Parcel

MOST = 200_000
"""Bytes kept of the answers about the parcels of one order."""


LARGEST = 4 * 1024 * 1024
"""Bytes of one reading as JSON."""


class AnswerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `received_sha256`: of its bytes as they came (hex). `reading`: what the source's reader took from it,
    packed; None where nothing was found, or where there was no room."""

    parcel_id: int
    source: str
    number: str
    asked_at: datetime
    outcome: str
    received_sha256: str
    reading: bytes | None = None


class AnswerRows(Protocol):
    """The kept answers."""

    def add(self, answer: AnswerRecord) -> None:
        """Keep one, unless its parcel was forgotten. Where there are more than `MOST` bytes an order, those between the
        first and the last give way, the oldest first."""
        ...

    def of(self, parcel_id: int) -> list[AnswerRecord]:
        """Those about one parcel, oldest first."""
        ...

    def move(self, parcel_id: int, to: int) -> None:
        """Two parcels turned out to be one."""
        ...


def fingerprint(data: bytes) -> str:
    """The SHA-256 of an answer as received, in hex."""
    return sha256(data).hexdigest()


def packed(parcel: Parcel) -> bytes:
    """A reading, deflated."""
    return zlib.compress(msgspec.json.encode(parcel), 3)


def unpacked(data: bytes) -> bytes:
    """A packed reading as JSON. Raises `zlib.error`."""
    return zlib.decompress(data)


def is_reading(data: bytes) -> bool:
    """Whether these bytes from elsewhere are a packed reading, of a size that a reading can have."""
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(data, LARGEST)
        msgspec.json.decode(text, type=Parcel)
    except (zlib.error, msgspec.DecodeError):
        return False
    return inflate.eof and not inflate.unused_data
