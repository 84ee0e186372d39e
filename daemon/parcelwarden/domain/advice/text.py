"""Instants and foreign text as advice carries them: strings."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import lru_cache

from parcelwarden.domain.moment import Between, When

LONGEST = 80
"""Characters of foreign text (a title, a carrier's words) that a sentence takes."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def stamp(when: When | None) -> str | None:
    """An instant as `YYYY-MM-DDTHH:MM:SSZ`, a day as `YYYY-MM-DD`, a span as its printed day or its
    earliest instant."""
    if when is None:
        return None
    if isinstance(when, Between):
        return when.printed if _is_day(when.printed) else _zulu(when.earliest)
    return _zulu(when) if isinstance(when, datetime) else when.isoformat()


def flat(text: str, longest: int = LONGEST) -> str:
    """Foreign text as one harmless line: no control, format (bidi) or private characters, white space as
    single blanks, cut to `longest` characters with an ellipsis."""
    plain = text.isprintable()  # the common case, at once: all is visible, and no blank but the space
    kept = text if plain else "".join(" " if c.isspace() else c for c in text if c.isspace() or _visible(c))
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE


@lru_cache(maxsize=4096)
def _zulu(instant: datetime) -> str:
    """Kept for a while: the same few instants of an order are written in many params."""
    return instant.isoformat()[:19] + "Z"


def _is_day(printed: str) -> bool:
    return len(printed) == 10 and printed[4] == printed[7] == "-"
