"""What is odd about an order's dates, and when an order is over for the buyer. All orders are constructed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.domain.facts import is_settled
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import Dispute, Facts
from support.assessing import assess, at, order

FOUND = ("shipped_at before placed_at", "shipped_at before paid_at")


def facts(**known: Any) -> Facts:
    return Facts(marketplace="aliexpress", order_id="1", **known)


@pytest.mark.parametrize("language", ["en", "es"])
def test_impossible_dates_are_kept_and_told(language: str) -> None:
    from datetime import UTC

    found = assess(order(shipped_at=at(-20)), 30)
    assert found.oddities == FOUND
    assert found.policy.windows["dispute_not_received"].opens_at is not None
    assert found.advice.params["odd"] == "shipped_at < placed_at, shipped_at < paid_at"
    assert "shipped_at < paid_at" in render(found.advice, load_catalogues()[language], UTC)


def test_dates_in_order_are_not_odd() -> None:
    found = assess(order(), 30)
    assert found.oddities == ()
    assert "odd" not in found.advice.params


def test_what_is_over_is_not_nagged_about_but_still_flagged() -> None:
    found = assess(order(shipped_at=at(-20), received_at=at(10)), 30)
    assert (found.oddities, found.settled, "odd" in found.advice.params) == (FOUND, True, False)


@pytest.mark.parametrize(
    ("known", "over"),
    [
        ({}, False),
        ({"received_at": date(2026, 3, 1)}, True),
        ({"cancelled_at": date(2026, 3, 1)}, True),
        ({"refunded_at": date(2026, 3, 1)}, True),
        ({"refund_granted_at": date(2026, 3, 1)}, True),
        ({"completed_at": date(2026, 3, 1)}, False),
        ({"delivered_at": date(2026, 3, 1)}, False),
        ({"dispute": Dispute(closed_at=date(2026, 3, 1), outcome="refund")}, True),
        ({"dispute": Dispute(closed_at=date(2026, 3, 1), outcome="rejected")}, False),
        ({"dispute": Dispute(opened_at=date(2026, 3, 1))}, False),
    ],
)
def test_an_order_is_settled_when_no_look_can_change_it(known: dict[str, Any], over: bool) -> None:
    assert is_settled(facts(**known)) is over
