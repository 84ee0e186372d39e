"""Steps 1 to 3: both sides of each threshold to the second, and which lines are no movement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from verdict_build import DAY, HOUR, NOW, PAID, SECOND, SHIPPED, codes, event, facts, first_scan_due, verdict

from parcelparsers.model import State
from parcelwarden.domain.model import VerdictCode as V
from parcelwarden.domain.moment import Between

DUE = first_scan_due(SHIPPED)
LIMIT = PAID - DAY


def test_the_due_day_of_these_tests_is_the_one_of_the_pack() -> None:
    assert datetime(2026, 1, 18, 8, tzinfo=UTC) == DUE


@pytest.mark.parametrize(
    ("at", "hours", "code"),
    [
        (LIMIT - SECOND, 0, "number_predates_order"),
        (LIMIT, 0, None),
        (LIMIT - 14 * HOUR - SECOND, 14, "number_predates_order"),
        (LIMIT - 14 * HOUR, 14, None),
    ],
)
def test_scans_older_than_a_day_before_payment(at: datetime, hours: float, code: str | None) -> None:
    found = verdict(event(at, uncertain_hours=hours), looked=at + DAY)
    assert (codes(found)[0] == "number_predates_order") is bool(code)
    assert found.logistics == ("abnormal" if code else "normal")


def test_one_younger_scan_is_enough_and_older_ones_then_count_for_nothing() -> None:
    old = event(PAID - 20 * DAY, State.DELIVERED, 7)
    assert verdict(old).verdict is V.ABNORMAL
    assert verdict(old, event(SHIPPED), looked=SHIPPED + DAY).verdict is V.NORMAL


def test_a_notice_or_a_line_without_date_does_not_prove_another_parcel() -> None:
    assert verdict(event(PAID - 9 * DAY, State.INFO_RECEIVED), looked=SHIPPED).verdict is V.AWAITING_FIRST_SCAN
    assert verdict(event(PAID - 9 * DAY), event(None)).verdict is not V.ABNORMAL


@pytest.mark.parametrize(
    ("paid", "begins"),
    [
        (date(2026, 1, 5), datetime(2026, 1, 4, 10, tzinfo=UTC)),
        (Between(PAID - 9 * HOUR, PAID, "Jan 5"), PAID - 9 * HOUR),
    ],
)
def test_a_payment_known_by_its_day_counts_from_its_first_instant(paid: object, begins: datetime) -> None:
    order = facts(paid_at=paid)
    assert verdict(event(begins - DAY - SECOND), order=order).verdict is V.ABNORMAL
    assert codes(verdict(event(begins - DAY), order=order, looked=PAID)) == ["moving"]


def test_without_payment_the_day_of_the_order_stands_for_it() -> None:
    order = facts(paid_at=None, placed_at=PAID)
    assert codes(verdict(event(LIMIT - SECOND), order=order)) == ["number_predates_order"]
    assert verdict(event(LIMIT - SECOND), order=facts(paid_at=None)).verdict is V.STALLED


def test_no_answer_ever_leaves_the_logistics_alone() -> None:
    found = verdict(looked=None, outcome="blocked", last_outcome="blocked")
    assert (found.verdict, found.logistics, found.checked_at) == (V.UNVERIFIED, None, None)
    assert found.reasons[0].evidence == ("last attempt: blocked",)


def test_another_parcels_scans_are_seen_even_before_any_answer() -> None:
    assert codes(verdict(event(LIMIT - SECOND), looked=None)) == ["number_predates_order"]


NOTICES = [
    (),
    (event(SHIPPED, State.INFO_RECEIVED, 0),),
    (event(SHIPPED, State.IN_TRANSIT, 0, advisory=True),),
    (event(SHIPPED, State.DELIVERED, 7, advisory=True),),
    (event(SHIPPED, State.EXPIRED, 0),),
]


@pytest.mark.parametrize("notices", NOTICES, ids=["nothing", "notice", "advisory", "advisory end", "expired"])
def test_no_movement_on_both_sides_of_the_due_day(notices: tuple[object, ...]) -> None:
    before = verdict(*notices, looked=DUE - SECOND)  # type: ignore[arg-type]
    assert (before.verdict, before.logistics, before.changes_at) == (V.AWAITING_FIRST_SCAN, "normal", DUE)
    assert before.silence.expected_until == DUE
    after = verdict(*notices, looked=DUE)  # type: ignore[arg-type]
    assert (after.verdict, after.logistics, after.changes_at) == (V.ABNORMAL, "abnormal", None)
    assert codes(after) == ["no_tracking_information"]


def test_the_missing_scan_is_judged_at_the_last_look_not_now() -> None:
    found = verdict(looked=DUE - SECOND, now=DUE + 90 * DAY, last_outcome="blocked")
    assert found.verdict is V.AWAITING_FIRST_SCAN
    assert codes(found) == ["no_scan_yet", "not_looked_at_since"]


def test_without_a_shipping_date_a_parcel_is_waited_for() -> None:
    found = verdict(order=facts(shipped_at=None), looked=NOW)
    assert (found.verdict, found.changes_at) == (V.AWAITING_FIRST_SCAN, None)


@pytest.mark.parametrize("state", [State.IN_TRANSIT, None, State.OUT_FOR_DELIVERY])
def test_any_handling_is_movement_an_unknown_line_too(state: State | None) -> None:
    assert verdict(event(SHIPPED, state), looked=SHIPPED + DAY).verdict is V.NORMAL
