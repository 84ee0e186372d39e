"""Colours and patterns. Every kind of area has a pattern of its own, so that nothing rests on colour alone.

Colours are Okabe and Ito's, made for all kinds of colour vision; on a dark screen their lighter kin, on paper always
the light theme.
"""

from __future__ import annotations

FONT = "'DejaVu Sans','Noto Sans',system-ui,sans-serif"

_LIGHT = {
    "ground": "#ffffff", "ink": "#16191d", "soft": "#50565e", "faint": "#dde1e6", "line": "#8a9099",
    "blue": "#0072b2", "pale": "#cfe4f2", "warm": "#b34700", "warmth": "#ffe3c2", "quiet": "#ececf0", "now": "#b5127f",
}  # fmt: skip
_DARK = {
    "ground": "#14171a", "ink": "#eceef0", "soft": "#aeb4bc", "faint": "#30353b", "line": "#878e97",
    "blue": "#56b4e9", "pale": "#17374a", "warm": "#f0a030", "warmth": "#4a3210", "quiet": "#262a2f", "now": "#ff8fd0",
}  # fmt: skip


def _rules(colours: dict[str, str]) -> str:
    fills = "".join(f".f-{name}{{fill:{colour}}}.s-{name}{{stroke:{colour}}}" for name, colour in colours.items())
    return f"{fills}text{{fill:{colours['ink']};stroke:{colours['ground']}}}text.soft{{fill:{colours['soft']}}}"


STYLE = (
    f"text{{font-family:{FONT};stroke-width:3px;stroke-linejoin:round;paint-order:stroke}}"
    ".none{fill:none}.bold{font-weight:bold}"
    f"{_rules(_LIGHT)}@media screen and (prefers-color-scheme:dark){{{_rules(_DARK)}}}"
)
"""The style sheet; nothing in it is fetched."""


def _pattern(name: str, size: int, ground: str, shape: str) -> str:
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'<rect class="f-{ground}" width="{size}" height="{size}"/>{shape}</pattern>'
    )


PATTERNS = "".join(
    (
        _pattern("p-late", 8, "pale", '<path class="s-blue none" stroke-width="2" d="M-2 2L2-2M0 8L8 0M6 10L10 6"/>'),
        _pattern("p-maybe", 7, "pale", '<circle class="f-blue" cx="3.5" cy="3.5" r="1.6"/>'),
        _pattern("p-grace", 8, "warmth", '<path class="s-warm none" stroke-width="1.5" d="M0 0L8 8M0 8L8 0"/>'),
        _pattern("p-quiet", 6, "quiet", '<path class="s-line none" stroke-width="1" d="M-1 1L1-1M0 6L6 0M5 7L7 5"/>'),
        _pattern("p-expected", 6, "ground", '<circle class="f-line" cx="3" cy="3" r="0.9"/>'),
        _pattern("p-delivery", 6, "faint", '<path class="s-line none" stroke-width="1" d="M3 0V6"/>'),
    )
)
