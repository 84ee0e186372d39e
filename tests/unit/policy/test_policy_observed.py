"""What the page shows against what the rules make of it: the four steps, and what is reported. Constructed cases."""

from __future__ import annotations

import pytest
from policy_build import ask, at, dates, facts, window

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.moment import Between
from parcelwarden.domain.policy import answer, named

NR, NAD = "dispute_not_received", "dispute_not_as_described"
SENT = {"shipped_at": "2021-02-01", "delivery_due_at": "2021-04-02"}


def test_a_button_seen_earlier_opens() -> None:
    found = window(NR, **SENT, observed_dispute_button_at="2021-02-11T10:00:00Z")
    assert (dates(found)[0], found.opened_by) == ("2021-02-11T10:00:00Z", "button")
    assert found.conflicts == ("button_before_opening 2021-04-03T08:00:00Z 2021-02-11T10:00:00Z",)


def test_a_button_of_a_day_counts_when_the_day_is_over() -> None:
    assert dates(window(NR, **SENT, observed_dispute_button_at="2021-02-11"))[0] == "2021-02-12T08:00:00Z"


def test_a_button_seen_later_changes_nothing() -> None:
    found = window(NR, **SENT, observed_dispute_button_at="2021-04-05T10:00:00Z")
    assert (dates(found)[0], found.opened_by, found.conflicts) == ("2021-04-03T08:00:00Z", "delivery_over", ())


def test_a_button_seen_at_the_opening_itself_changes_nothing() -> None:
    found = window(NR, **SENT, observed_dispute_button_at="2021-04-03T08:00:00Z")
    assert (found.opened_by, found.conflicts) == ("delivery_over", ())


def test_a_button_opens_what_was_unknown() -> None:
    found = window(NR, shipped_at="2021-02-01", observed_dispute_button_at="2021-02-11T10:00:00Z")
    assert dates(found) == ("2021-02-11T10:00:00Z", None, None)
    assert found.act_by == at("2021-02-13T10:00:00Z")


@pytest.mark.parametrize(
    ("seen", "ends", "difference"),
    [
        ("2021-05-20", ("2021-05-20T07:00:00Z", "2021-05-21T08:00:00Z"), "page_ends_later"),
        ("2021-04-12T05:00:00Z", ("2021-04-12T05:00:00Z", "2021-04-12T05:00:00Z"), "page_ends_earlier"),
    ],
)
def test_the_pages_end_replaces_both(seen: str, ends: tuple[str, str], difference: str) -> None:
    found = window(NR, **SENT, observed_protection_ends_at=seen)
    assert dates(found)[1:] == ends
    assert found.conflicts == (f"{difference} 2021-04-17T07:00:00Z {ends[0]}",)
    assert found.ends_observed
    assert (found.rule.id, found.rule.quote[:10], found.rule.trust) == ("page", seen[:10], "observed")
    assert found.act_by == found.last_safe_at


def test_the_pages_end_without_any_date_of_our_own() -> None:
    found = window(NR, shipped_at="2021-02-01", observed_protection_ends_at="2021-05-20")
    assert (dates(found)[0], found.conflicts) == (None, ())
    assert found.act_by == at("2021-05-20T07:00:00Z")


def test_an_end_printed_in_a_zone_of_its_own_keeps_what_was_printed() -> None:
    known = facts(**SENT)
    printed = Between(at("2021-05-19T10:00:00Z"), at("2021-05-21T12:00:00Z"), "May 20, 2021")
    order = type(known)(
        marketplace="aliexpress",
        order_id="1",
        shipped_at=known.shipped_at,
        delivery_due_at=known.delivery_due_at,
        observed_protection_ends_at=printed,
    )
    found = answer(order, at("2021-03-01T00:00:00Z"), named(load_packs())).windows[NR]
    assert dates(found)[1:] == ("2021-05-19T10:00:00Z", "2021-05-21T12:00:00Z")
    assert found.rule.quote == "May 20, 2021"


def test_an_end_before_the_opening_falls_back_to_the_eleventh_day() -> None:
    found = window(NR, **SENT, observed_protection_ends_at="2021-03-01")
    assert (dates(found)[:2], found.opened_by) == (("2021-02-12T08:00:00Z", "2021-03-01T07:00:00Z"), "waiting")


def test_an_end_before_the_eleventh_day_leaves_the_opening_unknown() -> None:
    found = window(NR, **SENT, observed_protection_ends_at="2021-02-12T08:00:00Z")
    assert (dates(found)[:2], found.opened_by) == ((None, "2021-02-12T08:00:00Z"), "unknown")


@pytest.mark.parametrize("seen", ["2021-04-17T07:00:00Z", "2021-04-20"])
def test_a_button_at_or_after_the_computed_end_proves_it_wrong(seen: str) -> None:
    found = window(NR, **SENT, observed_dispute_button_at=seen)
    assert dates(found) == ("2021-04-03T08:00:00Z", None, None)
    assert found.conflicts[0].startswith("button_after_end 2021-04-17T07:00:00Z")
    assert found.state == "not_yet"


def test_a_button_does_not_disprove_an_end_that_was_read() -> None:
    seen = {"observed_dispute_button_at": "2021-05-20", "observed_protection_ends_at": "2021-05-10"}
    assert dates(window(NR, **SENT, **seen))[1] == "2021-05-10T07:00:00Z"


def test_both_dispute_windows_listen() -> None:
    seen = {"observed_protection_ends_at": "2021-05-20", "completed_at": "2021-03-01"}
    found = ask(**SENT, **seen).windows
    assert dates(found[NR])[1] == dates(found[NAD])[1] == "2021-05-20T07:00:00Z"
