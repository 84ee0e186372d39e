"""Rows of the paired clients and script tokens. Tokens are kept as SHA-256 only."""

from __future__ import annotations

from sqlite_utils import Database

from parcelwarden.adapters.store.codec import Codec
from parcelwarden.services.records import ClientRecord

_codec = Codec(ClientRecord)
_SELECT = f"SELECT {_codec.columns()} FROM clients"  # noqa: S608


class Clients:
    """Implements `ClientRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, client_id: str) -> ClientRecord | None:
        """One client by its id."""
        row = self._db.execute(f"{_SELECT} WHERE id = ?", (client_id,)).fetchone()
        return _codec.value(row) if row else None

    def put(self, client: ClientRecord) -> None:
        """Write it."""
        row = dict(zip(_codec.names, _codec.row(client), strict=True))
        self._db.table("clients").upsert(row, pk="id")

    def forget(self, client_id: str) -> None:
        """Drop it; its token is worth nothing from now on."""
        self._db.table("clients").delete_where("id = ?", [client_id])

    def all(self) -> list[ClientRecord]:
        """Every client, oldest first."""
        return [_codec.value(row) for row in self._db.execute(f"{_SELECT} ORDER BY created_at, id")]
