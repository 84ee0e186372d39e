"""Which packs speak for an order, and two that may apply at once. Constructed packs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from policy_build import NOW, at, dates, facts, pack

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.errors import FactError, PackError
from parcelwarden.domain.model import Facts, Window
from parcelwarden.domain.policy import Pack, answer, applicable, named

OLD = pack(edition="2021", effective_until=date(2021, 5, 31))
NEW = pack(edition="2021-06", effective_from=date(2021, 6, 1), countries=["BR"])


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"placed_at": "2021-05-31"}, ["2021"]),
        ({"placed_at": "2021-06-01", "country": "BR"}, ["2021-06"]),
        ({"placed_at": "2021-06-01"}, []),
        ({"placed_at": "2021-06-01", "country": "ES"}, []),
        ({"placed_at": "2021-06-01T07:30:00Z", "country": "BR"}, ["2021", "2021-06"]),
        ({"paid_at": "2021-05-01", "country": "BR"}, ["2021"]),
        ({"country": "BR"}, ["2021", "2021-06"]),
    ],
)
def test_an_edition_applies_on_its_dates_and_in_its_countries(known: dict[str, Any], expected: list[str]) -> None:
    found = applicable(facts(**{"marketplace": "Shop", **known}), (OLD, NEW))
    assert [chosen.edition for chosen in found] == expected


def test_packs_are_named_by_id_or_edition() -> None:
    assert [chosen.name for chosen in named(load_packs())] == ["aliexpress/2020-21", "paypal/2026"]
    assert named((OLD, NEW), ["shop"]) == (OLD, NEW)
    assert named((OLD, NEW), ["shop/2021", "shop"]) == (OLD, NEW)
    with pytest.raises(PackError, match="pack ebay: its name: expected one of shop/2021, shop/2021-06"):
        named((OLD, NEW), ["ebay"])


def shop(opens: dict[str, Any], days: int, **more: Any) -> Pack:
    """A pack whose one window opens so and ends so many days after the delivery time."""
    window = {
        "id": "dispute_not_received",
        "rule": "R1",
        "exists": {"known": ["shipped_at"]},
        "opens": opens,
        "ends": [{"fact": "delivery_due_at", "days": days}],
        "observed": {"opens": "observed_dispute_button_at"},
    }
    return pack(windows=[window], **more)


EARLY = shop({"surely_from": "shipped_at", "days": 5, "by": "waiting"}, 10, edition="early", trust="second_hand")
LATE = shop({"over": "delivery_due_at", "by": "delivery_over"}, 30, edition="late")
ORDER = {"marketplace": "shop", "shipped_at": "2021-02-01", "delivery_due_at": "2021-03-01"}


def both(**known: Any) -> Window:
    return answer(facts(**ORDER | known), NOW, (EARLY, LATE)).windows["dispute_not_received"]


def test_where_two_apply_ends_are_the_earliest_and_openings_the_latest() -> None:
    found = both()
    assert dates(found) == ("2021-03-02T08:00:00Z", "2021-03-11T07:00:00Z", "2021-03-12T08:00:00Z")
    assert (found.rule.edition, found.opened_by) == ("early", "delivery_over")
    assert found == answer(facts(**ORDER), NOW, (LATE, EARLY)).windows["dispute_not_received"]


def test_an_opening_unknown_to_one_is_unknown() -> None:
    found = both(delivery_due_at=None)
    assert (dates(found), found.opened_by, found.state) == ((None, None, None), "unknown", "unknown")


def test_a_primary_source_in_force_decides_until_when_to_act() -> None:
    assert both().act_by == at("2021-03-11T07:00:00Z"), "never after the earliest end"
    two = (shop({"over": "paid_at", "by": "paid"}, 10, edition="p"), EARLY)
    found = answer(facts(**ORDER, paid_at="2021-01-30"), NOW, two).windows["dispute_not_received"]
    assert found.act_by == found.last_safe_at


def test_an_opening_after_the_end_is_unknown() -> None:
    short = shop({"surely_from": "shipped_at", "days": 5, "by": "waiting"}, 0, edition="short")
    found = answer(facts(**ORDER), NOW, (short, LATE)).windows["dispute_not_received"]
    assert (found.opens_at, found.last_safe_at) == (None, at("2021-03-01T07:00:00Z"))


def test_an_opening_at_the_end_itself_is_unknown() -> None:
    short = shop({"surely_from": "shipped_at", "days": 5, "by": "waiting"}, 0, edition="short")
    known = ORDER | {"paid_at": "2021-03-01T07:00:00Z"}
    paid = shop({"over": "paid_at", "by": "paid"}, 30, edition="paid")
    found = answer(facts(**known), NOW, (short, paid)).windows["dispute_not_received"]
    assert (found.opens_at, found.last_safe_at) == (None, at("2021-03-01T07:00:00Z"))


def test_two_readings_of_a_clock() -> None:
    def clocks(days: int, kind: str) -> Pack:
        one = {"id": "reply", "rule": "R1", "kind": kind, "from": "paid_at", "days": days}
        return pack(edition=f"{kind}{days}", clocks=[one])

    paid = facts(marketplace="shop", paid_at="2021-03-01T10:00:00Z")
    wait = answer(paid, NOW, (clocks(3, "wait"), clocks(5, "wait"))).clocks["reply"]
    duty = answer(paid, NOW, (clocks(3, "duty"), clocks(5, "duty"), clocks(1, "wait"))).clocks["reply"]
    assert wait.due_at == at("2021-03-06T10:00:00Z")
    assert (duty.last_safe_at, duty.stated_end_at) == (at("2021-03-04T07:00:00Z"), at("2021-03-04T10:00:00Z"))


def test_dates_beyond_every_calendar_are_refused_not_raised() -> None:
    order = Facts(marketplace="aliexpress", order_id="1", shipped_at=date(9999, 12, 30))
    with pytest.raises(FactError, match="between the years 1 and 9999"):
        answer(order, NOW, named(load_packs()))
    early = Facts(marketplace="shop", order_id="1", delivery_due_at=date.min + timedelta(days=1))
    assert answer(early, NOW, (OLD,)).windows
