"""Rows of the settings and of small remembered values: a key, a JSON value."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlite_utils import Database

from parcelwarden.adapters.store.codec import json_text


class Settings:
    """Implements `SettingRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> Any:
        """The value, None when there is none."""
        row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        """Write it."""
        self._db.table("settings").upsert({"key": key, "value": json_text(value)}, pk="key")
