"""Countdowns as order pages print them ("25 days 3 hours", "67 дн", `lefttime` in milliseconds).

A countdown counts from the instant at which the page was seen; the caller adds it there and leaves it unread without.
"""

from __future__ import annotations

import re
from datetime import timedelta

from parcelparsers.marketplaces.dates import clean

_UNITS = {
    "days": (
        "days day d дней дня день дн día días dia dias jour jours j tag tage tagen giorno giorni gg "
        "g dni dzień dnia dag dagen gün gun ימים יום أيام ايام يوم يومًا يوما 日間 日 天 일"
    ),
    "hours": (
        "hours hour hrs hr h часов часа час ч hora horas heure heures stunde stunden std ora ore "
        "godzin godziny godzina godz uur uren saat sa שעות שעה ساعات ساعة 時間 小时 小時 시간"
    ),
    "minutes": (
        "minutes minute mins min m минут минуты минута мин minuto minutos minuten minuti minut "
        "minuty minuta minuut dakika dk דקות דקה دقائق دقيقة 分 分钟 분"
    ),
    "seconds": (
        "seconds second secs sec s секунд сек segundos secondes sekunden secondi sekund saniye שניות ثواني 秒 초"
    ),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_PIECE = re.compile(r"(?<![\d.,:])(\d{1,4})\s?([^\W\d_]{1,10})", re.I)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,3}):(\d{2}):(\d{2})(?![\d:])")
_DATE = re.compile(r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]")
_LONGEST = timedelta(days=400)


def read_countdown(text: str) -> timedelta | None:
    """The time left that the text states in days or hours (and smaller units), None where it states none.

    The pieces must be of falling size and follow one another; a text with several countdowns gives the first.
    """
    plain = _DATE.sub(" ", clean(text))
    found: dict[str, int] = {}
    end = None
    for piece in list(_PIECE.finditer(plain))[:40]:
        unit = _unit(piece[2])
        if unit is None or (found and not _follows(found, unit, piece.start(), end)):
            if found:
                break
            continue
        found[unit] = int(piece[1])
        end = piece.end()
    left = timedelta(**found) + (_clock(plain) if list(found) == ["days"] else timedelta(0))
    return left if timedelta(0) < left <= _LONGEST else None


def _unit(word: str) -> str | None:
    """Of a unit's word; Japanese, Korean and Chinese units may have the next word run on."""
    known = _UNIT_OF.get(word.lower())
    if known or word.isascii():
        return known
    return next((_UNIT_OF[word[:n]] for n in (2, 1) if len(word) > n and word[:n] in _UNIT_OF), None)


def _follows(found: dict[str, int], unit: str, start: int, end: int | None) -> bool:
    order = list(_UNITS)
    return order.index(unit) > order.index(list(found)[-1]) and end is not None and start - end <= 6


def _clock(text: str) -> timedelta:
    m = _CLOCK.search(text)
    return timedelta(hours=int(m[1]), minutes=int(m[2]), seconds=int(m[3])) if m else timedelta(0)


def day_words() -> frozenset[str]:
    """The words for days, lower case, in all languages."""
    return frozenset(_UNITS["days"].split())


def milliseconds(value: object) -> timedelta | None:
    """A countdown given in ms (the old list's `lefttime`), as a number or as text; None for anything else."""
    digits = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,12}", digits):
        return None
    left = timedelta(milliseconds=int(digits))
    return left if timedelta(0) < left <= _LONGEST else None
