"""Dates as pages print them, for people, brought into the form that `clock.stamp` reads: `31.12.2025 14:05`,
`Jul 16, 2026, 3:57 PM`, `08:10 01-Mar-2026`, `25 de marzo de 2025`, `2026.03.01 08:10`, `20080625`, `7月8日 18:37`.

Names of months in English, German, Dutch, French, Spanish, Italian, Portuguese, Polish, Russian and Ukrainian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from parcelparsers.clock import Stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta

_STEMS = (
    "jan ene gen янв січ sty",
    "feb fév fev фев лют lut",
    "mar mär maa mrt mrz мар бер",
    "apr abr avr апр кві kwi",
    "may mai mei maj mag май мая тра",
    "jun juin giu июн чер cze",
    "jul juil lug июл лип lip",
    "aug ago aoû авг сер sie",
    "sep set сен вер wrz",
    "oct okt out ott окт жов paź",
    "nov noj ноя лис lis",
    "dec dez déc dic дек гру gru",
)
_MONTHS = {stem: number for number, stems in enumerate(_STEMS, 1) for stem in stems.split()}

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.年-]\s?(\d{1,2})[/.月-]\s?(\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d\d)(?!\d)")
_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>\d{4}(?![\d:])|\d\d(?![\d:.]))"
_NAMED = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]{{1,3}}(?:de\s)?{_NAME}(?:[\s,-]{{1,3}}(?:de\s)?{_YEAR})?"
    ),
    re.compile(rf"{_NAME}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?P<year>\d{{4}})(?!\d))?"),
)
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):\s?(\d\d)(?::\s?(\d\d))?(?![\d:])(?:\s?([ap])\.?m\b)?", re.I)
_PACKED_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)")
_LONGEST = 300
NO_DATE = "?"
"""Stands for a date that a row ought to have and has not."""


def printed(text: str, time: str = "", *, day_first: bool = False, year: int | None = None, page_day: str = "") -> str:
    """The first date of a text, with the time in it or beside it, as `YYYY-MM-DD[THH:MM[:SS]]`; empty where the text
    is, or where no year is printed and nothing tells it.

    `day_first`: how figures such as 02/03/2024 are meant (with dots the day is always first). `year`: of dates printed
    without one. `page_day` (`YYYY-MM-DD`): when the page was printed; a date without a year is the last one up to then.
    Raises `Unreadable` on anything that is no date.
    """
    short = " ".join(text[:_LONGEST].split())
    if not short:
        return ""
    found, rest = _day(short, day_first, year)
    if not found and (no_year := _NO_YEAR.search(short)):
        found = _before(int(no_year[1]), int(no_year[2]), page_day)
        if not found:
            return ""
    if not found:
        raise Unreadable("date", f"a date such as 31.12.2025 or Jul 16, 2026, not {short[:40]!r}")
    clock = _clock(" ".join(time.split())) or _clock(rest)
    return f"{found}T{clock}" if clock else found


def shown(text: str, time: str = "", **how: Any) -> str:
    """As `printed`, for a row of a history: `NO_DATE`, which no clock reads, where there is a text and no date."""
    try:
        return printed(text, time, **how)
    except Unreadable:
        return NO_DATE


def dated(text: str) -> str:
    """As `shown`, the day first, for rows that always have a date: `NO_DATE` where the text is empty, too."""
    return shown(text, day_first=True) or NO_DATE


def is_dated(text: str) -> bool:
    """Whether a date stands at the beginning of a text."""
    try:
        return bool(_day(" ".join(text[:60].split()), False, None)[0] or _NO_YEAR.search(text[:60]))
    except Unreadable:
        return False


def forecast(text: str | None) -> Eta | None:
    """The day in a forecast as printed for people, None where none can be read in it."""
    try:
        day = printed(text or "", day_first=True)[:10]
    except Unreadable:
        return None
    return Eta(earliest=day, latest=day) if day else None


def between(first: Stamp, last: Stamp) -> Eta | None:
    """The forecast from one moment to another, None where neither was printed so that it can be read."""
    days = sorted(filter(None, (first.local_time[:10], last.local_time[:10])))
    return Eta(earliest=days[0], latest=days[-1]) if days else None


def _day(text: str, day_first: bool, year: int | None) -> tuple[str, str]:
    """The first date as `YYYY-MM-DD`, empty where there is none, and the text without it."""
    if found := _YEAR_FIRST.search(text) or _PACKED.search(text):
        return _iso(int(found[1]), int(found[2]), int(found[3])), _without(text, found)
    if found := _FIGURES.search(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12 or (day_first and second <= 12):
            first, second = second, first
        return _iso(_year(found[4]), first, second), _without(text, found)
    for month, found in _named(text):
        at = _year(found["year"]) if found["year"] else year
        if at:
            return _iso(at, month, int(found["day"])), _without(text, found)
    return "", text


def _named(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            name = found["month"].lower()
            if month := _MONTHS.get(name[:4]) or _MONTHS.get(name[:3]):
                yield month, found


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


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


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _clock(text: str) -> str:
    if packed := _PACKED_TIME.fullmatch(text):
        return ":".join(packed.groups())
    if not (found := _TIME.search(text)):
        return ""
    hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable("time", f"a time of day, not {found[0][:20]!r}")
    return f"{hour:02}:{minute:02}" + (f":{found[3]}" if found[3] else "")
