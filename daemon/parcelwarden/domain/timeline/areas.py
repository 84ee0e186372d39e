"""The rows of the picture: delivery time, parcels, windows, clocks. Each is a heading with its area below."""

from __future__ import annotations

from datetime import datetime

from parcelwarden.domain.timeline.canvas import LINE, SIZE, Canvas
from parcelwarden.domain.timeline.labels import LEGS
from parcelwarden.domain.timeline.model import Bar, Lane, Limit, Shape, Silence
from parcelwarden.domain.timeline.scale import Scale
from parcelwarden.domain.timeline.text import wrapped
from parcelwarden.domain.timeline.tiers import labelled

STAIRS = 35
"""Height of a parcel's lane: five pixels a leg."""
THICK = 12


def heading(canvas: Canvas, scale: Scale, top: float, title: str, text: str = "") -> float:
    """A bold line, and below it what is to be told; answers where they end."""
    room = scale.right - scale.left
    lines = [(told, "bold") for told in wrapped(title, SIZE, room, lines=2, bold=True)]
    lines += [(told, "soft") for told in wrapped(text, SIZE, room, lines=4)]
    for told, names in lines:
        top += LINE
        canvas.text(told, scale.left, top - 3, names=names)
    return top


def delivery(canvas: Canvas, scale: Scale, top: float, span: tuple[datetime, datetime], text: str) -> float:
    """The time that the shop promised."""
    top = heading(canvas, scale, top, text)
    begin, end = scale.x(span[0]), scale.x(span[1])
    canvas.rect(begin, top + 2, end, top + 2 + THICK, "p-delivery")
    canvas.line(f"M{end:g} {top:g}v{THICK + 4}", "ink", 2)
    return top + THICK + 10


def lane(canvas: Canvas, scale: Scale, top: float, given: Lane) -> float:
    """One parcel: a stair that rises with every leg, its scans, and the silence after them."""
    top = heading(canvas, scale, top, given.title, given.text) + 6
    if not given.scans:
        return top
    bottom = top + STAIRS
    if given.silence:
        _silence(canvas, scale, top, given.silence)
    canvas.line(f"M{scale.left:g} {bottom:g}H{scale.right:g}", "faint")
    steps: list[tuple[float, str]] = []
    path, highest = "", -1
    for scan in given.scans:
        x, leg = scale.x(scan.at), max(highest, scan.leg)
        y = bottom - 5 * leg
        path += f"H{x:g}V{y:g}" if path else f"M{x:g} {y:g}"
        if leg > highest:
            steps.append((x, LEGS[min(leg, len(LEGS) - 1)]))
        highest = leg
        wrong = scan.shape is Shape.TRIANGLE
        canvas.mark(scan.shape, x, y, "warm" if wrong else "blue", 4 if wrong else 3.2)
    if path:
        reach = scale.x(given.silence.looked) if given.silence else 0
        canvas.line(path + (f"H{reach:g}" if reach else ""), "blue", 1.6)
    return labelled(canvas, steps, bottom + 6, scale.left, scale.right) + 4


def _silence(canvas: Canvas, scale: Scale, top: float, given: Silence) -> None:
    bottom = top + STAIRS
    looked = scale.x(given.looked)
    canvas.rect(scale.x(given.since), top, looked, bottom, "p-quiet")
    if given.expected is None:
        return
    end = scale.x(given.expected)
    canvas.rect(max(looked, scale.x(given.since)), top, end, bottom, "p-expected")
    canvas.line(f"M{end:g} {top:g}V{bottom:g}", "ink", 1.4, "4 2")


def window(canvas: Canvas, scale: Scale, top: float, bar: Bar) -> float:
    """One window: dotted before it opens, full while surely open, dotted while it may be, striped after `act_by`."""
    top = heading(canvas, scale, top, bar.title, bar.text) + 3
    middle, bottom = top + THICK / 2, top + THICK
    canvas.line(f"M{scale.left:g} {middle:g}H{scale.right:g}", "line", 1, "1 4")
    opens, safe, ends = bar.opens, bar.last_safe, bar.ends
    if opens is not None:
        until = safe or ends or scale.end
        turn = min(max(bar.act_by or until, opens), until)
        canvas.rect(scale.x(opens), top, scale.x(turn), bottom, "blue" if bar.sure else "p-maybe")
        canvas.rect(scale.x(turn), top, scale.x(until), bottom, "p-late")
    if safe is not None and ends is not None:
        canvas.rect(scale.x(max(safe, opens or safe)), top, scale.x(ends), bottom, "p-grace")
    _ends(canvas, scale, top, bar)
    return bottom + 8


def _ends(canvas: Canvas, scale: Scale, top: float, bar: Bar) -> None:
    """The window's instants; those out of range are told by an arrow."""
    middle, bottom = top + THICK / 2, top + THICK
    if bar.last_safe is not None and scale.holds(bar.last_safe):
        canvas.line(f"M{scale.x(bar.last_safe):g} {top - 2:g}V{bottom + 2:g}", "ink", 2)
    if bar.ends is not None and scale.holds(bar.ends):
        x = scale.x(bar.ends)
        canvas.line(f"M{x - 4:g} {middle - 4:g}l8 8m0 -8l-8 8", "ink", 1.8)
    if bar.act_by is not None and scale.holds(bar.act_by):
        canvas.mark(Shape.DIAMOND, scale.x(bar.act_by), middle, "ink", 5)
    if any(at is not None and at > scale.end for at in (bar.act_by, bar.last_safe, bar.ends)):
        canvas.line(f"M{scale.right - 5:g} {middle - 5:g}l5 5l-5 5", "ink", 1.8)


def clock(canvas: Canvas, scale: Scale, top: float, limit: Limit, now: datetime) -> float:
    """A clock: a thin line from now to its end."""
    top = heading(canvas, scale, top, limit.title, limit.text) + 7
    begin, end = sorted((scale.x(now), scale.x(limit.until)))
    canvas.line(f"M{begin:g} {top:g}H{end:g}", "ink" if limit.ours else "line", 2, "" if limit.ours else "6 3")
    canvas.mark(Shape.TRIANGLE if limit.ours else Shape.RING, scale.x(limit.until), top, "ink", 4)
    return top + 11
