"""Until when to act: each formula, and that it stays between the opening and the last safe instant. Constructed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from policy_build import at, window

SENT = {"shipped_at": "2021-02-01", "delivery_due_at": "2021-04-02"}
NR, NAD = "dispute_not_received", "dispute_not_as_described"


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (NR, {}, "2021-04-05T08:00:00Z"),
        (NR, {"logistics": "abnormal"}, "2021-04-02T07:00:00Z"),
        (NR, {"logistics": "abnormal", "delivery_due_at": None}, "2021-02-14T08:00:00Z"),
        (NR, {"logistics": "abnormal", "delivery_due_at": "2021-02-05"}, "2021-02-12T08:00:00Z"),
        (NR, {"observed_protection_ends_at": "2021-04-04T08:00:00Z"}, "2021-04-04T08:00:00Z"),
        (NAD, {"received_at": "2021-03-01"}, "2021-03-08T07:00:00Z"),
        (NAD, {"received_at": "2021-03-10", "delivered_at": "2021-03-01T10:00:00Z"}, "2021-03-08T07:00:00Z"),
        (NAD, {"received_at": "2021-02-02"}, "2021-02-12T08:00:00Z"),
        ("free_return", {"received_at": "2021-03-01"}, "2021-03-08T07:00:00Z"),
    ],
)
def test_act_by(name: str, change: dict[str, Any], expected: str) -> None:
    known = SENT | {"country": "ES", "free_return": True} | change
    assert window(name, **known).act_by == at(expected)


def test_it_never_lies_after_the_last_safe_instant() -> None:
    found = window(NR, **SENT, completed_at="2021-02-01", observed_protection_ends_at=None)
    assert found.opens_at and found.last_safe_at and found.act_by
    assert found.opens_at + timedelta(hours=48) == found.act_by < found.last_safe_at
    tight = window(NR, shipped_at="2021-02-01", delivery_due_at="2021-01-29")
    assert tight.act_by == tight.last_safe_at == at("2021-02-13T07:00:00Z")
