"""Dates as pages print them, for people, brought into the form that `clock.stamp` reads."""

from __future__ import annotations

import re

from parcelparsers.errors import Unreadable

_NAMES = (
    "jan ene gen sty",
    "feb fév fev lut",
    "mar mär mrt mrz",
    "apr avr abr kwi",
    "may mai mei mag maj",
    "jun juin giu cze",
    "jul juil lug lip",
    "aug aoû ago sie",
    "sep set wrz",
    "oct okt ott paź",
    "nov lis",
    "dec dez déc dic gru",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?!\d)")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})(?:\.|-| )\s?([^\W\d_]{3,12})[.,]?(?:-| )(\d{4})(?!\d)")
_NAME_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2}),? (\d{4})(?!\d)")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:])\s?([ap])?\.?m?", re.I)


def printed(text: str) -> str:
    """The first date of a text, with the time that stands beside it: `YYYY-MM-DD[THH:MM[:SS]]`.

    Day before month where both are digits; two digits of a year are of this century; names of months in English,
    German, Dutch, French, Spanish, Italian and Polish. Raises `Unreadable` where no date is printed.
    """
    short = " ".join(text[:300].split())
    year, month, day, rest = _date(short)
    moment = _TIME.search(rest)
    return f"{year:04}-{month:02}-{day:02}" + (f"T{_clock(moment)}" if moment else "")


def _date(text: str) -> tuple[int, int, int, str]:
    if found := _ISO.search(text):
        return int(found[1]), int(found[2]), int(found[3]), _without(text, found)
    if found := _DAY_FIRST.search(text):
        year = int(found[3])
        return year + 2000 if year < 100 else year, int(found[2]), int(found[1]), _without(text, found)
    if (found := _NAMED.search(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1]), _without(text, found)
    if (found := _NAME_FIRST.search(text)) and (month := _month(found[1])):
        return int(found[3]), month, int(found[2]), _without(text, found)
    raise Unreadable("time", f"a date such as 31.12.2025, not {text[:40]!r}")


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _month(name: str) -> int | None:
    low = name.lower()
    return _MONTHS.get(low[:4]) or _MONTHS.get(low[:3])


def _clock(found: re.Match[str]) -> str:
    hour = int(found[1])
    if half := (found[4] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    seconds = f":{found[3]}" if found[3] else ""
    return f"{hour:02}:{found[2]}{seconds}"
