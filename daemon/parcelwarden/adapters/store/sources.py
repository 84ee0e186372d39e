"""Rows of the sources' health. A handful of rows, kept whole as JSON."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from parcelwarden.adapters.store.codec import json_text
from parcelwarden.services.records import SourceHealth

_decode = msgspec.json.Decoder(SourceHealth).decode


class Sources:
    """Implements `SourceRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, source: str) -> SourceHealth:
        """The health of one source; `never_tried` when nothing is known."""
        row = self._db.execute("SELECT health FROM sources WHERE source = ?", (source,)).fetchone()
        return _decode(row[0]) if row else SourceHealth(source=source)

    def put(self, health: SourceHealth) -> None:
        """Write it."""
        sql = "INSERT OR REPLACE INTO sources (source, health) VALUES (?, ?)"
        self._db.execute(sql, (health.source, json_text(health)))

    def all(self) -> list[SourceHealth]:
        """Every source that was ever asked, by id."""
        return [_decode(row[0]) for row in self._db.execute("SELECT health FROM sources ORDER BY source")]
