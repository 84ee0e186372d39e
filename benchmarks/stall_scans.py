"""Stalls on real postal scans, replayed: `parcel,first_stalled_at` (empty: never).

    python benchmarks/stall_scans.py --train dev.csv.gz --score FILE --out stalls.csv

Both files have the columns of the postal development file. A parcel is judged at each scan and then daily until its
next scan or 120 days after its last one, by the daemon's model of silence without the clamps. A look uses only what was
known by the beginning of its week: scans of all parcels of both files up to then, nothing later. The standard library
and the daemon's own model, nothing else.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("", "daemon", "parsers")]

from benchmarks.ips import Scanned, read_parcels  # noqa: E402
from parcelparsers.model import Event, State  # noqa: E402
from parcelwarden.domain.silence import (  # noqa: E402
    History,
    SilenceCounts,
    SilenceEstimate,
    SilenceSettings,
    calibrated,
    observe,
)
from parcelwarden.domain.silence.steps import is_abroad  # noqa: E402
from parcelwarden.domain.verdict.silence import step_after  # noqa: E402

DAY, WEEK = timedelta(days=1), timedelta(days=7)
JUDGED_DAYS = 120
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rolling:
    """The estimate as of the beginning of each week, from what was scanned by then."""

    def __init__(self, parcels: Iterable[Scanned], settings: SilenceSettings | None = None) -> None:
        self._parcels = list(parcels)
        self._settings = settings or SilenceSettings()
        self._weeks: dict[datetime, SilenceEstimate] = {}

    def at(self, instant: datetime) -> SilenceEstimate:
        """What is known at the beginning of the week in which an instant lies (weeks begin on Thursday, 0:00)."""
        week = EPOCH + (instant - EPOCH) // WEEK * WEEK
        if week not in self._weeks:
            self._weeks[week] = self._estimate(week)
        return self._weeks[week]

    def _estimate(self, week: datetime) -> SilenceEstimate:
        known = [History(each.lane, each.events, week) for each in self._parcels if when(each.events[0]) <= week]
        counts = SilenceCounts()
        for each in known:
            observe(counts, each.lane, each.movement, week)
        return SilenceEstimate(counts, calibrated(known, self._settings))


def first_stalled(parcel: Scanned, rolling: Rolling) -> datetime | None:
    """The first daily look at which the silence is beyond what is expected; None for never."""
    for place, (event, after) in enumerate(pairwise((*parcel.events, None)), 1):
        assert event is not None
        if event.state is State.DELIVERED:
            return None
        step = step_after(parcel.events[:place])
        silent = (when(after) - when(event)) / DAY if after else JUDGED_DAYS + 1
        for day in range(1, math.ceil(silent)):
            looked = when(event) + day * DAY
            estimate = rolling.at(looked)
            if day > estimate.limit(parcel.lane, step) and not (
                is_abroad(step) and estimate.without_scans(parcel.lane)
            ):
                return looked
    return None


def when(event: Event) -> datetime:
    """The instant of a scan; every row of the file has one."""
    assert event.at is not None
    return event.at


def score(
    train: list[Scanned], file: list[Scanned], settings: SilenceSettings | None = None
) -> dict[str, datetime | None]:
    """For each parcel of `file` its first stalled look. A parcel of both files is taken from `file`."""
    own = {parcel.name for parcel in file}
    rolling = Rolling([*file, *(parcel for parcel in train if parcel.name not in own)], settings)
    return {parcel.name: first_stalled(parcel, rolling) for parcel in file}


def main() -> None:
    """Read the arguments, judge, write."""
    parser = argparse.ArgumentParser(description="First stalled look of each parcel, replayed over recorded scans.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    begun = time.perf_counter()
    found = score(read_parcels(asked.train), read_parcels(asked.score))
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("parcel", "first_stalled_at"))
        writer.writerows((name, at.strftime("%Y-%m-%d %H:%M:%S") if at else "") for name, at in found.items())
    print(f"{len(found)} parcels in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
