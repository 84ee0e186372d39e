"""What is said beside an advice, and the situations that rest on the order's own page. All orders are constructed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from parcelparsers.model import State
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.domain.advice.remarks import MANY_OPEN
from parcelwarden.domain.messages import render
from parcelwarden.domain.model import Assessment, Moved, Order, Severity
from parcelwarden.domain.reassess import reassess
from support.assessing import assess, at, event, order, parcel, rules

MOVING = parcel(event(4, leg=1), event(8), looked=9)
FRESH = parcel(event(4, leg=1), event(60), looked=62)
DELIVERED = parcel(event(4, leg=1), event(20, State.DELIVERED, 7), looked=21)
MADRID = ZoneInfo("Europe/Madrid")


def told(found: Assessment, language: str = "en") -> str:
    return render(found.advice, load_catalogues()[language], MADRID)


def test_a_seller_who_asks_to_wait_moves_no_date() -> None:
    plain, asked = order(FRESH), order(FRESH, seller_asked_at=at(15))
    assert assess(asked, 20).policy == assess(plain, 20).policy
    early = assess(asked, 20).advice
    assert (early.code, early.severity, early.act_by) == ("seller_asks", "notice", assess(plain, 20).advice.act_by)
    assert "by 4 May 2026, 10:00 CEST" in told(assess(asked, 20))
    late = assess(asked, 62)
    assert late.advice.code == "dispute_open_now"
    assert "what the seller asks for moves no date" in told(late)
    assert "seller" not in told(assess(plain, 62))


@pytest.mark.parametrize("facts", [{"received_at": at(16)}, {"refunded_at": at(16)}, {"cancelled_at": at(16)}])
def test_a_seller_who_asks_is_no_matter_once_all_is_settled(facts: dict[str, datetime]) -> None:
    assert assess(order(FRESH, seller_asked_at=at(15), **facts), 20).advice.code != "seller_asks"


def test_dates_read_long_ago_are_to_be_read_again_when_the_window_ends_soon() -> None:
    known = order(FRESH, beside={"page_seen_at": at(50)})
    assert "page_read_at" not in assess(known, 55).advice.params, "read five days ago"
    assert "page_read_at" in assess(known, 62).advice.params
    assert "open the order's page once more" in told(assess(known, 62))
    assert "page_read_at" not in assess(order(FRESH, beside={"page_seen_at": at(60)}), 62).advice.params
    assert "page_read_at" not in assess(order(FRESH), 62).advice.params, "no page was ever read"
    assert "page_read_at" not in assess(order(FRESH, beside={"page_seen_at": at(10)}), 30).advice.params


def moved(before: float, after: float, seen: float) -> dict[str, tuple[Moved, ...]]:
    return {"moved": (Moved(field="delivery_due_at", before=at(before), after=at(after), at=at(seen)),)}


def test_an_end_that_came_nearer_is_named_for_two_weeks() -> None:
    nearer = order(FRESH, beside=moved(75, 61, 58))
    assert "moved an end from" in told(assess(nearer, 62))
    assert "moved_to" not in assess(nearer, 72.5).advice.params
    assert "moved_to" not in assess(order(FRESH, beside=moved(50, 61, 58)), 62).advice.params, "it was extended"


def test_many_open_disputes_are_remarked_before_another_one() -> None:
    for count in (0, MANY_OPEN):
        assert "open_disputes" not in assess(order(FRESH, beside={"open_disputes": count}), 62).advice.params
    many = order(FRESH, beside={"open_disputes": MANY_OPEN + 1})
    assert "you have 4 disputes open" in told(assess(many, 62))
    assert "open_disputes" not in assess(many, 20).advice.params, "no claim is in question yet"


def elsewhere(of: Order, country: str = "Chile") -> Order:
    parcels = [msgspec.structs.replace(one, destination=country) for one in of.parcels]
    return msgspec.structs.replace(of, parcels=tuple(parcels))


def test_delivered_to_another_country() -> None:
    found = assess(elsewhere(order(DELIVERED)), 21)
    assert (found.advice.code, found.advice.severity) == ("delivered_elsewhere", Severity.WARNING)
    assert "names Chile as its destination and not your country (ES)" in told(found)
    assert "902197197" in told(found)
    assert {draft.code for draft in found.alerts} & {"delivered", "delivered_elsewhere"} == {"delivered_elsewhere"}
    same = assess(elsewhere(order(DELIVERED), "Spain"), 21)
    assert same.advice.code == "delivered_check"
    assert assess(elsewhere(order(DELIVERED, received_at=at(21))), 22).advice.code == "received_check"


def test_a_parcel_on_its_way_to_another_country() -> None:
    assert "names Chile as the destination" in told(assess(elsewhere(order(MOVING)), 9.5))


@pytest.mark.parametrize(("country", "number"), [("ES", "902197197"), ("FR", "Chronopost"), ("JP", None), (None, None)])
def test_contacts_of_the_buyers_country_for_what_is_not_there(country: str | None, number: str | None) -> None:
    text = told(assess(order(DELIVERED, country=country), 21))
    assert (number in text and "from an old help page" in text) if number else "help page" not in text


def test_a_card_is_the_last_route_and_never_beside_paypal() -> None:
    paid = order(FRESH, payment_method="Visa")
    found = assess(paid, 80)
    assert found.advice.code == "window_closed_card"
    assert "bank of your card, until 28 Aug 2026" in told(found)
    assert assess(order(FRESH, payment_method="PayPal"), 80).advice.code == "window_closed_paypal"
    codes = {draft.code for draft in assess(paid, 62).alerts}
    assert "window_closed_card" in codes and not any("paypal" in code for code in codes)


def test_ebay_may_be_asked_to_step_in() -> None:
    opened = order(FRESH, dispute={"opened_at": at(62)})
    of = msgspec.structs.replace(opened, facts=msgspec.structs.replace(opened.facts, marketplace="ebay"))
    advice = reassess(of, at(64), rules()).advice
    assert (advice.code, advice.zone) == ("platform_escalation", "UTC+14/UTC-12")
    assert advice.rule is not None and advice.rule.id == "EB-4"


@pytest.mark.parametrize("day", [9, 20, 57, 62, 64, 76, 80])
@pytest.mark.parametrize(
    "known", [{}, {"payment_method": "PayPal"}, {"observed_protection_ends_at": date(2026, 5, 20)}]
)
def test_every_advice_with_a_date_of_a_rule_names_rule_edition_and_zone(day: float, known: dict[str, object]) -> None:
    advice = assess(order(FRESH, **known), day).advice
    if advice.act_by is not None:
        assert advice.rule is not None and advice.rule.quote and advice.rule.source
        assert advice.rule.edition or advice.rule.id == "page"
        assert advice.zone == "PST"


def test_remarks_are_told_together_in_both_languages() -> None:
    of = order(MOVING, seller_asked_at=at(15), beside={"page_seen_at": at(50), "open_disputes": 5, **moved(75, 61, 58)})
    english, spanish = told(assess(of, 62)), told(assess(of, 62), "es")
    assert english.count("(") == spanish.count("(") and english.count(";") == spanish.count(";") >= 4
    assert english.endswith(").") and spanish.endswith(").")


NEARER, EXTENDED = moved(75, 61, 30), moved(50, 61, 30)


@pytest.mark.parametrize(
    ("beside", "code", "severity"), [(NEARER, "end_moved_earlier", "notice"), (EXTENDED, "end_extended", "info")]
)
def test_a_page_that_moved_an_end_raises_one_alert(beside: dict[str, object], code: str, severity: str) -> None:
    of = order(FRESH, beside=beside)
    drafts = [draft for draft in assess(of, 31).alerts if ":moved:" in draft.key]
    assert [(d.code, d.severity, d.due_at) for d in drafts] == [(code, severity, at(30))]
    again = [draft.key for draft in assess(of, 36).alerts if ":moved:" in draft.key]
    assert again == [drafts[0].key]
    assert not [d for d in assess(of, 38).alerts if ":moved:" in d.key], "no news any more"
    assert not [d for d in assess(order(FRESH, refunded_at=at(31), beside=beside), 32).alerts if ":moved:" in d.key]


def test_old_dates_raise_an_alert_a_week_before_the_end() -> None:
    of = order(FRESH, beside={"page_seen_at": at(10)})
    act_by = datetime(2026, 5, 4, 8, tzinfo=UTC)
    due = {d.due_at: d for d in assess(of, 20).alerts if d.code == "open_order_again"}
    assert due[act_by - timedelta(days=7)].helps_until == act_by
    assert not [d for d in assess(order(FRESH), 20).alerts if d.code == "open_order_again"]
