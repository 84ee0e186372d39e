"""The one gate for numbers: nothing that is not plainly a tracking number ever reaches a URL."""

from __future__ import annotations

import re

from parcelparsers.errors import BadNumber

_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{4,38})[A-Z0-9]")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def normalise(number: str) -> str:
    """The number in capitals without spaces: 6 to 40 of A-Z, 0-9 and inner hyphens. Raises `BadNumber`."""
    plain = _SPACES.sub("", number[:200])
    if plain.isascii() and _NUMBER.fullmatch(plain := plain.upper()):
        return plain
    raise BadNumber(
        f"{number[:60]!r} is no tracking number: give 6 to 40 letters A-Z, digits and hyphens, as on the label"
    )
