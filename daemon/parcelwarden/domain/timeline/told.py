"""The picture in words, for those who hear it."""

from __future__ import annotations

from collections.abc import Iterator

from parcelwarden.domain.timeline.dates import Dates
from parcelwarden.domain.timeline.model import Timeline

MOST_SCANS = 40
"""Newest scans of a parcel that are told."""


def told(line: Timeline) -> str:
    """Everything that the picture shows, as sentences."""
    return " ".join(f"{sentence}." for sentence in _sentences(line))


def _sentences(line: Timeline) -> Iterator[str]:
    dates = Dates(line.zone, line.now)
    yield f"{line.name}. Now: {dates.instant(line.now)} {dates.zone_name(line.now)}"
    if line.marks:
        yield ", ".join(mark.label for mark in line.marks)
    if line.delivery_text:
        yield line.delivery_text
    for lane in line.lanes:
        yield f"Parcel {lane.title}: {lane.text}"
        newest = lane.scans[-MOST_SCANS:]
        if newest:
            yield "; ".join(f"{dates.instant(scan.at)} {scan.label}" for scan in newest)
    items = [(bar.title, bar.text) for bar in line.bars] + [(limit.title, limit.text) for limit in line.limits]
    for title, text in items:
        yield f"{title}: {text}" if text else title
    if line.missing:
        yield f"Not known: {line.missing}"
