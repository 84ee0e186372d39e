"""Reading a day: each function, for a day, an instant and an instant known within bounds. Constructed cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from parcelwarden.domain.moment import Between, When
from parcelwarden.domain.policy import days as reading
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.spans import End, Span, end_after, end_seen, over_after

PST = Days(timezone(timedelta(hours=-7)), timezone(timedelta(hours=-8)), ZoneInfo("America/Los_Angeles"), "PST")
ANY = Days(timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)), ZoneInfo("UTC"), "zone not stated")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


DAY = date(2021, 2, 1)
NIGHT = utc(2021, 2, 2, 7, 30)  # still 1 February at UTC-8, already the 2nd at UTC-7
SPAN = Between(utc(2021, 1, 31, 10), utc(2021, 2, 2, 12), "1 Feb")


@pytest.mark.parametrize(("when", "expected"), [(DAY, utc(2021, 2, 2, 8)), (NIGHT, NIGHT), (SPAN, utc(2021, 2, 2, 12))])
def test_over(when: When, expected: datetime) -> None:
    assert reading.over(when, PST) == expected


@pytest.mark.parametrize(
    ("when", "expected"), [(DAY, utc(2021, 2, 12, 8)), (NIGHT, utc(2021, 2, 13, 8)), (SPAN, utc(2021, 2, 13, 8))]
)
def test_surely_from_takes_the_later_day_at_latest(when: When, expected: datetime) -> None:
    assert reading.surely_from(when, 11, PST) == expected


@pytest.mark.parametrize(
    ("when", "expected"), [(DAY, utc(2021, 2, 16, 7)), (NIGHT, utc(2021, 2, 16, 7)), (SPAN, utc(2021, 2, 15, 7))]
)
def test_surely_until_takes_the_earlier_day_at_earliest(when: When, expected: datetime) -> None:
    assert reading.surely_until(when, 15, PST) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [(DAY, utc(2021, 2, 17, 8)), (NIGHT, utc(2021, 2, 17, 7, 30)), (SPAN, utc(2021, 2, 15, 10))],
)
def test_stated(when: When, expected: datetime) -> None:
    assert reading.stated(when, 15, PST) == expected


def test_a_stated_day_follows_the_plain_readers_summer_time() -> None:
    assert reading.stated(date(2021, 3, 12), 0, PST) == utc(2021, 3, 13, 8)
    assert reading.stated(date(2021, 3, 14), 0, PST) == utc(2021, 3, 15, 7)


def test_the_widest_zones() -> None:
    assert reading.over(date(2020, 3, 1), ANY) == utc(2020, 3, 2, 12)
    assert reading.surely_until(date(2020, 3, 1), 180, ANY) == utc(2020, 8, 27, 10)
    assert reading.stated(date(2020, 3, 1), 180, ANY) == utc(2020, 8, 29)


def test_the_offset_of_an_instant_does_not_matter() -> None:
    elsewhere = NIGHT.astimezone(timezone(timedelta(hours=14)))
    assert reading.surely_until(elsewhere, 15, PST) == reading.surely_until(NIGHT, 15, PST)
    assert reading.surely_from(elsewhere, 11, PST) == reading.surely_from(NIGHT, 11, PST)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2021, 2, 28), 3, date(2024, 2, 28)),
    ],
)
def test_a_year_later(day: date, years: int, expected: date) -> None:
    assert reading.add_years(day, years) == expected


def test_a_year_that_no_calendar_holds() -> None:
    with pytest.raises(ValueError, match="year"):
        reading.add_years(date(9999, 2, 27), 1)


@pytest.mark.parametrize("start", [date(2021, 3, 8) + timedelta(days=n) for n in range(7)])
@pytest.mark.parametrize("count", [1, 2, 4, 5, 6, 9, 10, 20, 21])
def test_business_days_agree_with_counting_one_by_one(start: date, count: int) -> None:
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    assert reading.add_business_days(start, count) == day


def test_an_end_by_the_calendar() -> None:
    year = Span(days=15, years=1)
    assert end_after(date(2020, 2, 14), year, PST) == End(utc(2021, 2, 28, 7), utc(2021, 3, 1, 8))
    assert end_after(utc(2020, 2, 15, 7, 30), year, PST) == End(utc(2021, 2, 28, 7), utc(2021, 3, 1, 8))
    assert end_after(date(2021, 3, 5), Span(business_days=1), PST) == End(utc(2021, 3, 8, 7), utc(2021, 3, 9, 8))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (DAY, End(utc(2021, 2, 1, 7), utc(2021, 2, 2, 8))),
        (NIGHT, End(NIGHT, NIGHT)),
        (SPAN, End(SPAN.earliest, SPAN.latest)),
    ],
)
def test_an_end_that_a_page_shows(when: When, expected: End) -> None:
    assert end_seen(when, PST) == expected


def test_somebody_elses_time_is_over() -> None:
    assert over_after(DAY, Span(hours=72), PST) == utc(2021, 2, 5, 8)
    assert over_after(NIGHT, Span(days=5), PST) == utc(2021, 2, 7, 7, 30)
    assert over_after(utc(2021, 3, 10, 10), Span(business_days=20), PST) == utc(2021, 4, 8, 8)
    assert over_after(utc(2021, 3, 13, 7, 30), Span(business_days=1), PST) == utc(2021, 3, 16, 8), "a Saturday at UTC-7"
