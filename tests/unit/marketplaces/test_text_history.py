"""Pasted tracking histories: read where each line says its own date, time and words, named as unread elsewhere. All texts
are constructed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers.marketplaces.pages import read_page
from parcelparsers.marketplaces.text_history import read
from parcelparsers.model import State
from parcelparsers.page import Capture, PageReading

SEEN = datetime(2026, 3, 1, tzinfo=UTC)


def pasted(text: str, seen_at: datetime | None = SEEN) -> PageReading:
    return read_page(Capture(url="", kind="text", form="text", body=text, seen_at=seen_at))


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-20 10:00 Departed from facility",
        "2026-02-20 10:00:59 - Departed from facility",
        "2026/02/20, 10:00 | Departed from facility",
        "[2026.02.20 10:00] Departed from facility",
        "2026-02-20T10:00 (GMT+8) Departed from facility",
        "Feb 20, 2026 10:00 Departed from facility",
        "20 February 2026, 10:00 Departed from facility",
    ],
)
def test_a_line_of_date_time_and_words_is_an_event(line: str) -> None:
    (event,), unread = read([line], SEEN)
    assert (event.local_time, event.description, event.uncertain_hours) == (
        "2026-02-20T10:00",
        "Departed from facility",
        14.0,
    )
    assert (event.state, unread) == (State.IN_TRANSIT, ())


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-20 Departed from facility",
        "2026-02-20 10:00",
        "2026-02-20 10:00 AM Departed from facility",
        "2026-02-30 10:00 Departed from facility",
        "2026-02-20 25:00 Departed from facility",
        "2026-02-20 10:00 12345678",
        "2026-03-20 10:00 Estimated delivery",
    ],
)
def test_what_is_not_sure_is_named_and_not_read(line: str) -> None:
    events, (unread,) = read(["2026-02-19 09:00 Accepted by carrier", line], SEEN)
    assert [event.local_time for event in events] == ["2026-02-19T09:00"]
    assert (unread.field, unread.why[:6]) == ("events", "1 of 2")


@pytest.mark.parametrize("line", ["02/03/2026 10:00 Departed", "10:00 Departed", "20 Feb 10:00 Departed"])
def test_a_date_that_may_be_two_is_no_event(line: str) -> None:
    assert read([line], SEEN)[0] == ()


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Delivered", State.DELIVERED),
        ("Your package has been delivered.", State.DELIVERED),
        ("To be delivered today", None),
        ("Not delivered: nobody at home", State.DELIVERY_FAILED),
        ("Delivered to counter", None),
        ("Out for delivery", State.OUT_FOR_DELIVERY),
        ("Entregado", None),
    ],
)
def test_delivered_is_only_what_says_nothing_else(words: str, state: State | None) -> None:
    assert read([f"2026-02-20 10:00 {words}"], SEEN)[0][0].state is state


def test_either_way_up_but_not_out_of_order() -> None:
    lines = [f"2026-02-{day} 10:00 Departed" for day in (20, 19, 18)]
    assert read(lines, SEEN)[0] == read(lines[::-1], SEEN)[0]
    events, (unread,) = read([lines[1], lines[0], lines[2]], SEEN)
    assert (events, unread.why[:6]) == ((), "3 of 3")


def test_without_the_instant_of_the_paste_no_line_is_sure_to_be_past() -> None:
    text = "Tracking number: RR123456785CN\n2026-02-20 10:00 Departed"
    assert pasted(text).parcels[0][1].events
    reading = pasted(text, None)
    assert reading.parcels[0][1].events == ()
    assert [u.field for u in reading.unread] == ["order_id", "events"]


def test_of_two_numbers_it_is_not_said_whose_history_it_is() -> None:
    text = "Tracking number: RR123456785CN\nTracking number: LP00190000000017\n2026-02-20 10:00 Departed"
    reading = pasted(text)
    assert [(parcel.number, parcel.events) for _, parcel in reading.parcels] == [
        ("RR123456785CN", ()),
        ("LP00190000000017", ()),
    ]
    assert [u.field for u in reading.unread] == ["order_id", "events"]


def test_people_are_taken_out() -> None:
    text = "Tracking number: RR123456785CN\n2026-02-20 10:00 Delivered. Signed by: Persona Inventata, tel +39 111222333"
    described = pasted(text).parcels[0][1].events[0].description
    assert "Inventata" not in described
    assert "111222333" not in described


@given(st.lists(st.text("0123456789-/:.[] TZdeliverdFb20GM+", max_size=60), max_size=8))
def test_any_lines_are_read_or_named(lines: list[str]) -> None:
    events, _ = read(lines, SEEN)
    assert all(event.at and event.at >= datetime(1999, 1, 1, tzinfo=UTC) for event in events)
