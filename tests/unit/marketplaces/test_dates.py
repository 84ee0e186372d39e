"""Dates as printed, per language; never relative, never today's, an omitted year only against the time of seeing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcelparsers.marketplaces.dates import LANGUAGES, clean, read_date

SEEN = datetime(2026, 11, 23, tzinfo=UTC)
AUG = date(2024, 8, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Aug 3, 2024",
        "August 3, 2024",
        "Order date: Aug 3, 2024",
        "3 Aug 2024",
        "3-aug-2024",
        "10:22 Aug. 03 2024",
        "Aug 3, 2024 at 3:17 PM",
        "2024-08-03",
        "2024-08-03 21:19:58",
        "2024/8/3",
        "2024. 8. 3.",
        "3.8.2024",
        "03.08.2024 г.",
        "3 ago, 2024",
        "3 ago. 2024",
        "3 de agosto de 2024",
        "3 août 2024",
        "3. August 2024",
        "3 agosto 2024",
        "3 августа 2024 г.",
        "3 авг. 2024",
        "3 sierpnia 2024",
        "3 sie 2024",
        "2024년 8월 3일",
        "주문일자:: 2024년 8월 3일",
        "3 augustus 2024",
        "3 Ağustos 2024",
        "3 Ağu 2024",
        "3 באוגוסט 2024",
        "3 באוג׳ 2024",
        "3 أغسطس 2024",
        "3 أغسطس، 2024",
        "٣ أغسطس ٢٠٢٤",
        "2024年8月3日",
        "２０２４年８月３日",
        "Pedido efectuado el:\u00a03 ago, 2024",
    ],
)
def test_full_dates(text: str) -> None:
    """Each language's long and short form gives the same day, with and without a time of seeing."""
    assert read_date(text) == AUG
    assert read_date(text, seen_at=SEEN) == AUG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1er mars 2024", date(2024, 3, 1)),
        ("14 ene, 2025", date(2025, 1, 14)),
        ("24 nov, 2023", date(2023, 11, 24)),
        ("3 out, 2024", date(2024, 10, 3)),
        ("3 gen 2024", date(2024, 1, 3)),
        ("3 mrt 2024", date(2024, 3, 3)),
        ("3. Okt. 2024", date(2024, 10, 3)),
        ("3 lis 2024", date(2024, 11, 3)),
        ("12 ביולי 2024", date(2024, 7, 12)),
        ("29 févr. 2024", date(2024, 2, 29)),
        ("Refund if no delivery before Sep 4, 2026", date(2026, 9, 4)),
    ],
)
def test_short_months(text: str, expected: date) -> None:
    """Short names of months that differ between languages."""
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "today", "yesterday", "3 days ago", "hace 3 días", "vor 3 Tagen", "вчера", "in 5 minutes", "tomorrow 10:00",
     "Feb 30, 2024", "32 août 2024", "Total 3 2024", "2024", "Aug 2024", "10:22", "3 Smarch 2024", "0000-00-00",
     "Aug 3, 1024", "now", "Order ID: 8000000000000001"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    """What is no full absolute date is none, whatever is known of the time of seeing."""
    assert read_date(text) is None
    assert read_date(text, seen_at=SEEN) is None


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("5 марта", date(2026, 3, 5), date(2027, 3, 5)),
        ("от 5 марта", date(2026, 3, 5), date(2027, 3, 5)),
        ("Dec 31", date(2025, 12, 31), date(2026, 12, 31)),
        ("Nov 23", date(2026, 11, 23), date(2026, 11, 23)),
        ("Nov 24", date(2026, 11, 24), date(2026, 11, 24)),
        ("Sat | Sep. 19 18:46", date(2026, 9, 19), date(2026, 9, 19)),
        ("Jan. 4", date(2026, 1, 4), date(2027, 1, 4)),
        ("8月3日", date(2026, 8, 3), date(2026, 8, 3)),
    ],
)
def test_omitted_year(text: str, past: date, coming: date) -> None:
    """Without a year: unread without the time of seeing, else the last such day, or the nearest for what is to come."""
    assert read_date(text) is None
    assert read_date(text, seen_at=SEEN) == past
    if text != "5 марта" and text != "от 5 марта":
        assert read_date(text, seen_at=SEEN, future=True) == coming


def test_ambiguous_numbers() -> None:
    """03/04/2024 is read only where the locale settles it."""
    assert read_date("03/04/2024") is None
    assert read_date("03/04/2024", locale="en") is None
    assert read_date("03/04/2024", locale="en_US") == date(2024, 3, 4)
    assert read_date("03/04/2024", locale="fr-FR") == date(2024, 4, 3)
    assert read_date("13/04/2024") == date(2024, 4, 13)
    assert read_date("04/13/2024") == date(2024, 4, 13)
    assert read_date("04/04/2024") == date(2024, 4, 4)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2005, 1, 1), date(2190, 1, 1)), st.sampled_from(LANGUAGES))
def test_forms_of_every_day(day: date, locale: str) -> None:
    """English, ISO and Korean forms of any day are read back, in any locale."""
    for text in (day.isoformat(), f"{day:%b} {day.day}, {day.year}", f"{day.year}년 {day.month}월 {day.day}일"):
        assert read_date(text, locale=locale) == day


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Any text gives a date of sense or none; what has no digit gives none."""
    found = read_date(text, seen_at=SEEN)
    assert found is None or any(c.isdigit() for c in clean(text))
