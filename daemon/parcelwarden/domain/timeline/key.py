"""The key below the picture: what its patterns and marks mean, only those that are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parcelwarden.domain.timeline.canvas import LINE, SIZE, Canvas
from parcelwarden.domain.timeline.model import Bar, Shape, Timeline
from parcelwarden.domain.timeline.scale import Scale
from parcelwarden.domain.timeline.text import width

_SWATCH = 22
Drawn = Callable[[Canvas, float, float], None]


def key(canvas: Canvas, scale: Scale, top: float, line: Timeline) -> float:
    """Write it in as many rows as it takes; answers where it ends."""
    left = scale.left
    row = top + LINE
    for draw, words in _entries(line):
        across = _SWATCH + width(words, SIZE) + 12
        if left > scale.left and left + across > scale.right + 12:
            left, row = scale.left, row + LINE + 2
        draw(canvas, left, row - 4)
        canvas.text(words, left + _SWATCH, row, names="soft")
        left += across
    return row + 6


def _entries(line: Timeline) -> Iterator[tuple[Drawn, str]]:
    scans = [scan.shape for lane in line.lanes for scan in lane.scans]
    if scans:
        yield _marked(Shape.CIRCLE, "blue"), "scan"
    if Shape.RING in scans:
        yield _marked(Shape.RING, "blue"), "announced only"
    if Shape.TRIANGLE in scans:
        yield _marked(Shape.TRIANGLE, "warm"), "trouble"
    if Shape.SQUARE in scans:
        yield _marked(Shape.SQUARE, "blue"), "there"
    silent = [lane.silence for lane in line.lanes if lane.silence]
    if silent:
        yield _area("p-quiet"), "silence"
    if any(silence.expected for silence in silent):
        yield _area("p-expected"), "silence as expected"
    for draw, words, used in _OF_WINDOWS:
        if any(map(used, line.bars)):
            yield draw, words


def _marked(shape: Shape, colour: str) -> Drawn:
    return lambda canvas, x, y: canvas.mark(shape, x + 8, y, colour, 4)


def _area(fill: str) -> Drawn:
    return lambda canvas, x, y: canvas.rect(x, y - 5, x + 16, y + 5, fill, "line")


def _upright(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(f"M{x + 8:g} {y - 6:g}v12", "ink", 2)


def _cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(f"M{x + 4:g} {y - 4:g}l8 8m0 -8l-8 8", "ink", 1.8)


_OF_WINDOWS: tuple[tuple[Drawn, str, Callable[[Bar], bool]], ...] = (
    (_area("blue"), "surely open", lambda bar: bar.sure and bar.opens is not None),
    (_area("p-maybe"), "may be open", lambda bar: not bar.sure and bar.opens is not None),
    (
        _area("p-late"),
        "do not rest on it",
        lambda bar: bool(bar.act_by and bar.last_safe and bar.act_by < bar.last_safe),
    ),
    (_marked(Shape.DIAMOND, "ink"), "act by", lambda bar: bar.act_by is not None),
    (_upright, "last safe", lambda bar: bar.last_safe is not None),
    (_area("p-grace"), "grace", lambda bar: bool(bar.last_safe and bar.ends and bar.last_safe < bar.ends)),
    (_cross, "closed", lambda bar: bar.ends is not None),
)
