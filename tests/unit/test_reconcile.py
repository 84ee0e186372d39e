"""Computed against observed: every difference has a reason and a sentence. All orders are constructed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import Difference, Moved, Order, OwnRule
from parcelwarden.domain.reconcile import last_move
from support.assessing import assess, at, event, order, parcel

MOVING = parcel(event(4, leg=1), event(8), looked=9)
COMPUTED = datetime(2026, 5, 16, 7, tzinfo=UTC)
END = "observed_protection_ends_at"
DAY = timedelta(days=1)


def moved(before: datetime, after: datetime, *, field: str = END, taken: bool = True, seen: float = 20) -> Moved:
    return Moved(field=field, before=before, after=after, at=at(seen), taken=taken)


def found(of: Order, day: float = 9) -> list[tuple[str, str]]:
    return [(one.subject, one.code) for one in assess(of, day).differences]


@pytest.mark.parametrize(
    ("end", "beside", "code"),
    [
        (COMPUTED + 30 * DAY, {"moved": (moved(COMPUTED, COMPUTED + 30 * DAY),)}, "difference_extended"),
        (COMPUTED + 30 * DAY, {"moved": (moved(COMPUTED + 40 * DAY, COMPUTED + 30 * DAY),)}, "difference_page"),
        (COMPUTED - 30 * DAY, {"moved": (moved(COMPUTED - 40 * DAY, COMPUTED - 30 * DAY),)}, "difference_page"),
        (COMPUTED + 3 * DAY, {"countdowns": {END: at(9)}}, "difference_countdown"),
        (COMPUTED - DAY, {}, "difference_day"),
        (date(2026, 5, 15), {}, "difference_day"),
        (COMPUTED + 3 * DAY, {}, "difference_page"),
        (COMPUTED - 20 * DAY, {}, "difference_page"),
    ],
)
def test_an_end_of_the_page_is_explained(end: Any, beside: dict[str, Any], code: str) -> None:
    assert found(order(MOVING, beside=beside, **{END: end})) == [("dispute_not_received", code)]


def test_no_difference_where_page_and_rules_agree() -> None:
    assert found(order(MOVING)) == []
    assert found(order(MOVING, **{END: COMPUTED})) == []


def test_a_button_before_the_opening_and_after_the_end() -> None:
    early = order(MOVING, observed_dispute_button_at=at(13))
    assert found(early, 14) == [("dispute_not_received", "difference_button_earlier")]
    late = order(MOVING, observed_dispute_button_at=at(80))
    assert ("dispute_not_received", "difference_button_later") in found(late, 81)


def test_a_rule_of_the_page_that_ends_it_earlier() -> None:
    rule = OwnRule(kind="dispute_after_placed", quote="within 70 days", seen_at=at(9), days=70)
    assert found(order(MOVING, beside={"rules": (rule,)})) == [("dispute_not_received", "difference_page_rule")]


def test_two_pages_that_print_an_end_apart() -> None:
    other = moved(at(50), at(51), field="delivery_due_at", taken=False)
    assert found(order(MOVING, beside={"moved": (other,)})) == [("delivery_due_at", "difference_two_pages")]
    again = moved(at(51), at(50), field="delivery_due_at")
    assert found(order(MOVING, beside={"moved": (other, again)})) == []


def test_what_a_countdown_wanders_is_no_move() -> None:
    jitter = moved(at(50), at(50) - timedelta(minutes=59))
    real = moved(at(60), at(50))
    assert last_move(order(beside={"moved": (real, jitter)}), END) == real
    assert last_move(order(beside={"moved": (jitter,)}), END) is None
    assert last_move(order(beside={"moved": (moved(at(50), at(52), taken=False),)}), END) is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_difference_can_be_told(language: str) -> None:
    catalogue = load_catalogues()[language]
    for one in assess(order(MOVING, observed_dispute_button_at=at(80)), 81).differences:
        assert isinstance(one, Difference) and render(one, catalogue, ZoneInfo("Europe/Madrid"))


def test_a_difference_moves_no_date_of_its_own() -> None:
    plain, told = assess(order(MOVING), 9), assess(order(MOVING, beside={"moved": (moved(at(50), at(40)),)}), 9)
    assert plain.policy == told.policy
