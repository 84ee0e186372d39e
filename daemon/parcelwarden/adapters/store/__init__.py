"""The database: one SQLite file, owned by one thread. Implements `services.ports.Store`."""

from parcelwarden.adapters.store.copies import Copy, backup, restore, verify
from parcelwarden.adapters.store.store import SqliteStore

__all__ = ["Copy", "SqliteStore", "backup", "restore", "verify"]
