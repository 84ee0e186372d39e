"""Dates as pages print them, in the forms and languages of the sources. Constructed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers.carriers._printed_dates import NO_DATE, dated, forecast, is_dated, printed, shown
from parcelparsers.errors import Unreadable


@pytest.mark.parametrize(
    ("text", "time_of_day", "iso"),
    [
        ("March 14, 2025 12:17 PM", "", "2025-03-14T12:17"),
        ("March 14,\n 2025,\t12:05 am", "", "2025-03-14T00:05"),
        ("February 13, 2014", "", "2014-02-13"),
        ("25 Mar 2014 18:07", "", "2014-03-25T18:07"),
        ("Mar 24 2014", "", "2014-03-24"),
        ("01/12/2016", "10:57 A.M.", "2016-01-12T10:57"),
        ("14.04.2017", "15:15", "2017-04-14T15:15"),
        ("14/04/2017", "", "2017-04-14"),
        ("20080625", "141000", "2008-06-25T14:10:00"),
        ("", "10:00", ""),
    ],
)
def test_printed_dates(text: str, time_of_day: str, iso: str) -> None:
    assert printed(text, time_of_day) == iso


@pytest.mark.parametrize("text", ["soon", "31/31/2024", "February 30, 2024", "March 5, 2024 27:00"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(Unreadable):
        printed(text)


def test_figures_are_read_in_the_order_of_the_page_and_a_year_may_come_from_elsewhere() -> None:
    assert printed("02/03/2024") == "2024-02-03"
    assert printed("02/03/2024", day_first=True) == "2024-03-02"
    assert printed("31 июл.", "09:52", year=2022) == "2022-07-31T09:52"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31.12.2025 14:05", "2025-12-31T14:05"),
        ("Mo. 03.02.25, 08:15 Uhr", "2025-02-03T08:15"),
        ("02/03/2024 10:57:01", "2024-03-02T10:57:01"),
        ("5. März 2024", "2024-03-05"),
        ("le 5 août 2024 à 14:05", "2024-08-05T14:05"),
        ("25 de marzo de 2025 09:00", "2025-03-25T09:00"),
        ("3 out 2025", "2025-10-03"),
        ("12 paź 2024 7:05", "2024-10-12T07:05"),
        ("10:30, 1 мая 2024", "2024-05-01T10:30"),
        ("08:10 01-Mar-2026", "2026-03-01T08:10"),
        ("03 Jan 26", "2026-01-03"),
        ("2nd Feb 2026 at 1:05 pm", "2026-02-02T13:05"),
        ("2026/3/1 8:10", "2026-03-01T08:10"),
    ],
)
def test_a_printed_date_is_read_day_first(text: str, iso: str) -> None:
    assert dated(text) == iso
    assert is_dated(text)


def test_a_date_without_a_year_is_the_last_one_up_to_the_page() -> None:
    assert printed("7月8日 18:37", page_day="2026-07-09") == "2026-07-08T18:37"
    assert printed("7月8日 18:37", page_day="2026-03-09") == "2025-07-08T18:37"
    assert not printed("7月8日 18:37")


def test_nothing_printed_is_no_date() -> None:
    assert not printed("")
    assert forecast("soon") is None
    assert not is_dated("on a fine day")
    assert dated("") == NO_DATE
    assert not shown("")


@pytest.mark.parametrize("text", ["31.02.2025", "2025-13-01", "on a fine day", "12.05.2025 27:80"])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    assert dated(text) == shown(text) == NO_DATE


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        found = printed(text)
    except Unreadable:
        return
    assert found == "" or found[:4].isdigit()
