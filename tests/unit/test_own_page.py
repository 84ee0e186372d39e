"""Rules that an order's own page prints replace `act_by` and never move an end back. All orders are constructed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelwarden.domain.model import OwnRule, Window, WindowState
from parcelwarden.domain.moment import iso
from parcelwarden.domain.reassess import reassess
from support.assessing import DUE, PLACED, at, order, orders, rules

SEEN = datetime(2026, 3, 20, tzinfo=UTC)
NOT_RECEIVED, NOT_AS_DESCRIBED = "dispute_not_received", "dispute_not_as_described"


def rule(kind: str, days: int | None) -> OwnRule:
    return OwnRule(kind=kind, quote=f"within {days} days", seen_at=SEEN, days=days)


def windows(*own: OwnRule, day: float = 30, **facts: Any) -> dict[str, Window]:
    from msgspec.structs import replace

    return reassess(replace(order(**facts), rules=own), at(day), rules()).policy.windows


def test_a_rule_of_the_page_replaces_until_when_to_act() -> None:
    """The generic seven days after receipt give way to the fifteen that the page prints."""
    received = at(20).date()
    generic = windows(received_at=received)[NOT_AS_DESCRIBED]
    assert iso(generic.act_by) == "2026-03-28T07:00:00Z"
    own = windows(rule("return_after_receipt", 15), received_at=received)[NOT_AS_DESCRIBED]
    assert iso(own.act_by) == "2026-04-05T07:00:00Z"
    assert (own.last_safe_at, own.stated_end_at, own.rule) == (
        generic.last_safe_at,
        generic.stated_end_at,
        generic.rule,
    )


def test_an_earlier_end_on_the_page_is_the_end() -> None:
    before = windows()[NOT_RECEIVED]
    own = windows(rule("dispute_after_placed", 70))[NOT_RECEIVED]
    assert iso(before.last_safe_at) == "2026-05-16T07:00:00Z"
    assert iso(own.last_safe_at) == iso(own.act_by) == "2026-05-10T07:00:00Z"
    assert own.stated_end_at == PLACED + timedelta(days=70)
    assert (own.rule.id, own.rule.trust, own.rule.edition) == ("page", "observed", "2026-03-20")
    assert own.conflicts == ("page_rule_earlier 2026-05-16T07:00:00Z 2026-05-10T07:00:00Z",)
    late = windows(rule("dispute_after_placed", 70), day=71)[NOT_RECEIVED]
    assert late.state is WindowState.CLOSED


def test_a_later_end_on_the_page_moves_no_end_back() -> None:
    before, own = windows()[NOT_RECEIVED], windows(rule("dispute_after_placed", 90))[NOT_RECEIVED]
    assert (own.last_safe_at, own.stated_end_at, own.conflicts) == (before.last_safe_at, before.stated_end_at, ())
    assert own.act_by == own.last_safe_at


def test_an_end_that_the_page_shows_stands_and_the_earlier_date_to_act_counts() -> None:
    shown = at(100)
    own = windows(rule("dispute_after_placed", 70), observed_protection_ends_at=shown)[NOT_RECEIVED]
    assert (own.last_safe_at, own.ends_observed, own.rule.quote) == (shown, True, shown.isoformat())
    assert iso(own.act_by) == "2026-05-10T07:00:00Z"


def test_a_rule_that_ends_before_it_opens_is_no_end() -> None:
    own = windows(rule("dispute_after_placed", 10))[NOT_RECEIVED]
    assert iso(own.last_safe_at) == "2026-05-16T07:00:00Z"
    assert own.act_by == own.opens_at


@pytest.mark.parametrize("kind", ["delivery_guarantee", "coupon_if_delayed", "refund_if_not_delivered", "new_kind"])
def test_other_kinds_move_nothing(kind: str) -> None:
    assert windows(rule(kind, 60)) == windows()


def test_a_rule_without_its_anchor_moves_nothing() -> None:
    assert windows(rule("dispute_after_placed", 70), placed_at=None) == windows(placed_at=None)
    assert windows(rule("dispute_after_placed", None)) == windows()


def test_the_advice_hangs_on_it() -> None:
    from msgspec.structs import replace

    found = reassess(replace(order(), rules=(rule("dispute_after_placed", 70),)), at(64), rules())
    assert iso(found.advice.act_by) == "2026-05-10T07:00:00Z"
    assert DUE < found.advice.act_by.date()


@given(orders(), st.sampled_from(["return_after_receipt", "return_after_delivery", "dispute_after_receipt",
                                  "dispute_after_placed"]), st.integers(1, 200), st.integers(0, 200))  # fmt: skip
def test_no_rule_of_a_page_ever_gives_a_later_end(given_order: Any, kind: str, days: int, day: int) -> None:
    from msgspec.structs import replace

    before = reassess(given_order, at(day), rules()).policy.windows
    after = reassess(replace(given_order, rules=(rule(kind, days),)), at(day), rules()).policy.windows
    assert before.keys() == after.keys()
    for name, window in after.items():
        old = before[name]
        assert window.opens_at == old.opens_at
        for end in ("last_safe_at", "stated_end_at"):
            new_end, old_end = getattr(window, end), getattr(old, end)
            assert old_end is None or (new_end is not None and new_end <= old_end)
        if window.act_by and window.last_safe_at:
            assert window.act_by <= window.last_safe_at
        if window.act_by and window.opens_at and (window.last_safe_at is None or window.opens_at < window.last_safe_at):
            assert window.act_by >= window.opens_at
