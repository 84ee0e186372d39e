"""Rows of the captures: that a body was taken in and what came of it, never the body."""

from __future__ import annotations

from sqlite_utils import Database

from parcelwarden.adapters.store.codec import Codec
from parcelwarden.services.records import CaptureRecord

_codec = Codec(CaptureRecord)


class Captures:
    """Implements `CaptureRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, capture_id: str) -> CaptureRecord | None:
        """One capture by its hash."""
        sql = f"SELECT {_codec.columns()} FROM captures WHERE id = ?"  # noqa: S608
        row = self._db.execute(sql, (capture_id,)).fetchone()
        return _codec.value(row) if row else None

    def put(self, capture: CaptureRecord) -> None:
        """Write it."""
        row = dict(zip(_codec.names, _codec.row(capture), strict=True))
        self._db.table("captures").upsert(row, pk="id")
