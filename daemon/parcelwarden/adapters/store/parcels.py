"""Rows of the parcels, their numbers, and the looks at each source. Events are one JSON column of the parcel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from parcelwarden.adapters.store import cursors
from parcelwarden.adapters.store.codec import Codec, instant, seconds, seconds_up
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.records import Look, ParcelRecord, Prospect

_parcels = Codec(ParcelRecord, apart=("numbers", "looks", "orders"))
_looks = Codec(Look, up=("next_look_at",))
_UPSERT = _parcels.upsert("parcels", ("id",))
_UPSERT_LOOK = _looks.upsert("looks", ("parcel_id", "source"))
_UPDATE_LOOK = (
    f"UPDATE looks SET {', '.join(f'{name} = ?' for name in _looks.names)} WHERE parcel_id = ? AND source = ? "  # noqa: S608
    "AND number = ?"
)
_SETTLED = (
    "coalesce((SELECT min(o.settled) FROM order_parcels l JOIN orders o ON o.id = l.order_row "
    "WHERE l.parcel_id = {}), 0)"
)
_prospects = Codec(Prospect)
_PROSPECT = (
    "SELECT p.state, p.leg, p.created_at, p.moved_at, min(o.act_by), coalesce(min(o.settled), 0), p.id FROM parcels p "
    "LEFT JOIN order_parcels l ON l.parcel_id = p.id LEFT JOIN orders o ON o.id = l.order_row "
    "WHERE p.id IN ({}) GROUP BY p.id"
)
_LOOK = f"SELECT {_looks.columns()} FROM looks"  # noqa: S608
_SPREAD = 600
_DAY = 86400


class Parcels:
    """Implements `ParcelRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, parcel_id: int) -> ParcelRecord | None:
        """One parcel with everything."""
        found = self.many([parcel_id])
        return found[0] if found else None

    def many(self, parcel_ids: Sequence[int]) -> list[ParcelRecord]:
        """The parcels that are there, in the order asked."""
        found = [self._one(parcel_id) for parcel_id in parcel_ids]
        return [parcel for parcel in found if parcel]

    def by_number(self, number: str) -> ParcelRecord | None:
        """The parcel that has this number among its own."""
        row = self._db.execute("SELECT parcel_id FROM parcel_numbers WHERE number = ?", (number,)).fetchone()
        return self.get(row[0]) if row else None

    def create(self, number: str, now: datetime) -> ParcelRecord:
        """A new parcel with its first number. The number must be new."""
        sql = "INSERT INTO parcels (leg, flags, created_at, events) VALUES (0, '[]', ?, '[]')"
        parcel_id = int(self._db.execute(sql, (seconds(now),)).lastrowid or 0)
        self.add_number(parcel_id, number, now)
        return ParcelRecord(id=parcel_id, numbers=(number,), created_at=now)

    def put(self, parcel: ParcelRecord) -> None:
        """Write the parcel's own columns; numbers, looks and links have their own verbs."""
        self._db.execute(_UPSERT, _parcels.row(parcel))

    def forget(self, parcel_id: int) -> None:
        """Drop the parcel with its numbers, looks and links."""
        self._db.execute("DELETE FROM parcels WHERE id = ?", (parcel_id,))

    def add_number(self, parcel_id: int, number: str, now: datetime) -> None:
        """Give the parcel one more number, from now on the one shown."""
        sql = "INSERT INTO parcel_numbers (number, parcel_id, added_at) VALUES (?, ?, ?)"
        self._db.execute(sql, (number, parcel_id, seconds(now)))

    def put_look(self, look: Look) -> None:
        """Write one look."""
        self._db.execute(_UPSERT_LOOK, _looks.row(look))

    def update_looks(self, looks: Iterable[Look]) -> None:
        """Write looks that are still there; one whose parcel was forgotten, or whose source is asked for another number
        by now, is let go."""
        rows = ([*_looks.row(look), look.parcel_id, look.source, look.number] for look in looks)
        self._db.conn.executemany(_UPDATE_LOOK, rows)

    def prospects(self, parcel_ids: Sequence[int]) -> dict[int, Prospect]:
        """What decides how soon each parcel is looked at again."""
        holes = ", ".join("?" * len(parcel_ids))
        rows = self._db.execute(_PROSPECT.format(holes), list(parcel_ids))
        return {row[-1]: _prospects.value(row) for row in rows}

    def hold(self, source: str, until: datetime) -> None:
        """No look at this source before `until`; what was due sooner follows spread over ten minutes."""
        sql = (
            "UPDATE looks SET next_look_at = ? + (parcel_id * 37) % ? "
            "WHERE source = ? AND next_look_at IS NOT NULL AND next_look_at < ?"
        )
        moment = seconds_up(until)
        self._db.execute(sql, (moment, _SPREAD, source, moment))

    def rest(self, parcel_ids: Sequence[int]) -> None:
        """Look no more at those of the parcels all of whose orders are settled."""
        holes = ", ".join("?" * len(parcel_ids))
        settled = _SETTLED.format("looks.parcel_id")
        sql = (
            f"UPDATE looks SET next_look_at = NULL WHERE parcel_id IN ({holes}) "  # noqa: S608
            f"AND next_look_at IS NOT NULL AND {settled}"
        )
        self._db.execute(sql, list(parcel_ids))

    def wake(self, parcel_ids: Sequence[int], now: datetime) -> None:
        """Look again at parcels that were let be: a day after the last try at the soonest."""
        holes = ", ".join("?" * len(parcel_ids))
        sql = (
            "UPDATE looks SET next_look_at = max(?, coalesce(last_tried_at, 0) + ?) "  # noqa: S608
            f"WHERE parcel_id IN ({holes}) AND next_look_at IS NULL"
        )
        self._db.execute(sql, [seconds(now), _DAY, *parcel_ids])

    def rewind(self, now: datetime) -> None:
        """The clock was set back to `now`: looks that were made later count as made now, their waits as begun now."""
        sql = (
            "UPDATE looks SET next_look_at = :now + max(0, next_look_at - last_tried_at), last_tried_at = :now, "
            "last_ok_at = min(last_ok_at, :now) WHERE last_tried_at > :now"
        )
        self._db.execute(sql, {"now": seconds(now)})

    def due(self, now: datetime, limit: int) -> list[Look]:
        """Looks of the daemon's own whose time has come, longest due first."""
        return self._due(now, limit, relay=False)

    def relay_due(self, now: datetime, limit: int) -> list[Look]:
        """Looks of the user's browser whose time has come, longest due first."""
        return self._due(now, limit, relay=True)

    def _due(self, now: datetime, limit: int, *, relay: bool) -> list[Look]:
        sql = f"{_LOOK} WHERE relay = ? AND next_look_at <= ? ORDER BY next_look_at LIMIT ?"
        return [_looks.value(row) for row in self._db.execute(sql, (int(relay), seconds(now), limit))]

    def soon(self, source: str, now: datetime, floor: timedelta, limit: int) -> list[Look]:
        """Looks at this source that are due within half a floor and were last tried a floor ago, soonest due first."""
        sql = (
            f"{_LOOK} WHERE source = ? AND next_look_at > ? AND next_look_at <= ? "
            "AND coalesce(last_tried_at, 0) <= ? ORDER BY next_look_at LIMIT ?"
        )
        values = (source, seconds(now), seconds(now + floor / 2), seconds(now - floor), limit)
        return [_looks.value(row) for row in self._db.execute(sql, values)]

    def ended_in(self, source: str, outcomes: Sequence[str]) -> bool:
        """Whether the last try of any look at this source ended in one of these outcomes."""
        holes = ", ".join("?" * len(outcomes))
        sql = f"SELECT 1 FROM looks WHERE source = ? AND last_outcome IN ({holes}) LIMIT 1"  # noqa: S608
        return self._db.execute(sql, [source, *outcomes]).fetchone() is not None

    def next_look_at(self) -> datetime | None:
        """When the daemon's own next look is due."""
        sql = "SELECT min(next_look_at) FROM looks WHERE relay = 0 AND next_look_at IS NOT NULL"
        return instant(self._db.execute(sql).fetchone()[0])

    def page(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]:
        """A page of parcels, newest first, and the cursor of the next. Raises `Invalid` for a bad cursor."""
        before = cursors.read(cursor, 1)[0] if cursor is not None else 1 << 62
        sql = "SELECT id FROM parcels WHERE id < ? ORDER BY id DESC LIMIT ?"
        ids = [row[0] for row in self._db.execute(sql, (before, limit + 1))]
        following = cursors.write(ids[limit - 1]) if len(ids) > limit > 0 else None
        return self.many(ids[:limit]), following

    def _one(self, parcel_id: int) -> ParcelRecord | None:
        sql = f"SELECT {_parcels.columns()} FROM parcels WHERE id = ?"  # noqa: S608
        row = self._db.execute(sql, (parcel_id,)).fetchone()
        if row is None:
            return None
        return _parcels.value(
            row, numbers=self._numbers(parcel_id), looks=self._looks(parcel_id), orders=self._orders(parcel_id)
        )

    def _numbers(self, parcel_id: int) -> tuple[str, ...]:
        sql = "SELECT number FROM parcel_numbers WHERE parcel_id = ? ORDER BY id DESC"
        return tuple(row[0] for row in self._db.execute(sql, (parcel_id,)))

    def _looks(self, parcel_id: int) -> tuple[Look, ...]:
        sql = f"{_LOOK} WHERE parcel_id = ? ORDER BY rank, source"
        return tuple(_looks.value(row) for row in self._db.execute(sql, (parcel_id,)))

    def _orders(self, parcel_id: int) -> tuple[OrderRef, ...]:
        sql = (
            "SELECT o.marketplace, o.order_id FROM order_parcels p JOIN orders o ON o.id = p.order_row "
            "WHERE p.parcel_id = ? ORDER BY o.id"
        )
        return tuple(OrderRef(*row) for row in self._db.execute(sql, (parcel_id,)))
