"""How wide a text is, as far as can be said without the font, and what of it fits.

The figures are those of DejaVu Sans, one of the widest fonts that a browser takes for `sans-serif`, rounded up: what
fits by them fits in the others.
"""

from __future__ import annotations

import unicodedata
from html import escape as _escape

_NARROW = frozenset("fijlrtI.,:;'|!()[] -/·")
_WIDE = frozenset("mwMWOQGD@%&…→")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a text takes at a font size in pixels, rather too many."""
    return sum(map(_ems, text)) * size * (1.12 if bold else 1.0)


def clean(text: str) -> str:
    """The text on one line without controls, direction marks and what XML cannot hold."""
    shown = (" " if c in "\t\r\n" else c for c in text)
    return " ".join("".join(c for c in shown if unicodedata.category(c) not in _UNSEEN).split())


def escape(text: str) -> str:
    """The text as XML character data, also inside of an attribute."""
    return _escape(clean(text), quote=True)


def shortened(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than `most`."""
    if width(text, size, bold=bold) <= most:
        return text
    while text and width(text + "…", size, bold=bold) > most:
        text = text[:-1]
    return text.rstrip(" ·,") + "…"


def wrapped(text: str, size: float, most: float, *, lines: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken at blanks; the last one is cut."""
    found: list[str] = []
    rest = clean(text).split()
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size, bold=bold) <= most:
            taken += 1
        found.append(shortened(" ".join(rest[:taken]).removesuffix(" ·"), size, most, bold=bold))
        rest = rest[taken:]
        if rest[:1] == ["·"]:
            rest = rest[1:]
    if rest:
        found.append(shortened(" ".join(rest), size, most, bold=bold))
    return found


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def _ems(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _WIDE or unicodedata.east_asian_width(char) in "WF":
        return 1.03
    return 0.7 if char.isupper() else 0.65
