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
    return zlib.compress(msgspec.json.encode(parcel), 6)


def unpacked(data: bytes) -> bytes:
    """A packed reading as JSON. Raises `zlib.error`."""
    return zlib.decompress(data)
