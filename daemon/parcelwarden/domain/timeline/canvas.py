"""Collects shapes and texts, and knows where every text stands."""

from __future__ import annotations

from typing import NamedTuple

from parcelwarden.domain.timeline.model import Shape
from parcelwarden.domain.timeline.text import escape, width

SIZE = 12
LINE = 16
"""Pixels from one line of text to the next."""


class Box(NamedTuple):
    """Where a text stands: left, top, width, height, in pixels."""

    left: float
    top: float
    width: float
    height: float


class Canvas:
    """Shapes lie under the texts; `boxes` are those of the texts."""

    def __init__(self, across: float) -> None:
        self.across = across
        self.boxes: list[Box] = []
        self._under: list[str] = []
        self._over: list[str] = []
        self._texts: list[str] = []

    def rect(self, left: float, top: float, right: float, bottom: float, fill: str, stroke: str = "") -> None:
        """An area; `fill` is a colour's name or a pattern's (`p-…`). Nothing for an empty one."""
        if right <= left:
            return
        paint = f'fill="url(#{fill})"' if fill.startswith("p-") else ""
        names = " ".join(filter(None, ("" if paint else f"f-{fill}", stroke and f"s-{stroke}")))
        size = f'x="{left:g}" y="{top:g}" width="{right - left:.1f}" height="{bottom - top:g}"'
        self._under.append(f'<rect class="{names}" {paint} {size}/>' if names else f"<rect {paint} {size}/>")

    def line(self, path: str, colour: str, thick: float = 1, dash: str = "") -> None:
        """A path's outline."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._under.append(f'<path class="none s-{colour}" stroke-width="{thick:g}"{dashes} d="{path}"/>')

    def mark(self, shape: Shape, x: float, y: float, colour: str = "ink", size: float = 4.5) -> None:
        """A mark around a point."""
        r = size
        if shape in (Shape.CIRCLE, Shape.RING):
            fill = "f-ground" if shape is Shape.RING else f"f-{colour}"
            self._over.append(f'<circle class="{fill} s-{colour}" stroke-width="1.6" cx="{x:g}" cy="{y:g}" r="{r:g}"/>')
            return
        path = {
            Shape.SQUARE: f"M{x - r:g} {y - r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z",
            Shape.TRIANGLE: f"M{x:g} {y - r - 0.5:g}L{x + r + 0.5:g} {y + r:g}H{x - r - 0.5:g}z",
            Shape.DIAMOND: f"M{x:g} {y - r - 1:g}L{x + r + 1:g} {y:g}L{x:g} {y + r + 1:g}L{x - r - 1:g} {y:g}z",
        }[shape]
        self._over.append(f'<path class="f-{colour} s-ground" stroke-width="1" d="{path}"/>')

    def text(self, words: str, left: float, base: float, *, size: float = SIZE, names: str = "") -> None:
        """A text with its left edge and its base line."""
        bold = "bold" in names
        self.boxes.append(Box(left, base - size, width(words, size, bold=bold), size * 1.25))
        kind = f' class="{names}"' if names else ""
        self._texts.append(f'<text{kind} x="{left:g}" y="{base:g}" font-size="{size:g}">{escape(words)}</text>')

    def on(self, under: Canvas) -> Canvas:
        """This one, lying on another."""
        self._under[:0] = under._under
        return self

    def svg(self) -> str:
        """Everything, the texts on top."""
        return "".join((*self._under, *self._over, *self._texts))
