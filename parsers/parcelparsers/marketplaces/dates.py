"""Dates as order pages print them, in any of the languages of the shops; never relative, never "today".

The common forms are read here; names of months in other languages go through dateparser, which is imported only then.
A date without a year is resolved against the instant at which the page was seen, and is unread without it.
Forms seen: `ORDER_PAGES.md` §6.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "ru", "pl", "ko", "nl", "tr", "he", "ar", "ja")

_LONGEST = 600
_DAY_FIRST = frozenset({"es", "fr", "de", "it", "pt", "ru", "pl", "nl", "tr", "he", "ar"})
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FULL = "january february march april may june july august september october november december sept".split()
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_HAN = re.compile(r"(?<!\d)(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_WORD = r"[^\W\d_]{2,14}[.׳'’]?"
_YEAR = r"[,،-]?\s?(?:(?:de|del|d['’])\s?)?(?<!\d)(\d{4})(?!\d)"
_MONTH_FIRST = rf"(?<![^\W_])({_WORD})\s?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
_SOME_YEAR = re.compile(r"(?<!\d)\d{4}(?![\d:])")
_HEBREW = {"ינו": 1, "פבר": 2, "מרץ": 3, "אפר": 4, "אוג": 8, "ספט": 9, "אוק": 10, "נוב": 11, "דצמ": 12}
_NUMBER_FIRST = rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.|-)?\s?(?:de\s|d['’])?({_WORD})"
_MDY = re.compile(_MONTH_FIRST + _YEAR, re.I)
_DMY = re.compile(_NUMBER_FIRST + _YEAR, re.I)
_MD = re.compile(_MONTH_FIRST + r"(?![:\d])", re.I)
_DM = re.compile(_NUMBER_FIRST, re.I)


def clean(text: str) -> str:
    """The text with compatible forms, digits and spaces made plain, no invisible marks, at most 600 characters."""
    if text.isascii():
        return " ".join(text[: _LONGEST * 2].split())[:_LONGEST]
    plain = unicodedata.normalize("NFKC", text[: _LONGEST * 2])
    plain = "".join(_plain(c) for c in plain if unicodedata.category(c) != "Cf")
    return " ".join(plain.split())[:_LONGEST]


def _plain(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def language(locale: str | None) -> str | None:
    """The language of a locale (`pt_BR`, `ko-KR`, `en`), None where it is not one of the known."""
    short = re.split(r"[-_]", locale or "")[0].lower()
    short = {"iw": "he"}.get(short, short)
    return short if short in LANGUAGES else None


def read_date(
    text: str, *, locale: str | None = None, seen_at: datetime | None = None, future: bool = False
) -> date | None:
    """The first date in the text, None where none can be read for sure.

    `seen_at` (aware) resolves an omitted year: to the latest date not after it, or with `future` to the date that
    lies nearest. `locale` settles whether 03/04/2024 is March or April; without it such a date is unread.
    """
    plain = clean(text)
    for found in _with_year(plain, locale):
        return found
    if seen_at is None or _SOME_YEAR.search(plain):
        return None
    return _without_year(plain, locale, seen_at, future)


def _with_year(plain: str, locale: str | None) -> Iterator[date]:
    for m in _ISO.finditer(plain):
        yield from _day(m[1], m[2], m[3])
    for m in _HAN.finditer(plain):
        if m[1]:
            yield from _day(m[1], m[2], m[3])
    for m in _NUMERIC.finditer(plain):
        yield from _numeric(m[1], m[3], m[4], m[2], locale)
    for m in _MDY.finditer(plain):
        yield from _named(m[2], m[1], m[3], locale)
    for m in _DMY.finditer(plain):
        yield from _named(m[1], m[2], m[3], locale)


def _without_year(plain: str, locale: str | None, seen_at: datetime, future: bool) -> date | None:
    parts = [(m[3], m[2], True) for m in _HAN.finditer(plain)]
    parts += [(m[2], m[1], False) for m in _MD.finditer(plain)]
    parts += [(m[1], m[2], False) for m in _DM.finditer(plain)]
    for day, month, is_number in parts[:8]:
        years = [seen_at.year + n for n in (0, -1, 1)]
        dates = [
            d for y in years for d in (_day(str(y), month, day) if is_number else _named(day, month, str(y), locale))
        ]
        if dates:
            return _nearest(dates, seen_at.date(), future)
    return None


def _nearest(dates: list[date], seen: date, future: bool) -> date | None:
    if future:
        return min(dates, key=lambda d: abs(d - seen))
    past = [d for d in dates if d <= seen + timedelta(days=1)]
    return max(past, default=None)


def _day(year: str, month: str, day: str) -> list[date]:
    try:
        return [date(int(year), int(month), int(day))] if 1999 <= int(year) <= 2199 else []
    except ValueError:
        return []


def _numeric(first: str, second: str, year: str, mark: str, locale: str | None) -> list[date]:
    lang = language(locale)
    american = (locale or "").replace("_", "-").lower() == "en-us"
    day_first = mark == "." or lang in _DAY_FIRST or (lang == "en" and "-" in _tag(locale) and not american)
    if first == second or int(first) > 12 or day_first:
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 or american else []


def _tag(locale: str | None) -> str:
    return (locale or "").replace("_", "-")


def _named(day: str, month: str, year: str, locale: str | None) -> list[date]:
    word = month.rstrip(".'’׳").lower()
    if word in _ENGLISH or word in _FULL:
        return _day(year, str(_ENGLISH.index(word[:3]) + 1), day)
    if not 1999 <= int(year) <= 2199 or not 1 <= int(day) <= 31:
        return []
    number = _month_number(word, month, language(locale))
    return _day(year, str(number), day) if number else []


_known_months: dict[tuple[str, str | None], int] = {}


@cache
def _parser(languages: tuple[str, ...]) -> Any:
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser(languages=list(languages), settings=settings)


def _month_number(word: str, printed: str, lang: str | None) -> int | None:
    """The month that a word names, None where it names none. Asked of dateparser as the first of 2024's month, so
    that a leap day is never in question; the answers are kept, up to a bound."""
    key = (word, lang)
    if hebrew := _HEBREW.get(word.removeprefix("ב")):
        return hebrew
    if key not in _known_months:
        if len(_known_months) > 2000:
            _known_months.clear()
        _known_months[key] = _ask_month(word, printed, lang) or 0
    return _known_months[key] or None


def _ask_month(word: str, printed: str, lang: str | None) -> int | None:
    for languages in [(lang,), LANGUAGES] if lang else [LANGUAGES]:
        for form in (word, printed):
            try:
                found = _parser(languages).get_date_data(f"21 {form} 2024").date_obj
            except (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError):
                continue
            if found and (found.year, found.day) == (2024, 21):
                return int(found.month)
    return None
