"""Counts on bins and the curve that follows: censoring, shrinkage, merging, keeping."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelwarden.domain.survival import Bins, Counts, Curve

BINS = Bins.logarithmic(0.5, 100, 12)
ONE = [1.0] * len(BINS)
TIMES = st.lists(st.tuples(st.floats(0, 200), st.booleans()), max_size=30)


def counted(times: list[tuple[float, bool]]) -> Counts:
    counts = Counts(BINS)
    for length, ended in times:
        counts.add(length, ended=ended)
    return counts


def test_a_constant_hazard_is_found_again_though_half_is_cut_short() -> None:
    times = [-math.log(1 - (share + 0.5) / 4000) * 10 for share in range(4000)]
    cut = [(min(time, 5.0), time <= 5.0) for time in times]
    curve = Curve(BINS, counted(cut).rates(ONE, 1e-9))
    assert curve.survival(4) == pytest.approx(math.exp(-0.4), rel=0.02)


def test_what_was_cut_short_counts_as_lived_not_as_ended() -> None:
    ended = counted([(10.0, True)] * 50 + [(1.0, True)] * 50)
    censored = counted([(10.0, True)] * 50 + [(1.0, False)] * 50)
    assert Curve(BINS, ended.rates(ONE, 0.01)).survival(5) < Curve(BINS, censored.rates(ONE, 0.01)).survival(5)


def test_a_small_sample_stays_near_its_prior_and_a_large_one_leaves_it() -> None:
    few, many = (counted([(20.0, True)] * count).rates(ONE, 5.0) for count in (1, 1000))
    assert Curve(BINS, few).survival(1) == pytest.approx(math.exp(-5 / 6), rel=0.02)
    assert Curve(BINS, many).survival(1) > 0.99


@given(TIMES, TIMES)
def test_merging_is_adding_in_any_order(one: list[tuple[float, bool]], other: list[tuple[float, bool]]) -> None:
    together, first, second = counted(other + one), counted(one), counted(other)
    first.merge(second)
    assert first.rates(ONE, 1.0) == pytest.approx(together.rates(ONE, 1.0))
    assert first.total == together.total == len(one) + len(other)


@given(TIMES)
def test_counts_survive_being_kept_as_json(times: list[tuple[float, bool]]) -> None:
    counts = counted(times)
    again = Counts.from_dict(BINS, json.loads(json.dumps(counts.to_dict())))
    assert again.rates(ONE, 1.0) == counts.rates(ONE, 1.0)


def test_counts_of_other_bins_are_refused() -> None:
    other = Counts(Bins.logarithmic(1, 2, 3))
    with pytest.raises(ValueError, match="different bins"):
        other.merge(counted([]))
    with pytest.raises(ValueError, match="ended"):
        Counts.from_dict(BINS, other.to_dict())


@given(st.lists(st.floats(0.001, 3), min_size=len(BINS), max_size=len(BINS)), st.floats(0, 150))
def test_length_undoes_hazard(rates: list[float], length: float) -> None:
    curve = Curve(BINS, rates)
    assert curve.length(curve.hazard(length)) == pytest.approx(length, abs=1e-6)
    assert 0 <= curve.survival(length + 1) <= curve.survival(length) <= 1


def test_a_hazard_that_is_never_reached_is_infinitely_far() -> None:
    assert Curve(BINS, [0.0] * len(BINS)).length(0.5) == math.inf
