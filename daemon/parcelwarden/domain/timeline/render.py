"""Draws the timeline, as wide as it is asked for and as high as it needs: its letters keep their size."""

from __future__ import annotations

from parcelwarden.domain.timeline import areas
from parcelwarden.domain.timeline.canvas import LINE, SIZE, Canvas
from parcelwarden.domain.timeline.dates import Dates
from parcelwarden.domain.timeline.key import key
from parcelwarden.domain.timeline.model import Timeline
from parcelwarden.domain.timeline.scale import Scale, scale_of
from parcelwarden.domain.timeline.text import escape, width, wrapped
from parcelwarden.domain.timeline.theme import PATTERNS, STYLE
from parcelwarden.domain.timeline.tiers import labelled
from parcelwarden.domain.timeline.told import told

NARROWEST, WIDEST = 280, 1600
MARGIN = 10


def render(line: Timeline, across: int = 360) -> str:
    """The SVG document, `across` pixels wide (280 to 1600). It has no script and refers to nothing outside of it."""
    canvas, high = drawn(line, across)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{high:g}" viewBox="0 0 {across} {high:g}" '
        f'role="img" aria-labelledby="title desc"><title id="title">{escape(line.title)}: timeline</title>'
        f'<desc id="desc">{escape(told(line))}</desc><style>{STYLE}</style><defs>{PATTERNS}</defs>'
        f'<rect class="f-ground" width="{across}" height="{high:g}"/>{canvas.svg()}</svg>\n'
    )


def drawn(line: Timeline, across: int) -> tuple[Canvas, float]:
    """The shapes and texts, and how high they stand."""
    under, canvas = Canvas(across), Canvas(across)
    scale = scale_of(line, MARGIN, across - MARGIN)
    top = _head(canvas, scale, line)
    axis = top
    top = _axis(canvas, scale, top, line)
    begin = top
    top = _life(canvas, scale, top, line)
    if line.delivery:
        top = areas.delivery(canvas, scale, top, line.delivery, line.delivery_text)
    for lane in line.lanes:
        top = areas.lane(canvas, scale, top, lane)
    for bar in line.bars:
        top = areas.window(canvas, scale, top, bar)
    for limit in line.limits:
        top = areas.clock(canvas, scale, top, limit, line.now)
    if line.missing:
        top = areas.heading(canvas, scale, top, "Not known yet", line.missing) + 4
    _upright(under, scale, axis, begin, top, line)
    top = _foot(canvas, scale, key(canvas, scale, top, line), line)
    return canvas.on(under), top + 4


def _head(canvas: Canvas, scale: Scale, line: Timeline) -> float:
    room = scale.right - scale.left
    top = 6.0
    for words in wrapped(line.title, 15, room, lines=2, bold=True):
        top += 19
        canvas.text(words, scale.left, top - 3, size=15, names="bold")
    for words in wrapped(line.name, SIZE, room, lines=2):
        top += LINE
        canvas.text(words, scale.left, top - 3, names="soft")
    return top + 4


def _axis(canvas: Canvas, scale: Scale, top: float, line: Timeline) -> float:
    """The word for now, and below it the days."""
    dates = Dates(line.zone, line.now)
    words = f"now {dates.day(line.now)}"
    across = width(words, SIZE, bold=True)
    left = min(max(scale.left, scale.x(line.now) - across / 2), scale.right - across)
    canvas.text(words, left, top + SIZE, names="bold")
    base = top + LINE + SIZE
    end = 0.0
    for at in scale.ticks(72):
        day = dates.day(at)
        x = scale.x(at) - width(day, 11) / 2
        if x >= max(scale.left, end) and x + width(day, 11) <= scale.right:
            canvas.text(day, x, base, size=11, names="soft")
            end = x + width(day, 11) + 8
    return base + 8


def _upright(under: Canvas, scale: Scale, axis: float, begin: float, end: float, line: Timeline) -> None:
    for at in scale.ticks(72):
        under.line(f"M{scale.x(at):g} {begin - 4:g}V{end:g}", "faint")
    under.line(f"M{scale.x(line.now):g} {axis + LINE:g}V{end:g}", "now", 1.6, "5 3")


def _life(canvas: Canvas, scale: Scale, top: float, line: Timeline) -> float:
    """The order's own line."""
    if not line.marks:
        return areas.heading(canvas, scale, top, "No date of this order is known yet.") + 4
    y = top + 8
    canvas.line(f"M{scale.left:g} {y:g}H{scale.right:g}", "line")
    canvas.line(f"M{scale.x(line.marks[0].at):g} {y:g}H{scale.x(line.marks[-1].at):g}", "ink", 2)
    for mark in line.marks:
        canvas.mark(mark.shape, scale.x(mark.at), y)
    return labelled(canvas, [(scale.x(m.at), m.label) for m in line.marks], y + 9, scale.left, scale.right) + 4


def _foot(canvas: Canvas, scale: Scale, top: float, line: Timeline) -> float:
    dates = Dates(line.zone, line.now)
    words = f"Hours in {dates.zone_name(line.now)}. As known on {dates.instant(line.now)}."
    for told_line in wrapped(words, 11, scale.right - scale.left, lines=2):
        top += 14
        canvas.text(told_line, scale.left, top, size=11, names="soft")
    return top + 6
