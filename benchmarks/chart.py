"""Curves over logarithmic axes as SVG, readable in light and dark, by colour-blind eyes (marks differ too)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, GAP = 360, 250, 24
LEFT, TOP, RIGHT, BOTTOM = 52, 44, 28, 96
INKS = ("a", "b", "c")
"""Classes of the style, one a curve."""
STYLE = """
svg { font-family: system-ui, sans-serif; font-size: 11px; background: #fff; --ink: #1f2328; --faint: #d1d9e0;
--a: #0072b2; --b: #b34700; --c: #00734f }
@media (prefers-color-scheme: dark) { svg { background: #0d1117; --ink: #e6edf3; --faint: #30363d;
--a: #56b4e9; --b: #e69f00; --c: #2fc192 } }
text { fill: var(--ink) } .title { font-size: 13px; font-weight: 600 } .grid { stroke: var(--faint) }
.line { fill: none; stroke-width: 2 } .a { stroke: var(--a); fill: var(--a) } .b { stroke: var(--b); fill: var(--b) }
.c { stroke: var(--c); fill: var(--c) } polyline.a, polyline.b, polyline.c { fill: none }
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: (how many, how much), both above zero."""

    label: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart with its curves, at most three."""

    title: str
    across: str
    curves: tuple[Curve, ...]


def svg(panels: Sequence[Panel], measured_on: str) -> str:
    """All panels side by side, and what they were measured on."""
    width = len(panels) * (WIDTH + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT + 24}" role="img">',
        "<title>How cost and memory grow with orders and parcels</title>",
        f"<style>{STYLE}</style>",
    ]
    for place, panel in enumerate(panels):
        parts += [f'<g transform="translate({place * (WIDTH + GAP)} 0)">', *_panel(panel), "</g>"]
    parts += [
        f'<text x="4" y="{HEIGHT + 16}">Measured on {escape(measured_on)}. Both axes are logarithmic.</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _panel(panel: Panel) -> Iterator[str]:
    across = _Axis([x for curve in panel.curves for x, _ in curve.points], LEFT, WIDTH - RIGHT)
    up = _Axis([y for curve in panel.curves for _, y in curve.points], HEIGHT - BOTTOM, TOP)
    yield f'<text class="title" x="4" y="20">{escape(panel.title)}</text>'
    for tick in across.ticks():
        x = across.at(tick)
        yield f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{tick:,.0f}</text>'
    for tick in up.ticks():
        y = up.at(tick)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - BOTTOM + 30}" text-anchor="middle">{panel.across}</text>'
    for place, (ink, curve) in enumerate(zip(INKS, panel.curves, strict=False)):
        points = [(across.at(x), up.at(y)) for x, y in curve.points]
        yield f'<polyline class="line {ink}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
        yield from (_mark(ink, x, y) for x, y in points)
        below = HEIGHT - BOTTOM + 50 + 16 * place
        yield _mark(ink, LEFT, below - 4)
        yield f'<text x="{LEFT + 12}" y="{below}">{escape(_named(curve))}</text>'


def _named(curve: Curve) -> str:
    """The curve's name with its first and last value."""
    first, last = curve.points[0][1], curve.points[-1][1]
    return f"{curve.label}: {first:.3g} to {last:.3g}"


def _mark(ink: str, x: float, y: float) -> str:
    """A mark of the curve's own form."""
    if ink == "a":
        return f'<circle class="a" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    if ink == "b":
        return f'<rect class="b" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'
    return f'<path class="c" d="M{x:.1f} {y - 5:.1f} l5 9 h-10 z"/>'


class _Axis:
    """A logarithmic axis from one place to another, over whole powers of ten."""

    def __init__(self, values: Sequence[float], begin: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)) + 1e-9)
        self._high = max(math.ceil(math.log10(max(values)) - 1e-9), self._low + 1)
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        """Where a value stands."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._begin + share * (self._end - self._begin)

    def ticks(self) -> Iterator[float]:
        """The powers of ten."""
        return (10.0**power for power in range(self._low, self._high + 1))
