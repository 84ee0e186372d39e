"""The scans of an order's parcels as a table, for a picture: as the carriers printed them, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from parcelparsers.model import Event
from parcelwarden.domain.model import ParcelFacts
from parcelwarden.domain.timeline.canvas import LINE, SIZE, Canvas
from parcelwarden.domain.timeline.labels import LEGS
from parcelwarden.domain.timeline.text import escape, shortened, wrapped
from parcelwarden.domain.timeline.theme import STYLE

ACROSS = 860
MOST = 60
"""Scans that are shown, shared among the order's parcels, at least one of each; how many older ones there are is told.
More would make a picture that no form takes."""
_LEFT, _RIGHT = 14, ACROSS - 14
_COLUMNS = ((_LEFT, 176, "When, as printed"), (204, 96, "How far"), (308, 350, "What"), (670, 176, "Where"))


def scan_table(parcels: Sequence[ParcelFacts], name: str, now: datetime) -> str:
    """The SVG document. `name` is the order's; `now` (UTC) stands at the foot."""
    canvas = Canvas(ACROSS)
    top = 26.0
    canvas.text(f"Tracking of {name}", _LEFT, top, size=15, names="bold")
    each = max(1, MOST // max(1, len(parcels)))
    for parcel in parcels:
        top = _parcel(canvas, top + 14, parcel, each)
    if not parcels:
        top += LINE + 4
        canvas.text("No parcel of this order is known.", _LEFT, top)
    top += LINE + 8
    canvas.text(f"As known on {now:%Y-%m-%d %H:%M} UTC.", _LEFT, top, names="soft")
    high = top + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{ACROSS}" height="{high:g}" viewBox="0 0 {ACROSS} {high:g}" '
        f'role="img" aria-labelledby="title"><title id="title">{escape(f"Tracking of {name}")}</title>'
        f'<style>{STYLE}</style><rect class="f-ground" width="{ACROSS}" height="{high:g}"/>{canvas.svg()}</svg>\n'
    )


def _parcel(canvas: Canvas, top: float, parcel: ParcelFacts, most: int) -> float:
    looked = f"last answer {parcel.last_ok_at:%Y-%m-%d %H:%M} UTC" if parcel.last_ok_at else "no source answered yet"
    source = f"source {parcel.source}" if parcel.source else "no source"
    top += LINE + 2
    canvas.text(
        shortened(f"{parcel.number} · {source} · {looked}", 13, _RIGHT - _LEFT, bold=True),
        _LEFT,
        top,
        size=13,
        names="bold",
    )
    if not parcel.events:
        canvas.text("No scan is known.", _LEFT, top + LINE + 2)
        return top + LINE + 2
    top += LINE + 4
    for left, _, words in _COLUMNS:
        canvas.text(words, left, top, names="soft bold")
    canvas.line(f"M{_LEFT} {top + 5:g}H{_RIGHT}", "line")
    newest = parcel.events[-most:][::-1]
    for event in newest:
        top = _row(canvas, top + 7, event)
    if older := len(parcel.events) - len(newest):
        top += LINE
        canvas.text(f"and {older} older ones", _LEFT, top, names="soft")
    return top


def _row(canvas: Canvas, top: float, event: Event) -> float:
    printed = " ".join(filter(None, (event.local_time.replace("T", " "), event.zone)))
    leg = LEGS[min(int(event.leg), len(LEGS) - 1)]
    cells = (printed, leg, event.description or (event.code or ""), event.location)
    deepest = 1
    for (left, room, _), words in zip(_COLUMNS, cells, strict=True):
        lines = wrapped(words, SIZE, room, lines=3)
        deepest = max(deepest, len(lines))
        for number, line in enumerate(lines, 1):
            canvas.text(line, left, top + number * LINE - 3)
    bottom = top + deepest * LINE
    canvas.line(f"M{_LEFT} {bottom + 2:g}H{_RIGHT}", "faint")
    return bottom
