"""Rows of the kept answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from parcelwarden.adapters.store.codec import moment, seconds
from parcelwarden.services.answers import MOST, AnswerRecord

_ROW = 200
"""Bytes that a row takes beside its reading, about."""
_COLUMNS = "parcel_id, source, number, asked_at, outcome, received_sha256, reading"
_NEIGHBOURS = """
    SELECT id, coalesce(length(reading), 0) FROM answers WHERE parcel_id = :parcel OR parcel_id IN (
        SELECT other.parcel_id FROM order_parcels mine JOIN order_parcels other ON other.order_row = mine.order_row
        WHERE mine.parcel_id = :parcel
    ) ORDER BY asked_at, id
"""


class Answers:
    """Implements `AnswerRows`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, answer: AnswerRecord) -> None:
        """Keep one, and stay within the bound; one whose parcel was forgotten is let go."""
        values = (
            answer.parcel_id,
            answer.source,
            answer.number,
            seconds(answer.asked_at),
            answer.outcome,
            answer.received_sha256,
            answer.reading,
        )
        there = "SELECT ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM parcels WHERE id = ?)"
        self._db.execute(f"INSERT INTO answers ({_COLUMNS}) {there}", (*values, answer.parcel_id))
        self._trim(answer.parcel_id)

    def of(self, parcel_id: int) -> list[AnswerRecord]:
        """Those about one parcel, oldest first."""
        sql = f"SELECT {_COLUMNS} FROM answers WHERE parcel_id = ? ORDER BY asked_at, id"  # noqa: S608
        return [
            AnswerRecord(
                parcel_id=row[0],
                source=row[1],
                number=row[2],
                asked_at=moment(row[3]),
                outcome=row[4],
                received_sha256=row[5],
                reading=row[6],
            )
            for row in self._db.execute(sql, (parcel_id,))
        ]

    def move(self, parcel_id: int, to: int) -> None:
        """All of one parcel to another."""
        self._db.execute("UPDATE answers SET parcel_id = ? WHERE parcel_id = ?", (to, parcel_id))

    def _trim(self, parcel_id: int) -> None:
        """First the readings between the first and the last give way, then their rows, then what is left."""
        rows = self._db.execute(_NEIGHBOURS, {"parcel": parcel_id}).fetchall()
        between, edges = rows[1:-1], [*rows[:1], *rows[1:][-1:]]
        total = sum(size + _ROW for _, size in rows)
        total = self._give_way("UPDATE answers SET reading = NULL WHERE id = ?", between, total)
        total = self._give_way("DELETE FROM answers WHERE id = ?", [(row_id, _ROW) for row_id, _ in between], total)
        self._give_way("UPDATE answers SET reading = NULL WHERE id = ?", edges, total)

    def _give_way(self, sql: str, rows: Sequence[tuple[int, int]], total: int) -> int:
        """Do so with rows (id, bytes that it frees) until there is room; answers the bytes that are left."""
        for row_id, freed in rows:
            if total > MOST and freed:
                self._db.execute(sql, (row_id,))
                total -= freed
        return total
