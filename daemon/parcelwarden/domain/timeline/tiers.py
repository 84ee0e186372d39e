"""Labels below a line: each as near as it can be to what it names, never over another."""

from __future__ import annotations

from collections.abc import Sequence

from parcelwarden.domain.timeline.canvas import LINE, SIZE, Canvas
from parcelwarden.domain.timeline.text import shortened, width

GAP = 8
MOST = 8
"""Tiers; what finds no place in them is left to the description."""


def labelled(canvas: Canvas, wanted: Sequence[tuple[float, str]], top: float, left: float, right: float) -> float:
    """Write labels (their x from left to right, the words) in tiers from `top` down, each beside a thin line up to its
    mark; answers where the tiers end. The last stands highest, so that no line crosses a label."""
    starts: list[float] = []
    stems: list[float] = []
    for x, words in reversed(wanted):
        told = shortened(words, SIZE, right - left)
        across = width(told, SIZE)
        begin = max(left, min(x + 3, right - across))
        end = begin + across
        free = (t for t in range(len(starts)) if end + GAP <= starts[t] and all(end <= stem for stem in stems[t + 1 :]))
        tier = next(free, len(starts))
        if tier >= MOST:
            continue
        starts[tier : tier + 1], stems[tier : tier + 1] = [begin], [x]
        base = top + SIZE + 2 + tier * LINE
        canvas.line(f"M{x:g} {top - 4:g}V{base:g}", "line", 0.8)
        canvas.text(told, begin, base)
    return top + len(starts) * LINE + 4
