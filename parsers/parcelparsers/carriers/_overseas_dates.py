"""Dates as American and Australian carriers print them, in ISO form: `March 14, 2025 12:17 PM`, `25 Mar 2014 18:07`,
`01/12/2016 10:57 A.M.`, `14.04.2017 15:15`, `20080625 141000`.
"""

from __future__ import annotations

import re
from datetime import date

from parcelparsers.errors import Unreadable

_STEMS = (
    "jan ene gen янв січ sty",
    "feb fév fev фев лют lut",
    "mar mär maa mrt мар бер",
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
"""How month names begin in the languages of the pages: English, German, French, Spanish, Italian, Dutch,
Portuguese, Polish, Russian, Ukrainian."""

_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\b)?", re.I)
_NAMED = (
    re.compile(r"(?P<month>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?!\d|:)(?:,?\s+(?P<year>\d{4}))?"),
    re.compile(r"(?P<day>\d{1,2})\.?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,12})\.?,?(?:\s+(?:de\s+)?(?P<year>\d{4}))?"),
)
_FIGURES = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})[-/]?(?P<month>\d\d)[-/]?(?P<day>\d\d)(?!\d)")
_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)")


def printed(day: str, time: str = "", *, day_first: bool = False, year: int | None = None) -> str:
    """A printed date, with the time in it or beside it, as `YYYY-MM-DD[THH:MM[:SS]]`; empty where nothing stands.

    `day_first`: how figures such as 02/03/2024 are meant. `year`: for dates printed without one. Raises `Unreadable`
    on anything that is no date.
    """
    text = " ".join(day.split())
    if not text:
        return ""
    clock = _clock(" ".join(time.split()) or text)
    found = _day(text[:80], day_first, year)
    if not found:
        raise Unreadable("date", f"a date such as March 14, 2025, not {text[:40]!r}")
    return f"{found}T{clock}" if clock else found


def _clock(text: str) -> str:
    if found := _TIME.search(text):
        hour, minute, second, half = int(found[1]), int(found[2]), found[3], (found[4] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            raise Unreadable("time", f"a time of day, not {found[0][:20]!r}")
        return f"{hour:02}:{minute:02}" + (f":{second}" if second else "")
    if found := _CLOCK.fullmatch(text):
        return ":".join(found.groups())
    return ""


def _day(text: str, day_first: bool, year: int | None) -> str:
    if found := _ISO.search(text):
        return _iso(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _FIGURES.search(text):
        a, b = int(found["a"]), int(found["b"])
        if "." in found[0] or a > 12 or (day_first and b <= 12):
            a, b = b, a
        return _iso(int(found["year"]), a, b)
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            named = found["month"].lower()
            month = _MONTHS.get(named[:4]) or _MONTHS.get(named[:3])
            at = int(found["year"]) if found["year"] else year
            if month and at:
                return _iso(at, month, int(found["day"]))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unreadable("date", f"a day of the calendar, not {year}-{month}-{day}") from None
