"""Every rule of the table of clocks, by constructed orders of the shipped packs."""

from __future__ import annotations

from typing import Any

import pytest
from policy_build import ask, at, clock

T = "2021-03-04T10:00:00Z"
LOST = {"closed_at": T, "outcome": "rejected"}


@pytest.mark.parametrize(
    ("name", "known", "due"),
    [
        ("ship_by", {"ship_by_at": "2021-02-08"}, "2021-02-09T08:00:00Z"),
        ("cancel_answer", {"cancel_requested_at": T}, "2021-03-07T10:00:00Z"),
        ("seller_reply", {"dispute": {"opened_at": T}}, "2021-03-09T10:00:00Z"),
        ("platform_judgement", {"dispute": {"escalated_at": "2021-03-04"}}, "2021-03-07T08:00:00Z"),
        ("warehouse_receipt", {"dispute": {"return_tracking_submitted_at": T}}, "2021-03-11T10:00:00Z"),
        ("appeal_result", {"dispute": {"appealed_at": T}}, "2021-03-11T10:00:00Z"),
        ("refund_arrival", {"refund_granted_at": "2021-03-10"}, "2021-04-08T08:00:00Z"),
        ("refund_arrival", {"cancelled_at": "2021-03-10", "paid_at": T}, "2021-04-08T08:00:00Z"),
    ],
)
def test_a_wait(name: str, known: dict[str, Any], due: str) -> None:
    found = clock(name, **known)
    assert (found.kind, found.due_at, found.last_safe_at) == ("wait", at(due), None)
    assert found.rule.quote


@pytest.mark.parametrize(
    ("name", "known", "safe", "stated"),
    [
        ("return_shipment", {"dispute": {"return_agreed_at": T}}, "2021-03-14T07:00:00Z", "2021-03-14T10:00:00Z"),
        ("appeal", {"dispute": LOST}, "2021-03-11T07:00:00Z", "2021-03-11T10:00:00Z"),
        ("dispute_response", {"dispute": {"respond_by_at": "2021-03-09"}}, "2021-03-09T07:00Z", "2021-03-10T08:00Z"),
        ("dispute_response", {"dispute": {"respond_by_at": T}}, T, T),
        ("paypal_escalation", {"paypal_case_opened_at": "2025-08-10"}, "2025-08-29T10:00:00Z", "2025-08-31T00:00Z"),
    ],
)
def test_a_duty(name: str, known: dict[str, Any], safe: str, stated: str) -> None:
    found = clock(name, **known)
    assert (found.kind, found.due_at) == ("duty", None)
    assert (found.last_safe_at, found.stated_end_at) == (at(safe), at(stated))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ship_by", {"ship_by_at": T, "shipped_at": T}),
        ("ship_by", {"ship_by_at": T, "cancelled_at": T}),
        ("cancel_answer", {"cancel_requested_at": T, "cancelled_at": T}),
        ("seller_reply", {"dispute": {"opened_at": T, "seller_replied_at": T}}),
        ("seller_reply", {"dispute": {"opened_at": T, "escalated_at": T}}),
        ("seller_reply", {"dispute": {"opened_at": T, "closed_at": T}}),
        ("platform_judgement", {"dispute": {"escalated_at": T, "closed_at": T}}),
        ("dispute_response", {"dispute": {"respond_by_at": T, "closed_at": T}}),
        ("return_shipment", {"dispute": {"return_agreed_at": T, "return_tracking_submitted_at": T}}),
        ("appeal", {"dispute": {"closed_at": T}}),
        ("appeal", {"dispute": {"closed_at": T, "outcome": "refund"}}),
        ("appeal", {"dispute": {**LOST, "closed_by": "seller"}}),
        ("appeal", {"dispute": {**LOST, "closed_by": "buyer"}}),
        ("appeal", {"dispute": {**LOST, "appealed_at": T}}),
        ("refund_arrival", {"refund_granted_at": T, "refunded_at": T}),
        ("refund_arrival", {"cancelled_at": T}),
        ("paypal_escalation", {"paypal_case_opened_at": T, "paypal_case_escalated_at": T}),
        ("paypal_escalation", {"paypal_case_opened_at": T, "paypal_case_closed_at": T}),
    ],
)
def test_a_clock_that_does_not_run(name: str, known: dict[str, Any]) -> None:
    assert name not in ask(**known).clocks


@pytest.mark.parametrize("dispute", [{**LOST, "closed_by": "platform"}, {"closed_at": T, "outcome": "partial"}])
def test_an_appeal_is_for_what_the_platform_or_nobody_known_closed(dispute: dict[str, str]) -> None:
    assert "appeal" in ask(dispute=dispute).clocks


def test_a_granted_refund_comes_before_the_cancellation() -> None:
    both = clock("refund_arrival", refund_granted_at="2021-03-10", cancelled_at="2021-02-01", paid_at=T)
    assert both.due_at == at("2021-04-08T08:00:00Z")
