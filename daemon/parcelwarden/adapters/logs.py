"""Logging for people: one line each on standard error, tokens and tracking numbers masked."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

_BEARER = re.compile(r"(?i)(bearer\s+|token[=:\s\"']+)[\w.~+/=-]{8,}")
_CALENDAR = re.compile(r"(/calendar/)[^/\s.]+")
_SECRET = re.compile(r"(?<![\w-])(?:[0-9a-f]{40,}|[\w-]{40,})(?![\w-])")
_NUMBER = re.compile(r"(?<![\w.:-])(?=(?:[a-z]*\d){4})[a-z0-9]{9,35}(?!\w)", re.IGNORECASE)


def mask(text: str) -> str:
    """The text without tokens; of a number of a parcel or an order the first two and the last two characters stay."""
    text = _BEARER.sub(r"\1***", text)
    text = _CALENDAR.sub(r"\1***", text)
    text = _SECRET.sub("***", text)
    return _NUMBER.sub(lambda found: mask_number(found[0]), text)


def mask_number(number: str) -> str:
    """`RS0814398526Y` as `RS…6Y`."""
    return f"{number[:2]}…{number[-2:]}" if len(number) > 6 else "…"


class MaskingFormatter(logging.Formatter):
    """Formats a record, trace and all, and masks the result."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, masked."""
        return mask(super().format(record))


def set_up_logging(level: str, stream: TextIO | None = None) -> None:
    """Log to `stream` (standard error) from `level` on; other packages from warning on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("parcelwarden").setLevel(level.upper())
