"""Late risk: lanes, drift, what is known when, and the alarm."""

from __future__ import annotations

import math
import tomllib
from datetime import UTC, datetime
from importlib.resources import files

import msgspec
import pytest

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.late_risk import (
    Journey,
    LateRisk,
    LateRiskSettings,
    RollingRisk,
    days_since_epoch,
    expected_late,
    late_risk_prior,
)
from parcelwarden.domain.late_risk.delivery_time import DeliveryTime
from support.silence import FIRST, journeys

NOW = FIRST + 190


def asked(destination: str = "near", started: float = NOW - 5, promised: float = 9) -> Journey:
    return Journey(
        origin="A", destination=destination, paid=started - 1, started=started, promised_end=started + promised
    )


def risk(journey: Journey, at: float = NOW, **changes: float) -> LateRisk:
    return RollingRisk(journeys(**changes)).assess(journey, at)  # type: ignore[arg-type]


def test_the_same_age_means_less_on_a_longer_lane() -> None:
    assert risk(asked("near", promised=9)).late > 2 * risk(asked("far", promised=24)).late


def test_risk_grows_while_nothing_comes_and_severe_is_never_likelier_than_late() -> None:
    model, journey = RollingRisk(journeys()), asked(started=NOW - 8)
    told = [model.assess(journey, journey.started + days) for days in range(1, 9)]
    assert [each.late for each in told] == sorted(each.late for each in told)
    assert all(0 <= each.severe <= each.late <= 1 for each in told)


def test_once_the_promised_day_is_over_it_is_certain() -> None:
    assert risk(asked(started=NOW - 10)).late == 1


def test_a_slower_season_raises_the_risk_before_any_promise_of_it_was_broken() -> None:
    assert risk(asked("far", promised=24), slow=2.0).late > risk(asked("far", promised=24)).late + 0.02


def test_it_is_calibrated_on_what_it_was_made_from() -> None:
    known = journeys(800)
    model, told, came = RollingRisk(known), 0.0, 0
    for journey in known[400:700]:
        if journey.ended > journey.started + 2:
            told += model.assess(journey, journey.started + 2).late
            came += journey.ended >= journey.promised_end
    assert told == pytest.approx(came, rel=0.35)


@pytest.mark.parametrize("ended", [math.inf, NOW + 0.5, NOW + 40])
def test_nothing_that_came_later_is_seen(ended: float) -> None:
    before = journeys()
    altered = [msgspec.structs.replace(each, ended=ended) if each.ended > NOW else each for each in before]
    assert altered != before
    one, other = RollingRisk(before), RollingRisk(altered)
    for at in (NOW - 30, NOW - 12.5, NOW - 1, NOW):
        assert one.assess(asked(started=at - 3), at) == other.assess(asked(started=at - 3), at)


def test_the_estimate_moves_forward_only_and_does_not_depend_on_how_often_it_is_asked() -> None:
    often, once = RollingRisk(journeys()), RollingRisk(journeys())
    once.advance(FIRST + 100)
    for day in range(100, 190):
        often.advance(FIRST + day)
    for day in (107, 114, 121, 150, 184, 189):
        once.advance(FIRST + day)
    assert often.assess(asked(), NOW).late == pytest.approx(once.assess(asked(), NOW).late, rel=0.15)
    with pytest.raises(ValueError, match="cannot go back"):
        often.advance(FIRST)


def test_without_any_parcel_the_prior_answers_and_raises_nothing() -> None:
    tables = tomllib.loads((files("parcelwarden") / "policies/late_risk.toml").read_text("utf-8"))
    journey = asked(started=NOW - 9.5, promised=10)
    told = RollingRisk([], prior=late_risk_prior(tables)).assess(journey, NOW)
    assert (0 < told.late < 1, told.evidence) == (True, 0)
    assert not expected_late(journey, NOW, told, LateRiskSettings(alarm_late=0))


@pytest.mark.parametrize(
    ("late", "evidence", "days", "raised"),
    [(0.9, 30, 5, True), (0.9, 29, 5, False), (0.85, 30, 5, False), (0.1, 0, 10, True), (0.1, 0, 9.99, False)],
)
def test_the_alarm(late: float, evidence: int, days: float, raised: bool) -> None:
    journey = asked(started=NOW, promised=10)
    assert expected_late(journey, NOW + days, LateRisk(late, 0, evidence), LateRiskSettings()) is raised


def test_a_journey_that_ended_before_it_began_is_left_out() -> None:
    wrong = msgspec.structs.replace(journeys()[0], ended=FIRST - 3)
    assert RollingRisk([*journeys(), wrong]).assess(asked(), NOW) == risk(asked())


def test_delivery_time_stands_still_where_nobody_delivers() -> None:
    monday = days_since_epoch(datetime(2026, 1, 5, tzinfo=UTC))
    clock = DeliveryTime.measured([(monday + day + 0.5, 1e6) for day in range(5)])
    assert clock(monday + 7) - clock(monday) == pytest.approx(7)
    assert clock(monday + 7) - clock(monday + 5) == pytest.approx(0, abs=0.01)
    assert clock(monday + 0.55) - clock(monday + 0.5) == pytest.approx(7 / 5, abs=0.01)


@pytest.mark.parametrize("spoilt", [{}, {"prior": {"rates": [1.0]}}, {"prior": {"common": "x"}}])
def test_a_bad_prior_is_refused_by_name(spoilt: dict[str, object]) -> None:
    with pytest.raises(PackError, match="late_risk"):
        late_risk_prior(spoilt)
