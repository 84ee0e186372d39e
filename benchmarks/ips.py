"""Reads the postal development file and files of the same columns into the daemon's events, by parcel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks.rows import read_rows
from parcelparsers.model import Event, Leg, State

DISPATCHED, DELIVERED = "12", "37"

STATES = {
    "31": State.CUSTOMS_HOLD,
    "39": State.OUT_FOR_DELIVERY,
    "36": State.DELIVERY_FAILED,
    "37": State.DELIVERED,
    "3": State.RETURNED,
    "8": State.RETURNED,
    "11": State.RETURNED,
}
"""Codes of the UPU's IPS as the development file names them; the outbound codes of the office of exchange mean that
the parcel goes back. Every other code is transit."""

LEGS = {"12": Leg.LINE_HAUL, "30": Leg.ARRIVED, "31": Leg.ARRIVED, "38": Leg.CLEARED, "7": Leg.CLEARED, "37": Leg.FINAL}
KIND_LEGS = {"exchange": Leg.CLEARED, "centre": Leg.LOCAL, "office": Leg.FINAL}
"""Where the code does not say how far the parcel got, the kind of office does."""


class Scanned(msgspec.Struct, frozen=True):
    """One parcel: its name, its lane (country of the sending office | mail class), its events, oldest first."""

    name: str
    lane: str
    events: tuple[Event, ...]

    @property
    def delivered(self) -> bool:
        """Whether it has a delivered scan."""
        return any(event.code == DELIVERED for event in self.events)

    @property
    def scanned_inside(self) -> bool:
        """Whether it was scanned at the destination."""
        return any(event.code != DISPATCHED for event in self.events)


def read_parcels(path: Path) -> list[Scanned]:
    """The parcels of a file (plain or gzip, rows in any order), each ending with its delivered scan. Times have no
    zone and are read as if they were UTC; a row without a time tells nothing and is left out."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(path):
        if row["ts_local"]:
            rows[row["parcel"]].append(row)
    return [_parcel(name, sorted(scans, key=lambda row: row["ts_local"])) for name, scans in rows.items()]


def _parcel(name: str, scans: list[dict[str, str]]) -> Scanned:
    events = [_event(row) for row in scans]
    end = next((index for index, event in enumerate(events, 1) if event.code == DELIVERED), len(events))
    first = scans[0]
    return Scanned(name, f"{first['bag_from'][:2]}|{first['bag_mail']}", tuple(events[:end]))


def _event(row: Mapping[str, str]) -> Event:
    code = row["code"]
    return Event(
        local_time=row["ts_local"],
        at=datetime.fromisoformat(row["ts_local"]).replace(tzinfo=UTC),
        code=code,
        state=STATES.get(code, State.IN_TRANSIT),
        leg=LEGS.get(code) or KIND_LEGS.get(row["office_kind"], Leg.CLEARED),
        description=row["event"],
    )
