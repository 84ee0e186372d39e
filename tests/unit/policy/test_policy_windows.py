"""Every rule of the table of windows, by constructed orders of the shipped packs."""

from __future__ import annotations

from typing import Any

import pytest
from policy_build import NOW, ask, at, dates, window

from parcelwarden.domain.model import WindowState

NR, NAD = "dispute_not_received", "dispute_not_as_described"
SENT = {"shipped_at": "2021-02-01", "delivery_due_at": "2021-04-02"}
HERE = {**SENT, "delivered_at": "2021-03-01T10:00:00Z"}
CLAIMED = {"dispute": {"opened_at": "2021-03-01"}}


@pytest.mark.parametrize(
    "change",
    [
        {"shipped_at": None},
        {"received_at": "2021-03-01"},
        CLAIMED,
        {"cancelled_at": "2021-02-02"},
        {"refunded_at": "2021-02-20"},
    ],
)
def test_not_received_exists_only_while_it_can_be_claimed(change: dict[str, Any]) -> None:
    assert NR in ask(**SENT).windows
    assert NR not in ask(**SENT | change).windows


@pytest.mark.parametrize(
    "change",
    [
        {"shipped_at": None},
        {"delivered_at": None},
        CLAIMED,
        {"cancelled_at": "2021-02-02"},
        {"refunded_at": "2021-02-20"},
    ],
)
def test_not_as_described_needs_the_goods_and_no_claim(change: dict[str, Any]) -> None:
    assert NAD in ask(**HERE).windows
    assert NAD not in ask(**HERE | change).windows


@pytest.mark.parametrize("fact", ["received_at", "completed_at", "delivered_at"])
def test_each_sign_of_arrival_will_do(fact: str) -> None:
    assert NAD in ask(**SENT, **{fact: "2021-03-01"}).windows
    assert "free_return" in ask(**SENT, country="ES", free_return=True, **{fact: "2021-03-01"}).windows


def test_normal_logistics_wait_for_the_delivery_time() -> None:
    found = window(NR, **SENT)
    assert dates(found) == ("2021-04-03T08:00:00Z", "2021-04-17T07:00:00Z", "2021-04-18T07:00:00Z")
    assert (found.opened_by, found.zone, found.pack) == ("delivery_over", "PST", "aliexpress")
    assert (found.rule.id, found.rule.edition, found.rule.trust) == ("AE-D3", "2020-21", "second_hand")


def test_abnormal_logistics_open_on_the_eleventh_day() -> None:
    found = window(NR, **SENT, logistics="abnormal")
    assert dates(found) == ("2021-02-12T08:00:00Z", "2021-04-17T07:00:00Z", "2021-04-18T07:00:00Z")
    assert found.opened_by == "abnormal"


def test_a_short_delivery_time_waits_for_the_eleventh_day() -> None:
    found = window(NR, shipped_at="2021-02-01", delivery_due_at="2021-02-08")
    assert (dates(found)[0], found.opened_by) == ("2021-02-12T08:00:00Z", "waiting")


def test_an_early_completion_opens_and_binds() -> None:
    found = window(NR, **SENT, completed_at="2021-03-01")
    assert dates(found) == ("2021-03-02T08:00:00Z", "2021-03-16T07:00:00Z", "2021-03-17T07:00:00Z")
    assert (found.opened_by, found.rule.id) == ("completed", "AE-D4b")


def test_what_is_unknown_stays_unknown() -> None:
    found = window(NR, shipped_at="2021-02-01")
    assert (*dates(found), found.act_by, found.opened_by) == (None, None, None, None, "unknown")
    assert found.state is WindowState.UNKNOWN


def test_delivered_alone_opens_but_does_not_end() -> None:
    found = window(NAD, shipped_at="2021-02-01", delivered_at="2021-03-01T10:00:00Z")
    assert dates(found) == ("2021-03-01T10:00:00Z", None, None)
    assert found.state is WindowState.OPEN


def test_an_anchor_that_ends_before_the_opening_does_not_count() -> None:
    late = window(NAD, shipped_at="2021-02-01", delivery_due_at="2021-03-02", received_at="2021-04-25")
    assert dates(late) == ("2021-04-26T08:00:00Z", "2021-05-10T07:00:00Z", "2021-05-11T07:00:00Z")


@pytest.mark.parametrize(
    ("received", "safe"),
    [("2021-03-17T06:59:59Z", "2021-03-17T07:00:00Z"), ("2021-03-17T07:00:00Z", "2021-03-31T07:00:00Z")],
)
def test_an_anchor_that_ends_as_the_window_opens_does_not_count(received: str, safe: str) -> None:
    found = window(NAD, shipped_at="2021-02-01", delivery_due_at="2021-03-02", received_at=received)
    assert dates(found)[1] == safe


def test_all_anchors_count_when_none_is_left() -> None:
    found = window(NAD, shipped_at="2021-05-01", delivery_due_at="2021-03-02", received_at="2021-03-20")
    assert dates(found) == (None, "2021-03-17T07:00:00Z", "2021-03-18T07:00:00Z")


@pytest.mark.parametrize(("country", "exists"), [("UK", True), ("us", True), ("JP", False), (None, False)])
def test_free_return_by_country(country: str | None, exists: bool) -> None:
    assert ("free_return" in ask(**HERE, free_return=True, country=country).windows) is exists
    assert "free_return" not in ask(**HERE, free_return=False, country=country).windows


def test_free_return_ends_by_the_earliest_anchor() -> None:
    found = window("free_return", **HERE, received_at="2021-03-03", country="ES", free_return=True)
    assert dates(found) == ("2021-03-01T10:00:00Z", "2021-03-16T07:00:00Z", "2021-03-16T10:00:00Z")
    assert found.rule.id == "AE-F1"


def test_a_free_return_does_not_listen_to_the_button_nor_to_the_pages_end() -> None:
    seen = {"observed_dispute_button_at": "2021-02-20", "observed_protection_ends_at": "2021-06-01"}
    plain = window("free_return", **HERE, country="ES", free_return=True)
    assert window("free_return", **HERE, **seen, country="ES", free_return=True) == plain


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        ("2020-02-14", ("2020-03-01T08:00:00Z", "2021-02-28T07:00:00Z", "2021-03-01T08:00:00Z")),
        ("2023-02-13", ("2023-03-01T08:00:00Z", "2024-02-28T07:00:00Z", "2024-02-29T08:00:00Z")),
        ("2020-02-15T07:30:00Z", ("2020-03-02T08:00:00Z", "2021-02-28T07:00:00Z", "2021-03-01T08:00:00Z")),
    ],
)
def test_the_warranty_year(completed: str, expected: tuple[str, str, str]) -> None:
    found = window("warranty_claim", completed_at=completed, warranty=True, country="FR")
    assert dates(found) == expected


@pytest.mark.parametrize("change", [{"country": "ES"}, {"warranty": False}, {"completed_at": None}])
def test_the_warranty_needs_country_purchase_and_completion(change: dict[str, Any]) -> None:
    bought = {"completed_at": "2020-02-14", "warranty": True, "country": "BE"}
    assert "warranty_claim" in ask(**bought).windows
    assert "warranty_claim" not in ask(**bought | change).windows


def test_paypal_counts_from_the_payment() -> None:
    found = window("paypal_dispute", paid_at="2020-03-01", payment_method="PayPal")
    assert dates(found) == ("2020-03-02T12:00:00Z", "2020-08-27T10:00:00Z", "2020-08-29T00:00:00Z")
    assert (found.opened_by, found.zone, found.rule.trust) == ("paid", "zone not stated", "primary")
    assert found.act_by == found.last_safe_at


@pytest.mark.parametrize(
    ("change", "exists"),
    [
        ({}, True),
        ({"payment_method": "card"}, False),
        ({"payment_method": None}, False),
        ({"paid_at": None}, False),
        ({"refunded_at": "2021-02-01"}, False),
        ({"paypal_case_opened_at": "2021-02-01"}, False),
        ({"cancelled_at": "2021-02-01"}, True),
        ({"marketplace": "elsewhere"}, True),
    ],
)
def test_paypal_exists(change: dict[str, Any], exists: bool) -> None:
    paid = {"paid_at": "2021-01-01", "payment_method": "PAYPAL"}
    assert ("paypal_dispute" in ask(**paid | change).windows) is exists


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2021-04-03T07:59:59Z", "not_yet"),
        ("2021-04-03T08:00:00Z", "open"),
        ("2021-04-17T06:59:59Z", "open"),
        ("2021-04-17T07:00:00Z", "grace"),
        ("2021-04-18T07:00:00Z", "closed"),
    ],
)
def test_the_state_turns_to_the_second(now: str, state: str) -> None:
    assert window(NR, at(now), **SENT).state == state


def test_no_grace_while_the_opening_is_unknown() -> None:
    seen = {"shipped_at": "2021-02-20", "observed_protection_ends_at": "2021-02-28"}
    assert window(NR, at("2021-02-28T12:00:00Z"), **seen).state is WindowState.UNKNOWN
    assert window(NR, at("2021-03-02T12:00:00Z"), **seen).state is WindowState.CLOSED


def test_another_marketplace_has_no_aliexpress_windows() -> None:
    assert not ask(marketplace="elsewhere", **SENT).windows


def test_facts_later_than_now_count() -> None:
    assert window(NR, NOW, **SENT) == window(NR, at("2021-02-01T00:00:00Z"), **SENT)
