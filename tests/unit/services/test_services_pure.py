"""What services decide without a store: pace, timelines, back-off. Inputs are constructed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from parcelparsers.model import Event, Leg, Parcel, State
from parcelwarden.services import pace, politeness, telling
from parcelwarden.services.politeness import Attempt
from parcelwarden.services.records import Look, ParcelRecord, Prospect, SourceHealth
from parcelwarden.services.timeline import merged, taken_in
from support.scripted import FLOOR, NUMBER, START, day, event

HOUR = timedelta(hours=1)
LOOK = Look(parcel_id=1, source="cainiao", number="LP00190000000017", outcome="found")

prospects = st.builds(
    Prospect,
    state=st.none() | st.sampled_from(State),
    leg=st.sampled_from(Leg),
    created_at=st.just(START),
    moved_at=st.none() | st.integers(0, 200).map(day),
    act_by=st.none() | st.integers(0, 300).map(day),
)


@given(prospects, st.integers(0, 300).map(day), st.booleans())
def test_a_number_is_never_looked_at_before_the_floor_nor_later_than_twelve_days(
    prospect: Prospect, asked_at: datetime, second: bool
) -> None:
    at = pace.next_look(LOOK, prospect, asked_at, FLOOR, second=second)
    assert at == pace.next_look(LOOK, prospect, asked_at, FLOOR, second=second)
    if at is not None:
        assert FLOOR <= at - asked_at <= timedelta(days=12)


def test_the_fewer_days_are_left_the_sooner_is_the_next_look() -> None:
    def wait(left: float) -> timedelta:
        prospect = Prospect(
            state=State.IN_TRANSIT, leg=Leg.LINE_HAUL, created_at=START, moved_at=day(10), act_by=day(20 + left)
        )
        at = pace.next_look(LOOK, prospect, day(20), FLOOR)
        assert at is not None
        return at - day(20)

    assert wait(1) < wait(5) < wait(30)


def test_two_numbers_do_not_march_in_step() -> None:
    spans = {pace.spread(f"LP00190000000{number:03}", FLOOR) for number in range(100)}
    assert len(spans) > 90
    assert min(spans) >= FLOOR
    assert max(spans) <= FLOOR * 1.2


events = st.lists(
    st.builds(lambda at, code: event(at, f"C{code}"), st.integers(0, 30), st.integers(0, 5)), max_size=12, unique=True
).map(lambda found: tuple(sorted(found, key=lambda e: (e.at, e.code))))


@given(events, events)
def test_merging_loses_nothing_repeats_nothing_and_is_in_order(old: tuple[Event, ...], new: tuple[Event, ...]) -> None:
    both, alone = merged(old, new)
    assert {(e.at, e.code) for e in both} == {(e.at, e.code) for e in (*old, *new)}
    assert len(both) == len({(e.at, e.code) for e in both})
    assert [e.at for e in both] == sorted(e.at for e in both if e.at)
    assert merged(both, new)[0] == both
    assert alone == (set(old) <= set(new))


def scan(
    code: str, *, state: State = State.OUT_FOR_DELIVERY, place: str = "", hours: float = 0.0, text: str = ""
) -> Event:
    """A line at nine on the first day, as one source tells it."""
    return replace(event(0, code, state), description=text or code, location=place, uncertain_hours=hours)


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        (scan("GTMS_DO_DEPART", hours=14), scan("ES_07"), 1),
        (scan("GTMS_DO_DEPART", place="Madrid"), scan("ES_07", place="MADRID, Spain"), 1),
        (scan("GTMS_DO_DEPART", place="Madrid"), scan("ES_07", place="Sevilla"), 2),
        (scan("GTMS_SIGNED", state=State.DELIVERED), scan("ES_07"), 2),
        (
            scan("A", state=State.IN_TRANSIT, text="Left the hub."),
            scan("B", state=State.IN_TRANSIT, text="left the hub"),
            1,
        ),
        (scan("A", state=State.IN_TRANSIT, text="Arrived"), scan("B", state=State.IN_TRANSIT, text="Left"), 2),
        (scan("A"), replace(scan("B"), at=day(0.5), local_time=f"{day(0.5):%Y-%m-%dT%H:%M}"), 2),
    ],
)
def test_one_scan_that_two_sources_code_differently_is_one_line(one: Event, other: Event, lines: int) -> None:
    """The surer instant is kept, in whichever order the sources were asked, and asking again changes nothing."""
    first, _ = merged([one], [other])
    again, _ = merged([other], [one])
    assert len(first) == len(again) == lines
    surest = min(one.uncertain_hours, other.uncertain_hours)
    assert min(e.uncertain_hours for e in first) == min(e.uncertain_hours for e in again) == surest
    assert set(merged(first, [one])[0]) == set(first)


def test_two_lines_of_one_source_are_never_taken_for_one() -> None:
    early, twice = scan("A"), scan("B")
    assert merged([], [early, twice])[0] == (early, twice)
    assert set(merged([early, twice], [scan("C", hours=14)])[0]) == {early, twice}


def test_an_undated_line_stays_behind_the_line_that_it_followed() -> None:
    undated = Event(local_time="", at=None, code="N", description="no date")
    early, late, other = event(1, "A"), event(9, "B"), event(5, "C")
    assert merged((early, undated, late), (other,))[0] == (early, undated, other, late)


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_line_with_a_filler_for_its_date_is_kept_without_one(year: int) -> None:
    filler = replace(event(0, "FILLER"), at=datetime(year, 1, 1, tzinfo=UTC))
    told = Parcel(number=NUMBER, events=(event(1, "A"), filler, event(2, "B")))
    kept = taken_in(ParcelRecord(id=1, numbers=(NUMBER,), created_at=START), told, START)
    assert [(e.code, e.at) for e in kept.events] == [("A", day(1)), ("FILLER", None), ("B", day(2))]
    assert taken_in(kept, told, START).events == kept.events, "the same again changes nothing"


def test_a_source_that_fails_is_left_alone_longer_each_time() -> None:
    health = SourceHealth(source="cainiao")
    waits = []
    for _ in range(12):
        health = politeness.after(health, Attempt("blocked", stops=True), START)
        assert health.resume_at is not None
        waits.append(health.resume_at - START)
    assert waits == sorted(waits)
    assert waits[0] >= politeness.WALL
    assert waits[-1] <= politeness.MOST_WALL * 1.2
    assert health.failing_since == START
    well = politeness.after(health, Attempt("found", codes=("X",)), day(9))
    assert (well.state, well.failures, well.resume_at, well.failing_since) == ("ok", 0, None, None)
    assert politeness.after(well, Attempt("found", codes=("X", "Y")), day(9)).unknown_codes == ("X", "Y")


@given(st.sampled_from(["failed", "unconfirmed"]), st.integers(1, 50), st.none() | st.integers(1, 10**6), st.booleans())
def test_a_retry_comes_while_it_still_helps(result: str, attempts: int, helps: int | None, permanent: bool) -> None:
    until = START + timedelta(seconds=helps) if helps else None
    at = telling.retry_at(result, attempts, until, START, permanent=permanent)
    assert START < at <= START + 12 * HOUR
    if until and until - START > timedelta(minutes=2):
        assert at < until
