"""The vocabulary carries other marketplaces and means of payment as data alone. Constructed packs after the published
rules (eBay 30 days after the delivery estimate, 21 business days to ask; card schemes 120 and 540 days; Temu 90 days
from the purchase; Etsy 48 hours after the estimate); what is tested is the vocabulary, not the rules."""

from __future__ import annotations

from typing import Any

from policy_build import NOW, at, dates, facts, pack

from parcelwarden.domain.policy import Pack, answer


def shop(window: dict[str, Any], **more: Any) -> Pack:
    return pack(windows=[{"id": "claim", "rule": "R1", **window}], **more)


def claim(chosen: Pack, **known: Any) -> tuple[str | None, str | None, str | None]:
    return dates(answer(facts(**{"marketplace": "shop", **known}), NOW, (chosen,)).windows["claim"])


def test_ebay_with_business_days() -> None:
    estimate = {"over": "delivery_due_at", "by": "delivery_over"}
    chosen = shop(
        {
            "exists": {"known": ["delivery_due_at"]},
            "opens": estimate,
            "ends": [{"fact": "delivery_due_at", "days": 30}],
        },
        clocks=[
            {"id": "seller", "rule": "R1", "kind": "wait", "from": "dispute.opened_at", "business_days": 3},
            {"id": "ask", "rule": "R1", "kind": "duty", "from": "dispute.opened_at", "business_days": 21},
        ],
    )
    assert claim(chosen, delivery_due_at="2021-03-01")[1] == "2021-03-31T07:00:00Z"
    order = facts(marketplace="shop", dispute={"opened_at": "2021-03-05"})
    clocks = answer(order, NOW, (chosen,)).clocks
    assert clocks["seller"].due_at == at("2021-03-11T08:00:00Z")
    assert clocks["ask"].last_safe_at == at("2021-04-05T07:00:00Z")


def test_a_card_chargeback_with_two_caps_and_a_wait_where_no_date_was_given() -> None:
    wait = {"surely_from": "paid_at", "days": 30, "by": "waiting"}
    chosen = shop(
        {
            "exists": {"known": ["paid_at"], "absent": ["refunded_at", "received_at"]},
            "opens": {"first": [{"over": "delivery_due_at", "by": "delivery_over"}, wait]},
            "ends": [{"fact": "delivery_due_at", "days": 120}, {"fact": "paid_at", "days": 540}],
            "act_by": [{"surely_until": ["delivery_due_at"], "days": 30}],
        },
        kind="payment",
        payment_methods=["visa", "mastercard"],
        marketplaces=[],
    )
    paid = {"paid_at": "2020-01-01", "payment_method": "Visa"}
    assert claim(chosen, **paid)[:2] == ("2020-01-31T08:00:00Z", "2021-06-24T07:00:00Z")
    assert claim(chosen, **paid, delivery_due_at="2020-03-01")[:2] == ("2020-03-02T08:00:00Z", "2020-06-29T07:00:00Z")
    assert claim(chosen, **paid, delivery_due_at="2021-06-01")[1] == "2021-06-24T07:00:00Z"
    other = facts(marketplace="shop", paid_at="2020-01-01", payment_method="klarna")
    assert not answer(other, NOW, (chosen,)).windows


def test_temu_counts_from_the_purchase() -> None:
    placed = {"over": "placed_at", "by": "waiting"}
    ends = [{"fact": "placed_at", "days": 90}]
    chosen = shop({"exists": {"known": ["placed_at"]}, "opens": placed, "ends": ends})
    assert claim(chosen, placed_at="2021-01-01")[1] == "2021-04-01T07:00:00Z"


def test_etsy_waits_some_hours_and_asks_for_the_right_country_and_word() -> None:
    chosen = shop(
        {
            "exists": {
                "known": ["delivery_due_at"],
                "countries": ["US"],
                "payment_methods": ["Card"],
                "one_of": [{"fact": "shipping_method", "values": ["Post"], "unknown": True}],
            },
            "opens": {"over": "delivery_due_at", "hours": 48, "by": "delivery_over"},
            "ends": [{"fact": "delivery_due_at", "days": 100}],
        }
    )
    known = {"marketplace": "shop", "delivery_due_at": "2021-03-01", "country": "US", "payment_method": "card"}
    assert claim(chosen, **known)[0] == "2021-03-04T08:00:00Z"
    for change in ({"country": "CA"}, {"payment_method": "cash"}, {"shipping_method": "Pigeon"}):
        assert not answer(facts(**known | change), NOW, (chosen,)).windows
