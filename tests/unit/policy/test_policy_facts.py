"""Facts as JSON: what is taken, what is refused with the field's dotted name, what is flagged. Constructed facts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from policy_build import facts

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.errors import FactError
from parcelwarden.domain.facts import oddities, parse_facts
from parcelwarden.domain.model import Dispute, Facts
from parcelwarden.domain.moment import Between
from parcelwarden.domain.policy import named
from parcelwarden.domain.policy.jsonl import windows_line

ORDER = {"marketplace": "aliexpress", "order_id": "8100000000000000"}


def test_facts_are_read() -> None:
    read = parse_facts(
        {
            **ORDER,
            "country": "UK",
            "payment_method": "PayPal",
            "paid_at": "2021-02-01T10:00:00+08:00",
            "shipped_at": "2021-02-03",
            "received_at": None,
            "free_return": True,
            "logistics": "abnormal",
            "dispute": {"opened_at": "2021-03-01", "closed_by": "seller", "outcome": None},
        }
    )
    assert (read.country, read.payment_method, read.logistics, read.free_return) == ("GB", "paypal", "abnormal", True)
    assert (read.paid_at, read.shipped_at) == (datetime(2021, 2, 1, 2, tzinfo=UTC), date(2021, 2, 3))
    assert read.dispute == Dispute(opened_at=date(2021, 3, 1), closed_by="seller")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("marketplace", {"marketplace": None}),
        ("order_id", {"order_id": 81}),
        ("shiped_at", {"shiped_at": "2021-01-01"}),
        ("shipped_at", {"shipped_at": 20210101}),
        ("shipped_at", {"shipped_at": "2021-02-30"}),
        ("shipped_at", {"shipped_at": "2021-W05-1"}),
        ("shipped_at", {"shipped_at": "yesterday"}),
        ("shipped_at", {"shipped_at": "2021-02-01T10:00:00"}),
        ("shipped_at", {"shipped_at": "0999-12-31"}),
        ("shipped_at", {"shipped_at": "9999-12-31"}),
        ("shipped_at", {"shipped_at": "0001-01-01T00:00:00+14:00"}),
        ("country", {"country": "ESP"}),
        ("country", {"country": "E5"}),
        ("free_return", {"free_return": "yes"}),
        ("warranty", {"warranty": 1}),
        ("logistics", {"logistics": "odd"}),
        ("payment_method", {"payment_method": " "}),
        ("dispute", {"dispute": "open"}),
        ("dispute.opened", {"dispute": {"opened": "2021-01-01"}}),
        ("dispute.opened_at", {"dispute": {"opened_at": "2021-01-01T00:00"}}),
        ("dispute.closed_by", {"dispute": {"closed_by": "nobody"}}),
        ("dispute.outcome", {"dispute": {"outcome": ["refund"]}}),
    ],
)
def test_a_bad_fact_is_refused_by_name(field: str, change: dict[str, Any]) -> None:
    with pytest.raises(FactError, match=rf"^{field}: expected ") as caught:
        parse_facts(ORDER | change)
    assert caught.value.field == field


@pytest.mark.parametrize("mapping", [None, [], "facts"])
def test_facts_that_are_no_object(mapping: object) -> None:
    with pytest.raises(FactError, match=r"^facts: expected an object"):
        parse_facts(mapping)


def test_impossible_orders_of_dates_are_kept_and_flagged() -> None:
    read = facts(paid_at="2021-02-05", shipped_at="2021-02-01", dispute={"opened_at": "2021-01-01"})
    assert read.shipped_at == date(2021, 2, 1)
    assert oddities(read) == ("shipped_at before paid_at", "dispute.opened_at before shipped_at")


@pytest.mark.parametrize("shipped", ["2021-02-04", "2021-02-05", "2021-02-06T00:00:00Z"])
def test_what_may_be_the_same_day_somewhere_is_not_odd(shipped: str) -> None:
    assert oddities(facts(paid_at="2021-02-05", shipped_at=shipped)) == ()


def test_bounds_are_compared_by_their_ends() -> None:
    span = Between(datetime(2021, 2, 4, tzinfo=UTC), datetime(2021, 2, 6, tzinfo=UTC))
    early, late = datetime(2021, 2, 3, 12, tzinfo=UTC), datetime(2021, 2, 5, tzinfo=UTC)
    order = {"marketplace": "shop", "order_id": "1"}
    assert oddities(Facts(**order, paid_at=span, shipped_at=early)) == ("shipped_at before paid_at",)
    assert oddities(Facts(**order, paid_at=span, shipped_at=late)) == ()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ([], "line"),
        ({"facts": ORDER}, "now"),
        ({"now": "2021-01-01", "facts": ORDER}, "now"),
        ({"now": "2021-01-01T00:00:00", "facts": ORDER}, "now"),
        ({"now": 5, "facts": ORDER}, "now"),
        ({"now": "2021-01-01T00:00:00Z"}, "facts"),
    ],
)
def test_a_bad_line_is_refused_by_name(line: object, field: str) -> None:
    with pytest.raises(FactError, match=f"^{field}: expected "):
        windows_line(line, named(load_packs()))


def test_a_line_is_answered() -> None:
    known = ORDER | {"shipped_at": "2021-02-01", "delivery_due_at": "2021-04-02", "ship_by_at": "2021-01-30"}
    line = {
        "id": 7,
        "now": "2021-04-20T00:00:00+02:00",
        "facts": known | {"dispute": {"return_agreed_at": "2021-03-01"}},
    }
    assert windows_line(line, named(load_packs())) == {
        "id": 7,
        "windows": {
            "dispute_not_received": {
                "opens_at": "2021-04-03T08:00:00Z",
                "last_safe_at": "2021-04-17T07:00:00Z",
                "stated_end_at": "2021-04-18T07:00:00Z",
                "state": "closed",
                "act_by": "2021-04-05T08:00:00Z",
            }
        },
        "clocks": {
            "return_shipment": {
                "kind": "duty",
                "last_safe_at": "2021-03-11T07:00:00Z",
                "stated_end_at": "2021-03-12T08:00:00Z",
            }
        },
    }
