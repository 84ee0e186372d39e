"""Printed times become instants, and say how far they may be off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers.clock import ANYWHERE, NOT_PRINTED, UNREAD, Stamp, epoch, stamp, zone
from parcelparsers.errors import Unreadable


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "label", "at"),
    [
        ("2025-03-04 10:00:00", "GMT+8", "2025-03-04T02:00"),
        ("2025-03-04 10:00:00", "GMT+08:00", "2025-03-04T02:00"),
        ("2025-03-04T10:00:00", "gmt+5:30", "2025-03-04T04:30"),
        ("2025-03-04 10:00:00", "UTC-3", "2025-03-04T13:00"),
        ("2025-03-04 10:00:00", "GMT", "2025-03-04T10:00"),
        ("2025-03-04 10:00", "+2", "2025-03-04T08:00"),
        ("2025-03-04T10:00:00+01:00", None, "2025-03-04T09:00"),
        ("2025-03-04T10:00:00.123Z", "GMT+8", "2025-03-04T10:00"),
        ("2025-03-04T10:00:00 +0530", None, "2025-03-04T04:30"),
        ("2025-07-04 10:00:00", "Europe/Madrid", "2025-07-04T08:00"),
    ],
)
def test_a_zone_gives_an_exact_instant(text: str, label: str | None, at: str) -> None:
    found = stamp(text, label)
    assert (found.at, found.uncertain_hours) == (utc(at), 0)
    assert found.local_time == text[:10] + "T" + text[11:19].rstrip("+").strip()


def test_the_place_counts_only_without_a_label() -> None:
    assert stamp("2025-01-04 10:00:00", place="Europe/Paris").at == utc("2025-01-04T09:00")
    assert stamp("2025-01-04 10:00:00", "", place="GMT+8").at == utc("2025-01-04T02:00")
    assert stamp("2025-01-04 10:00:00", "UTC", place="Europe/Paris").at == utc("2025-01-04T10:00")


def test_no_zone_is_said() -> None:
    assert stamp("2025-01-04 10:00:00") == Stamp("2025-01-04T10:00:00", utc("2025-01-04T10:00"), None, ANYWHERE)


def test_a_day_is_its_noon_within_half_a_day() -> None:
    assert stamp("2025-01-04", "GMT+8") == Stamp("2025-01-04", utc("2025-01-04T04:00"), "GMT+8", 12.0)
    assert stamp("2025-01-04").uncertain_hours == ANYWHERE + 12


@pytest.mark.parametrize("text", ["2025-10-26 02:30:00", "2025-03-30 02:30:00"])
def test_an_hour_that_comes_twice_or_never_is_uncertain(text: str) -> None:
    found = stamp(text, place="Europe/Berlin")
    assert found.uncertain_hours == 1
    assert found.at is not None
    assert found.at.hour in (0, 1)


def test_the_least_uncertainty_of_a_source_is_kept() -> None:
    assert stamp("2025-01-04 10:00:00", "GMT+8", uncertain=14.0).uncertain_hours == 14
    assert stamp("2025-01-04 10:00", "GMT+8", uncertain=14.0).uncertain_hours == 14


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_printed_is_no_instant(text: str | None) -> None:
    assert stamp(text) == NOT_PRINTED
    assert epoch(text) == NOT_PRINTED


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2025-13-01 10:00:00",
        "2025-02-30",
        "2025-W01-1T10:00:00",
        "0001-01-01 00:00:00",
        "2025-01-04x10:00:00",
        "04/01/2025",
        "2025-01-04 25:00",
        "٢٠٢٥-٠١-٠٤",
    ],
)
def test_nonsense_is_a_time_that_cannot_be_read(text: str) -> None:
    assert stamp(text, "GMT+8") == UNREAD


@pytest.mark.parametrize(
    ("text", "local", "at"),
    [
        ("2025-03-04 02:05 PM", "2025-03-04T14:05", "2025-03-04T14:05"),
        ("2025-03-04 12:05:06 am", "2025-03-04T00:05:06", "2025-03-04T00:05:06"),
        ("2025/3/4 9:05", "2025-03-04T09:05", "2025-03-04T09:05"),
        ("2025.03.04 09:05:06,789 UTC", "2025-03-04T09:05:06", "2025-03-04T09:05:06"),
        ("20250304T090506+0100", "2025-03-04T09:05:06", "2025-03-04T08:05:06"),
    ],
)
def test_other_ways_to_print_the_year_first(text: str, local: str, at: str) -> None:
    found = stamp(text, place="UTC")
    assert (found.local_time, found.at) == (local, utc(at))


def test_a_label_that_names_no_zone_counts_as_none() -> None:
    assert stamp("2025-01-04 10:00:00", "Beijing", place="GMT+8") == stamp("2025-01-04 10:00:00", place="GMT+8")
    assert epoch(1741053600, "Beijing") == epoch(1741053600)


@pytest.mark.parametrize("label", ["Beijing", "GMT+99", "../../etc/passwd", "/etc/localtime", "Nowhere/Land", "+"])
def test_a_nonsense_zone_is_unreadable(label: str) -> None:
    with pytest.raises(Unreadable):
        zone(label)


@pytest.mark.parametrize("value", [1741053600, 1741053600000, "1741053600000", 1741053600.0])
def test_epochs_in_seconds_and_milliseconds(value: object) -> None:
    assert epoch(value, "GMT+8") == Stamp("2025-03-04T10:00:00", utc("2025-03-04T02:00"), "GMT+8", 0.0)


@pytest.mark.parametrize("value", [True, "soon", float("nan"), float("inf"), 10**30, [], {}])
def test_a_nonsense_epoch_is_unreadable(value: object) -> None:
    assert epoch(value) == UNREAD


@given(st.text(max_size=40), st.none() | st.text(max_size=20))
def test_only_unreadable_comes_out(text: str, label: str | None) -> None:
    try:
        found = stamp(text, label)
    except Unreadable:
        return
    assert found.at is None or found.at.tzinfo is UTC


@given(st.datetimes(), st.integers(-12, 14))
def test_a_printed_wall_clock_comes_back(wall: datetime, hours: int) -> None:
    text = wall.strftime("%m-%d %H:%M:%S")
    label = f"GMT{hours:+d}"
    found = stamp(f"2024-{text}", label)
    assert found.at is not None
    assert found.at.astimezone(zone(label)).strftime("%Y-%m-%dT%H:%M:%S") == found.local_time
