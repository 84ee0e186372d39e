"""What earlier trouble says of a silence, lost parcels, and doubt set by what it would have cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.silence import History, SilenceCounts, SilenceEstimate, SilenceSettings, calibrated, observe
from parcelwarden.domain.verdict.silence import SLOW, TRIED, step_after, step_of, unmarked
from support.silence import DAY, START, scan

LANE = "line|ES"
STEP = step_of(scan(0))
FAILED = State.DELIVERY_FAILED
END = START + 400 * DAY


def came(gap: float, *, late: float = 0) -> tuple[Event, ...]:
    """Scanned, silent for `gap` days, delivered."""
    return scan(late), scan(late + gap, Leg.FINAL, State.DELIVERED)


@pytest.mark.parametrize(
    ("movement", "marks"),
    [
        ((scan(0),), ""),
        ((scan(0, state=FAILED),), ""),
        ((scan(0, state=FAILED), scan(1)), TRIED),
        ((scan(0), scan(8)), SLOW),
        ((scan(0), scan(7.99)), ""),
        ((scan(0, Leg.LINE_HAUL), scan(20), scan(21)), ""),
        ((scan(0, state=FAILED), scan(9), scan(10)), TRIED + SLOW),
    ],
)
def test_a_step_tells_what_went_wrong_before(movement: tuple[Event, ...], marks: str) -> None:
    found = step_after(movement)
    assert (found, unmarked(found)) == (step_of(movement[-1]) + marks, step_of(movement[-1]))


def test_after_trouble_silence_is_doubted_sooner() -> None:
    counts = SilenceCounts()
    for gap in [3.0, 5.0, 9.0, 12.0] * 20:
        observe(counts, LANE, came(gap), END)
        observe(counts, LANE, (scan(0, state=FAILED), scan(1)), END)
    estimate = SilenceEstimate(counts)
    assert estimate.limit(LANE, STEP + TRIED) < estimate.limit(LANE, STEP)
    assert estimate.chance(LANE, STEP + TRIED, 6) < estimate.chance(LANE, STEP, 6)


def test_without_any_trouble_on_record_a_mark_says_little() -> None:
    counts = SilenceCounts()
    for gap in [3.0, 5.0, 9.0, 12.0] * 20:
        observe(counts, LANE, came(gap), END)
    estimate = SilenceEstimate(counts)
    assert estimate.limit(LANE, STEP + SLOW) == pytest.approx(estimate.limit(LANE, STEP), rel=0.1)


def test_scans_of_a_parcel_that_was_lost_in_the_end_are_no_hope() -> None:
    def estimate(*, lost: bool) -> SilenceEstimate:
        counts = SilenceCounts()
        for index in range(80):
            ended = scan(20, state=State.RETURNED) if lost and index % 2 else scan(20, Leg.FINAL, State.DELIVERED)
            observe(counts, LANE, (scan(0), ended), END)
        return SilenceEstimate(counts)

    assert estimate(lost=True).chance(LANE, STEP, 10) < estimate(lost=False).chance(LANE, STEP, 10) - 0.05


def test_a_parcel_still_under_way_is_not_lost_yet() -> None:
    counts = SilenceCounts()
    observe(counts, LANE, (scan(0), scan(20)), START + 79 * DAY)
    assert sum(kept.finished for kept in counts.gaps.values()) == 1
    observe(lost := SilenceCounts(), LANE, (scan(0), scan(20)), START + 80 * DAY)
    assert sum(kept.finished for kept in lost.gaps.values()) == 0


def histories(count: int) -> list[History]:
    """Parcels over a year, most of them quick, some slow, some never scanned again."""
    found = []
    for index in range(count):
        gap = 15.0 if index % 20 == 7 else 1.0 + index % 4
        movement = (scan(index * 365 / count),) if index % 6 == 5 else came(gap, late=index * 365 / count)
        found.append(History(LANE, movement, START + 500 * DAY))
    return found


@pytest.mark.parametrize("share", [0.02, 0.04, 0.1])
def test_doubt_is_set_so_that_few_delivered_parcels_would_have_been_called(share: float) -> None:
    known = histories(600)
    settings = calibrated(known, SilenceSettings(false_share=share))
    counts = SilenceCounts()
    for each in known:
        observe(counts, each.lane, each.movement, each.looked_at)
    estimate = SilenceEstimate(counts, settings)
    delivered = [each.movement for each in known if len(each.movement) == 2]
    gaps = [(after.at - before.at) / DAY for before, after in delivered if before.at and after.at]
    called = sum(gap > estimate.limit(LANE, STEP) + 1 for gap in gaps) / len(gaps)
    assert called <= share + 0.02


def test_too_few_delivered_parcels_set_nothing() -> None:
    assert calibrated(histories(50)) == SilenceSettings()
    assert calibrated([]) == SilenceSettings()


def test_what_was_not_known_yet_calibrates_nothing() -> None:
    known = histories(600)
    early = [History(each.lane, each.movement, START + 200 * DAY) for each in known]
    cut = [
        History(each.lane, [e for e in each.movement if e.at and e.at <= START + 200 * DAY], START + 200 * DAY)
        for each in known
    ]
    assert calibrated(early) == calibrated(cut) != calibrated(known)


def test_a_lane_that_is_never_scanned_says_nothing_of_the_way_on_others() -> None:
    counts = SilenceCounts()
    for index in range(40):
        observe(counts, LANE, (scan(0, Leg.LINE_HAUL), scan(9 + index % 5, Leg.ARRIVED)), END)
    before = SilenceEstimate(counts).limit(LANE, step_of(scan(0, Leg.LINE_HAUL)))
    for _ in range(15):
        observe(counts, "eco|FR", (scan(0, Leg.LINE_HAUL),), START + timedelta(days=100))
    after = SilenceEstimate(counts)
    assert after.limit(LANE, step_of(scan(0, Leg.LINE_HAUL))) == before
    assert after.limit("eco|FR", step_of(scan(0, Leg.LINE_HAUL))) == pytest.approx(before, rel=0.2)
