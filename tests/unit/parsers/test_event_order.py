"""Events in order, and what they decide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers import Event, Flag, Leg, Parcel, State
from parcelparsers.timeline import decide, in_order, settled

START = datetime(2025, 3, 4, tzinfo=UTC)


def event(hour: int | None, state: State | None = State.IN_TRANSIT, leg: int = 2, **more: object) -> Event:
    at = None if hour is None else START + timedelta(hours=hour)
    local = "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%S")
    return Event(**{"local_time": local, "at": at, "state": state, "leg": Leg(leg)} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize("newest_first", [None, True])
def test_newest_first_is_turned(newest_first: bool | None) -> None:
    rows = [event(3), event(2), event(1)]
    assert in_order(rows, newest_first=newest_first) == tuple(rows[::-1])


def test_equal_times_keep_the_order_of_the_source() -> None:
    one, two, three = event(1, code="a"), event(1, code="b"), event(2)
    assert in_order([one, two, three]) == (one, two, three)
    assert in_order([three, two, one]) == (one, two, three)
    assert in_order([two, one], newest_first=True) == (one, two)


def test_unsorted_rows_are_sorted_and_each_is_kept() -> None:
    rows = [event(1), event(5), event(3), event(5), event(5, code="other")]
    assert [e.at for e in in_order(rows)] == [START + timedelta(hours=h) for h in (1, 3, 5, 5, 5)]


def test_undated_rows_stay_behind_their_neighbour() -> None:
    first, undated, last = event(1), event(None), event(2)
    assert in_order([first, undated, last]) == (first, undated, last)
    assert in_order([last, undated, first]) == (first, undated, last)
    assert in_order([undated]) == (undated,)


def test_false_zones_are_sorted_by_the_printed_clock() -> None:
    early = event(9, local_time="2025-03-04T08:00:00")
    late = event(1, local_time="2025-03-04T09:00:00")
    assert in_order([late, early], wall_clock=True) == (early, late)
    assert in_order([late, early]) == (late, early)


@pytest.mark.parametrize(
    ("states", "decided"),
    [
        ([], None),
        ([State.IN_TRANSIT, State.CUSTOMS_HOLD, State.IN_TRANSIT], State.IN_TRANSIT),
        ([State.IN_TRANSIT, None], State.IN_TRANSIT),
        ([State.AVAILABLE_FOR_PICKUP, State.DELIVERED, State.IN_TRANSIT], State.DELIVERED),
        ([State.AVAILABLE_FOR_PICKUP, State.DELIVERED, State.RETURNED], State.RETURNED),
        ([State.AVAILABLE_FOR_PICKUP, State.OUT_FOR_DELIVERY, State.DELIVERED, State.IN_TRANSIT], State.IN_TRANSIT),
        ([State.DELIVERED, State.IN_TRANSIT], State.IN_TRANSIT),
        ([State.DELIVERED, State.DELIVERY_FAILED], State.DELIVERY_FAILED),
    ],
)
def test_the_newest_decisive_event_decides(states: list[State | None], decided: State | None) -> None:
    assert decide(event(n, state) for n, state in enumerate(states))[0] is decided


def test_a_station_code_holds_against_a_moving_scan() -> None:
    rows = [event(1, State.DELIVERED, code="AT_STATION"), event(2)]
    assert decide(rows, stations={"AT_STATION"})[0] is State.DELIVERED
    assert decide(rows)[0] is State.IN_TRANSIT


def test_notices_decide_nothing() -> None:
    rows = [event(1, leg=1), event(2, State.DELIVERED, leg=7, advisory=True)]
    assert decide(rows) == (State.IN_TRANSIT, Leg.ACCEPTED)


@given(st.lists(st.integers(0, 7)))
def test_the_leg_is_the_furthest(legs: list[int]) -> None:
    assert decide(event(n, leg=leg) for n, leg in enumerate(legs))[1] == max(legs, default=0)


def test_settled_keeps_what_no_event_decides_and_adds_flags() -> None:
    notice = event(1, State.IN_TRANSIT, advisory=True, uncertain_hours=14.0)
    parcel = settled(Parcel(number="RX000000000CN", state=State.INFO_RECEIVED, events=(notice,)))
    assert parcel.state is State.INFO_RECEIVED
    assert parcel.flags == (Flag.ADVISORY_ONLY, Flag.TIME_UNCERTAIN)
    assert settled(parcel) == parcel


@given(st.lists(st.integers(0, 30) | st.none(), max_size=12))
def test_order_is_stable_under_repetition(hours: list[int | None]) -> None:
    rows = in_order([event(h, code=str(n)) for n, h in enumerate(hours)], newest_first=False)
    assert len(rows) == len(hours)
    assert in_order(rows, newest_first=False) == rows
    dated = [e.at for e in rows if e.at]
    assert dated == sorted(dated)
