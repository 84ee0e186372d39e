"""Stalls on real postal scans, replayed: `parcel,first_stalled_at` (empty: never).

    python benchmarks/stall_scans.py --train dev.csv.gz --score FILE --out stalls.csv

Both files have the columns of the postal development file. A parcel is judged at each scan and then daily until its
next scan or 120 days after its last one, by the daemon's model of silence without the clamps. The training file is all
that is learned from; the standard library and the daemon's own model, nothing else.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("", "daemon", "parsers")]

from benchmarks.ips import Scanned, read_parcels  # noqa: E402
from parcelparsers.model import Event, State  # noqa: E402
from parcelwarden.domain.silence import SilenceCounts, SilenceEstimate, SilenceSettings, observe  # noqa: E402
from parcelwarden.domain.silence.steps import is_abroad  # noqa: E402
from parcelwarden.domain.verdict.silence import step_of  # noqa: E402

DAY = timedelta(days=1)
JUDGED_DAYS = 120


def learn(parcels: list[Scanned], settings: SilenceSettings) -> SilenceEstimate:
    """The estimate from all parcels of a file; those that are not delivered are known up to its last scan."""
    counts = SilenceCounts()
    last = max(when(parcel.events[-1]) for parcel in parcels)
    for parcel in parcels:
        observe(counts, parcel.lane, parcel.events, last)
    return SilenceEstimate(counts, settings)


def first_stalled(parcel: Scanned, estimate: SilenceEstimate) -> datetime | None:
    """The first daily look at which the silence is beyond what is expected; None for never."""
    for event, after in pairwise((*parcel.events, None)):
        assert event is not None
        if event.state is State.DELIVERED or quiet(parcel.lane, event, estimate):
            continue
        looked = when(event) + math.floor(estimate.limit(parcel.lane, step_of(event)) + 1) * DAY
        until = when(after) if after else when(event) + JUDGED_DAYS * DAY + timedelta(seconds=1)
        if looked < until:
            return looked
    return None


def quiet(lane: str, event: Event, estimate: SilenceEstimate) -> bool:
    """Whether silence is expected because this lane is not scanned at the destination."""
    return is_abroad(step_of(event)) and estimate.without_scans(lane)


def when(event: Event) -> datetime:
    """The instant of a scan; every row of the file has one."""
    assert event.at is not None
    return event.at


def score(
    train: list[Scanned], file: list[Scanned], settings: SilenceSettings | None = None
) -> dict[str, datetime | None]:
    """For each parcel of `file` its first stalled look."""
    estimate = learn(train, settings or SilenceSettings())
    return {parcel.name: first_stalled(parcel, estimate) for parcel in file}


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
