"""Steps 5 and 6: silence on both sides of each threshold, per leg; the quiet lines; a refused source."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_build import (
    DAY,
    ECONOMY,
    HOUR,
    LINES,
    MODEL,
    NOW,
    SECOND,
    SHIPPED,
    TRACKED,
    codes,
    event,
    facts,
    verdict,
)

from parcelparsers.model import Flag, Leg, State
from parcelwarden.domain.errors import PackError
from parcelwarden.domain.model import VerdictCode as V
from parcelwarden.domain.verdict import LegClass, Measured, Quantiles, SilenceModel, silence_model
from parcelwarden.domain.verdict.lines import LineClass
from parcelwarden.domain.verdict.silence import lane_key, leg_class

Q95, Q99 = 12 * DAY, 25 * DAY
"""Without data (SEMANTICS.md), on every leg."""


@pytest.mark.parametrize("leg", range(8))
def test_both_sides_of_both_thresholds_on_every_leg(leg: int) -> None:
    for silence, expected, change in (
        (Q95, V.NORMAL, Q95 + SECOND),
        (Q95 + SECOND, V.SLOW, Q99 + SECOND),
        (Q99, V.SLOW, Q99 + SECOND),
        (Q99 + SECOND, V.STALLED, None),
    ):
        found = verdict(event(SHIPPED, leg=leg), looked=SHIPPED + silence)
        assert found.verdict is expected
        assert found.logistics == "normal"
        assert found.silence.expected_until == SHIPPED + Q99
        assert found.changes_at == (SHIPPED + change if change else None)


def test_the_classes_of_leg() -> None:
    assert {leg: leg_class(Leg(leg)).value for leg in range(8)} == {
        0: "origin", 1: "origin", 2: "origin", 3: "line_haul", 4: "customs",
        5: "last_mile", 6: "last_mile", 7: "last_mile",
    }  # fmt: skip
    assert {MODEL.legs[kind].prior for kind in LegClass} == {Quantiles(Q95, Q99)}


@pytest.mark.parametrize("leg", range(8))
@pytest.mark.parametrize("lag", [timedelta(), 2 * HOUR])
def test_whole_days_read_as_with_twelve_and_twenty_five(leg: int, lag: timedelta) -> None:
    for days in range(1, 60):
        found = verdict(event(SHIPPED, leg=leg), looked=SHIPPED + days * DAY - lag).verdict
        assert found is (V.NORMAL if days <= 12 else V.SLOW if days <= 25 else V.STALLED)


def test_the_leg_is_the_furthest_and_the_silence_starts_at_the_newest_movement() -> None:
    history = (event(SHIPPED, leg=5), event(SHIPPED + DAY, leg=3))
    assert verdict(*history, looked=SHIPPED + 13 * DAY).verdict is V.NORMAL
    assert verdict(*history, looked=SHIPPED + 13 * DAY + SECOND).verdict is V.SLOW


def test_notices_do_not_break_a_silence_nor_carry_the_parcel_forward() -> None:
    notice = event(SHIPPED + 20 * DAY, State.INFO_RECEIVED, 6, advisory=True)
    found = verdict(event(SHIPPED, leg=2), notice, looked=SHIPPED + 25 * DAY + 6 * HOUR + SECOND)
    assert codes(found) == ["silent_beyond_expected"]
    assert re.search(r"; up to \d+(\.\d)? days are expected on this leg\.$", found.reasons[0].text)
    assert found.silence.days == pytest.approx(25.25, abs=0.001)


def test_an_uncertain_time_starts_the_silence_as_late_as_it_can_have_been() -> None:
    scan = event(SHIPPED, leg=6, uncertain_hours=14)
    assert verdict(scan, looked=SHIPPED + 14 * HOUR + 12 * DAY).verdict is V.NORMAL
    assert verdict(scan, looked=SHIPPED + 14 * HOUR + 12 * DAY + SECOND).verdict is V.SLOW
    assert verdict(scan, looked=SHIPPED).silence.days == 0


def test_a_history_without_dates_is_not_called_silent() -> None:
    found = verdict(event(None))
    assert (found.verdict, codes(found), found.silence.days) == (V.NORMAL, ["no_dates"], None)


@pytest.mark.parametrize("last", ["blocked", "unreadable", "rate_limited", "network"])
def test_a_refused_source_makes_a_verdict_older_never_worse(last: str) -> None:
    scan, looked = event(SHIPPED, leg=3), SHIPPED + 2 * DAY
    fresh = verdict(scan, looked=looked, now=looked, last_outcome="found")
    old = verdict(scan, looked=looked, now=looked + 400 * DAY, last_outcome=last)
    assert (old.verdict, old.silence, old.logistics) == (fresh.verdict, fresh.silence, fresh.logistics)
    assert codes(fresh) == ["moving"]
    assert codes(old) == ["moving", "not_looked_at_since"]
    assert old.checked_at == looked


def test_a_look_in_the_future_does_not_lengthen_a_silence() -> None:
    assert verdict(event(SHIPPED), looked=SHIPPED + 90 * DAY, now=SHIPPED + DAY).verdict is V.NORMAL


QUIET = [
    ("LH_HO_AIRLINE", ""),
    ("LH_DEPART", ""),
    ("LH_ARRIVE", ""),
    (None, "Hand over to airline"),
    ("X", "Handed over to Airline"),
    (None, "Depart From Original Country"),
    (None, "Departed from country of origin"),
    (None, "Arrived at Destination Country"),
]


@pytest.mark.parametrize(("code", "text"), QUIET)
def test_a_quiet_line_is_expected_for_exactly_thirty_days(code: str | None, text: str) -> None:
    order, scan = facts(shipping_method="  cainiao SUPER  economy "), event(SHIPPED, leg=3, code=code, description=text)
    last = verdict(scan, order=order, looked=SHIPPED + 30 * DAY)
    assert (last.verdict, codes(last), last.logistics) == (V.QUIET_EXPECTED, ["lane_without_scans"], "normal")
    assert last.silence.expected_until == SHIPPED + 30 * DAY
    assert last.changes_at == SHIPPED + 30 * DAY + SECOND
    beyond = verdict(scan, order=order, looked=SHIPPED + 30 * DAY + SECOND)
    assert (beyond.verdict, codes(beyond)) == (V.STALLED, ["silent_beyond_expected"])
    assert beyond.logistics == "normal"


@pytest.mark.parametrize(
    ("code", "text"),
    [("SC_INBOUND_SUCCESS", "Processing at origin sorting centre"), (None, "Departed from origin sorting centre"),
     ("LH_DEPART_X", "Left the hub"), (None, "Arrived at destination country sorting centre")],
)  # fmt: skip
def test_other_statuses_are_not_quiet(code: str | None, text: str) -> None:
    scan = event(SHIPPED, leg=3, code=code, description=text)
    found = verdict(scan, order=facts(shipping_method=ECONOMY), looked=SHIPPED + 28 * DAY)
    assert found.verdict is V.STALLED


def test_only_the_newest_movement_makes_a_line_quiet() -> None:
    history = (event(SHIPPED, leg=3, code="LH_DEPART"), event(SHIPPED + DAY, leg=5, code="GTMS_ACCEPT"))
    assert verdict(*history, order=facts(shipping_method=ECONOMY), looked=SHIPPED + 28 * DAY).verdict is V.STALLED


@pytest.mark.parametrize(
    ("method", "more", "quiet"),
    [
        (ECONOMY, {}, True),
        (TRACKED, {}, False),
        ("Some New Line", {}, False),
        (None, {}, False),
        (None, {"service_line": ECONOMY.upper()}, True),
        ("Some New Line", {"flags": (Flag.ECONOMY_NO_LASTMILE,)}, True),
        (TRACKED, {"flags": (Flag.ECONOMY_NO_LASTMILE,)}, True),
    ],
)
def test_what_makes_a_line_economy(method: str | None, more: dict[str, Any], quiet: bool) -> None:
    scan = event(SHIPPED, leg=3, code="LH_DEPART")
    found = verdict(scan, order=facts(shipping_method=method), looked=SHIPPED + 28 * DAY, **more)
    assert found.verdict is (V.QUIET_EXPECTED if quiet else V.STALLED)
    assert ("unknown_line" in codes(found)) is (method == "Some New Line" and not quiet)


def test_line_names_match_whatever_their_case_and_spacing() -> None:
    assert LINES.classify("4px  singapore POST om pro") is LineClass.ECONOMY
    assert LINES.classify("aliexpress standard shipping") is LineClass.TRACKED
    assert LINES.classify("Cainiao Super Economy Lite") is LINES.classify(None) is LineClass.UNKNOWN


def lane_model(leg: LegClass, q95: float, q99: float, parcels: int) -> SilenceModel:
    """The shipped model with one lane measured."""
    measured = {leg: Measured(timedelta(days=q95), timedelta(days=q99), parcels)}
    lanes = {lane_key(TRACKED, "ES") or "": measured}
    return SilenceModel(
        legs=MODEL.legs, q95_least=MODEL.q95_least, q95_most=MODEL.q95_most,
        lane_parcels=MODEL.lane_parcels, unscanned_span=MODEL.unscanned_span, lanes=lanes,
    )  # fmt: skip


CLAMPS = [
    (LegClass.ORIGIN, 2, 1, 2, 500, 3, 5),
    (LegClass.ORIGIN, 2, 6, 9, 10, 6, 9),
    (LegClass.ORIGIN, 2, 25, 90, 199, 20, 27),
    (LegClass.ORIGIN, 2, 25, 90, 200, 25, 90),
    (LegClass.LINE_HAUL, 3, 25, 90, 199, 20, 40),
    (LegClass.LINE_HAUL, 3, 25, 90, 200, 25, 90),
    (LegClass.CUSTOMS, 4, 16, 61, 1, 16, 40),
    (LegClass.LAST_MILE, 6, 4.1, 11.9, 199, 4.1, 11.9),
    (LegClass.LAST_MILE, 7, 19, 7, 199, 7, 7),
    (LegClass.LAST_MILE, 5, 30, 1, 500, 5, 5),
]


@pytest.mark.parametrize(("kind", "leg", "q95", "q99", "parcels", "slow", "stalled"), CLAMPS)
def test_measured_quantiles_are_clamped(
    kind: LegClass, leg: int, q95: float, q99: float, parcels: int, slow: float, stalled: float
) -> None:
    found = lane_model(kind, q95, q99, parcels).quantiles(Leg(leg), lane_key(TRACKED.upper(), "es"))
    assert (found.q95 / DAY, found.q99 / DAY) == (slow, stalled)


def test_a_lane_is_judged_by_its_own_measurements_others_by_the_prior() -> None:
    model = lane_model(LegClass.LAST_MILE, 4, 6, 50)
    scan, looked = event(SHIPPED, leg=6), SHIPPED + 6 * DAY + SECOND
    assert verdict(scan, looked=looked, model=model).verdict is V.STALLED
    assert verdict(scan, looked=looked, model=model, order=facts(country="FR")).verdict is V.NORMAL
    assert verdict(event(SHIPPED, leg=3), looked=looked, model=model).verdict is V.NORMAL


SPANS = st.integers(0, 400 * 86400).map(lambda seconds: timedelta(seconds=seconds))


@given(SPANS, SPANS, st.integers(1, 20), st.integers(0, 30))
def test_the_rank_of_a_silence_is_monotone_and_meets_its_quantiles(
    one: timedelta, two: timedelta, slow: int, more: int
) -> None:
    model = Quantiles(slow * DAY, (slow + more) * DAY)
    low, high = sorted((one, two))
    assert 0 <= model.rank(low) <= model.rank(high) <= 1
    assert model.rank(slow * DAY) == pytest.approx(0.95)
    assert (high > model.q95) is (model.rank(high) > 0.95) or abs(high - model.q95) <= SECOND
    assert (high > model.q99) is (model.rank(high) > 0.99) or abs(high - model.q99) <= SECOND


ORDER = [V.NORMAL, V.SLOW, V.STALLED]


@given(st.integers(0, 7), SPANS, SPANS, st.sampled_from([TRACKED, ECONOMY, None]))
def test_a_longer_silence_never_looks_better(leg: int, one: timedelta, two: timedelta, line: str | None) -> None:
    found = [
        verdict(event(SHIPPED, leg=leg), looked=SHIPPED + span, now=SHIPPED + 500 * DAY,
                order=facts(shipping_method=line)).verdict
        for span in sorted((one, two))
    ]  # fmt: skip
    assert ORDER.index(found[0]) <= ORDER.index(found[1])


@given(st.integers(0, 7), SPANS, st.sampled_from([TRACKED, ECONOMY]), st.sampled_from(["LH_DEPART", "X"]))
def test_nothing_changes_before_changes_at_and_something_does_then(
    leg: int, span: timedelta, line: str, code: str
) -> None:
    def at(looked: datetime) -> V:
        return verdict(scan, order=order, looked=looked, now=NOW + 900 * DAY).verdict

    scan, order = event(SHIPPED, leg=leg, code=code), facts(shipping_method=line)
    found = verdict(scan, order=order, looked=SHIPPED + span, now=NOW + 900 * DAY)
    if found.changes_at is None:
        assert at(SHIPPED + span + 300 * DAY) is found.verdict
    else:
        assert found.changes_at > SHIPPED + span
        assert at(found.changes_at - SECOND) is found.verdict
        assert at(found.changes_at) is not found.verdict


def tables() -> dict[str, Any]:
    """The shipped data file, to be spoilt."""
    return tomllib.loads((files("parcelwarden") / "policies" / "silence.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("clamp",), None, "clamp"),
        (("clamp", "q95_most"), "20 d", "clamp.q95_most"),
        (("clamp", "lane_parcels"), 0, "clamp.lane_parcels"),
        (("unscanned",), None, "unscanned"),
        (("unscanned", "span"), 0, "unscanned.span"),
        (("legs", "customs"), None, "customs"),
        (("legs", "customs", "q99"), True, "legs.customs.q99"),
        (("legs", "customs", "q99"), 100, "legs.customs.q99"),
        (("legs", "origin", "q99"), 649, "legs.origin.q99"),
        (("legs", "origin", "q95"), 71, "legs.origin.q95"),
    ],
)
def test_a_bad_data_file_is_refused_by_name(path: tuple[str, ...], value: object, where: str) -> None:
    spoilt = inner = tables()
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(PackError) as fault:
        silence_model(spoilt)
    assert fault.value.where == where


UNSCANNED = msgspec.structs.replace(MODEL, unscanned=frozenset({lane_key(TRACKED, "ES") or ""}))


@pytest.mark.parametrize(
    ("days", "leg", "country", "expected"),
    [(59, 3, "ES", V.QUIET_EXPECTED), (61, 3, "ES", V.STALLED), (59, 4, "ES", V.STALLED), (59, 3, "FR", V.STALLED)],
)
def test_a_lane_that_is_never_scanned_at_the_destination_may_be_silent(
    days: int, leg: int, country: str, expected: V
) -> None:
    found = verdict(event(SHIPPED, leg=leg), looked=SHIPPED + days * DAY, model=UNSCANNED, order=facts(country=country))
    assert found.verdict is expected
    assert ("lane_without_scans" in codes(found)) is (expected is V.QUIET_EXPECTED)
