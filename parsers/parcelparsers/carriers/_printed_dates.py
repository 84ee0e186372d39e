"""Dates as Asian posts and Aramex print them, in ISO form: `Jul 16, 2026, 3:57 PM`, `08:10 01-Mar-2026`,
`03 Jan 26`, `09/01/2026 12:23`, `2026.03.01 08:10`, `7月8日 18:37`.
"""

from __future__ import annotations

import re
from datetime import date

from parcelparsers.errors import Unreadable

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s-]{1,3}([A-Za-z]{3,9})\.?[\s,-]{1,3}(\d{4}|\d\d)(?![\d:])")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.年-]\s?(\d{1,2})[/.月-]\s?(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):\s?(\d\d)(?::\s?(\d\d))?(?!\d)(?:\s*([ap])\.?m)?", re.I)


def is_dated(text: str) -> bool:
    """Whether a date stands in a short text."""
    short = text[:60]
    return any(p.search(short) for p in (_DAY_MONTH, _MONTH_DAY, _YEAR_FIRST, _MONTH_FIRST, _NO_YEAR))


def printed(text: str, *, page_day: str = "") -> str:
    """The date in a text as `YYYY-MM-DD[THH:MM[:SS]]`; empty where the text is empty, or where a date has no year
    and nothing tells it. `page_day` (`YYYY-MM-DD`): the day on which the page was printed; a date without a year is
    the last one up to then. Raises `Unreadable` on anything else.
    """
    short = text.strip()[:60]
    if not short:
        return ""
    if not (found := _parts(short)):
        if found_day := _NO_YEAR.search(short):
            day = _before(int(found_day[1]), int(found_day[2]), page_day)
            return f"{day}{_time(short)}" if day else ""
        raise Unreadable("date", f"a date such as Jul 16, 2026, not {short[:40]!r}")
    return f"{_iso(*found)}{_time(short)}"


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, whichever way round they stand."""
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _MONTH_FIRST.search(text):
        return int(found[3]), int(found[1]), int(found[2])
    if found := _DAY_MONTH.search(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _MONTH_DAY.search(text):
        return int(found[3]), _month(found[1]), int(found[2])
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _month(name: str) -> int:
    try:
        return _MONTHS[name[:3].lower()]
    except KeyError:
        raise Unreadable("date", f"a month, not {name[:20]!r}") from None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unreadable("date", f"a day of the calendar, not {year}-{month}-{day}") from None


def _before(month: int, day: int, page_day: str) -> str:
    if not page_day:
        return ""
    year = int(page_day[:4])
    return _iso(year if (month, day) <= (int(page_day[5:7]), int(page_day[8:])) else year - 1, month, day)


def _time(text: str) -> str:
    if not (found := _TIME.search(text)):
        return ""
    hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable("time", f"a time of day, not {found[0][:20]!r}")
    return f"T{hour:02}:{minute:02}" + (f":{found[3]}" if found[3] else "")
