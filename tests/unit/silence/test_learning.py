"""The silence model: what is counted of a history, what follows for lanes and steps, and how the verdict takes it."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.silence import SilenceCounts, SilenceEstimate, SilenceSettings, observe, with_measurements
from parcelwarden.domain.verdict import SilenceModel, silence_model
from parcelwarden.domain.verdict.silence import step_of
from support.silence import DAY, START, scan

MODEL: SilenceModel = silence_model(tomllib.loads((files("parcelwarden") / "policies/silence.toml").read_text("utf-8")))
LANE = "line|ES"
STEP = step_of(scan(0))
ABROAD = scan(0, Leg.LINE_HAUL)
DELIVERED = scan(0, Leg.FINAL, State.DELIVERED)


def lane(counts: SilenceCounts, name: str, gaps: list[float], *, never: int = 0) -> SilenceCounts:
    """Parcels with one silence each that ended, and some that were never scanned again."""
    for gap in gaps:
        observe(counts, name, (scan(0), scan(gap, Leg.FINAL, State.DELIVERED)), START + 200 * DAY)
    for _ in range(never):
        observe(counts, name, (scan(0),), START + 200 * DAY)
    return counts


def unscanned(counts: SilenceCounts, name: str, sent: int, scanned: int) -> SilenceCounts:
    for index in range(sent):
        history = (ABROAD, scan(9, Leg.ARRIVED)) if index < scanned else (ABROAD,)
        observe(counts, name, history, START + 100 * DAY)
    return counts


def test_a_quick_lane_is_doubted_sooner_than_a_slow_one() -> None:
    counts = lane(SilenceCounts(), "quick|ES", [0.5, 1, 1.5, 2] * 50, never=25)
    lane(counts, "slow|ES", [4, 8, 12, 16] * 50, never=25)
    estimate = SilenceEstimate(counts)
    assert estimate.limit("quick|ES", STEP) < 15 < estimate.limit("slow|ES", STEP)
    assert estimate.quantile("quick|ES", STEP, 0.95) < estimate.limit("slow|ES", STEP)


def test_the_more_are_never_scanned_again_the_sooner_silence_is_doubted() -> None:
    gaps = [float(gap) for gap in range(1, 31)]
    few, many = (SilenceEstimate(lane(SilenceCounts(), LANE, gaps, never=never)) for never in (1, 20))
    assert many.limit(LANE, STEP) < few.limit(LANE, STEP)


def test_a_small_lane_is_shrunk_to_the_step_and_an_unknown_one_has_the_steps_curve() -> None:
    counts = lane(SilenceCounts(), "many|ES", [0.5, 1.0, 2.0] * 100, never=40)
    lane(counts, "one|ES", [30.0])
    estimate = SilenceEstimate(counts)
    usual = estimate.limit("many|ES", STEP)
    assert usual <= estimate.limit("unknown|ES", STEP) < 10
    assert usual < estimate.limit("one|ES", STEP) < 30


def test_where_little_is_known_another_scan_is_expected() -> None:
    few, many = (SilenceEstimate(lane(SilenceCounts(), LANE, [1.0] * count, never=count)) for count in (2, 200))
    assert many.limit(LANE, STEP) < 5 < few.limit(LANE, STEP)


def test_a_silence_still_going_on_is_cut_short_not_ended() -> None:
    counts = SilenceCounts()
    observe(counts, LANE, (scan(0), scan(3)), START + 5 * DAY)
    (kept,) = counts.gaps.values()
    assert (kept.total, kept.finished) == (2, 1)


def test_what_came_after_the_look_and_after_delivery_is_not_counted() -> None:
    counts = SilenceCounts()
    observe(counts, LANE, (scan(0), DELIVERED, scan(40)), START + 5 * DAY)
    assert sum(kept.total for kept in counts.gaps.values()) == 1
    observe(counts, LANE, (scan(9),), START)
    assert sum(kept.total for kept in counts.gaps.values()) == 1


@pytest.mark.parametrize(
    ("sent", "scanned", "quiet"), [(20, 0, True), (19, 0, False), (40, 4, True), (40, 5, False), (300, 290, False)]
)
def test_a_lane_without_scans_is_known_by_its_own_parcels(sent: int, scanned: int, quiet: bool) -> None:
    assert SilenceEstimate(unscanned(SilenceCounts(), LANE, sent, scanned)).without_scans(LANE) is quiet


def test_a_small_lane_follows_its_line_and_an_unknown_one_is_not_called_quiet() -> None:
    counts = unscanned(SilenceCounts(), "eco|FR", 60, 1)
    unscanned(counts, "eco|ES", 3, 0)
    unscanned(counts, "eco|DE", 3, 3)
    estimate = SilenceEstimate(counts)
    assert [estimate.without_scans(name) for name in ("eco|ES", "eco|DE", "other|ES")] == [True, False, False]


def test_a_parcel_sent_lately_tells_nothing_of_its_lane() -> None:
    counts = SilenceCounts()
    observe(counts, LANE, (ABROAD,), START + 59 * DAY)
    assert not counts.parcels()


def test_counts_are_kept_as_json_and_merged() -> None:
    one, other = lane(SilenceCounts(), LANE, [1.0, 2.0], never=1), unscanned(SilenceCounts(), "eco|ES", 21, 0)
    kept = SilenceCounts.from_dict(json.loads(json.dumps(one.to_dict())))
    kept.merge(other)
    assert kept.parcels() == {LANE: (3, 3), "eco|ES": (21, 0)}
    assert SilenceEstimate(kept).limit(LANE, STEP) == pytest.approx(SilenceEstimate(one).limit(LANE, STEP), rel=0.3)


@pytest.mark.parametrize("spoilt", [{}, {"gaps": [{}]}, {"gaps": [{"lane": "l", "step": "6||"}], "lanes": {}}])
def test_counts_that_were_not_written_here_are_refused(spoilt: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="counts: "):
        SilenceCounts.from_dict(spoilt)


def test_without_counts_the_model_is_as_it_was() -> None:
    assert with_measurements(MODEL, SilenceCounts()) == MODEL


@pytest.mark.parametrize("event", [scan(0), scan(0, Leg.ACCEPTED), ABROAD, scan(0, Leg.ARRIVED)])
def test_learning_begins_where_the_prior_stands(event: Event) -> None:
    counts = SilenceCounts()
    observe(counts, LANE, (event,), START + 0.01 * DAY)
    learned = with_measurements(MODEL, counts).quantiles(event.leg, LANE, step_of(event))
    prior = MODEL.quantiles(event.leg)
    assert learned.q99 / DAY == pytest.approx(prior.q99 / DAY, rel=0.08)
    assert learned.q95 / DAY == pytest.approx(prior.q95 / DAY, rel=0.08)


def test_ones_own_parcels_shorten_the_expectation_within_the_clamps() -> None:
    counts = lane(SilenceCounts(), LANE, [0.5, 1.0, 1.5, 2.0] * 20, never=4)
    learned = with_measurements(MODEL, counts)
    own = learned.quantiles(Leg.LOCAL, LANE, STEP)
    assert 3 * DAY <= own.q95 <= own.q99 < 12 * DAY
    assert learned.quantiles(Leg.LOCAL, "other|ES", STEP) == MODEL.quantiles(Leg.LOCAL)
    slow = lane(SilenceCounts(), LANE, [50.0, 60.0, 70.0, 80.0] * 20)
    assert with_measurements(MODEL, slow).quantiles(Leg.LOCAL, LANE, STEP).q99 == 40 * DAY


def test_a_step_that_was_never_seen_on_a_lane_keeps_the_prior() -> None:
    learned = with_measurements(MODEL, lane(SilenceCounts(), LANE, [1.0] * 50))
    assert learned.quantiles(Leg.CLEARED, LANE, "5||X") == MODEL.quantiles(Leg.CLEARED)


def test_doubt_abroad_is_another_one() -> None:
    settings = SilenceSettings()
    assert settings.doubt_at(step_of(ABROAD)) < settings.doubt_at(STEP)


def test_the_verdict_is_told_which_lanes_are_not_scanned() -> None:
    learned = with_measurements(MODEL, unscanned(SilenceCounts(), LANE, 25, 0))
    assert learned.unscanned == {LANE}
