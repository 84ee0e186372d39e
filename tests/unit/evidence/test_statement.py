"""The statement: what was seen, in the shop's words for the reason, within the form. All orders constructed."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcelparsers.model import State
from parcelwarden.domain.form_limits import FormLimits, form_limits
from parcelwarden.domain.model import Order
from parcelwarden.domain.policy import applicable
from parcelwarden.domain.reassess import reassess
from parcelwarden.domain.statement import reason, statement, takes, units
from support.assessing import at, event, orders, parcel, rules
from support.assessing import order as an_order
from support.stories import DATELESS, NORMAL, RETURNED, STALLED, lived


def limits(order: Order) -> FormLimits:
    return form_limits(applicable(order.facts, rules().packs))


def said(story: int, until: float) -> str:
    order, found, now = lived(story, until)
    return statement(order, found, limits(order), now)


def test_the_limits_are_those_of_the_pack_with_their_rules() -> None:
    found = limits(an_order())
    assert (found.characters, found.picture_bytes, found.pictures) == (500, 1_900_000, 3)
    assert {rule.id for rule in found.rules} >= {"AE-E1", "AE-E2", "AE-E4"}
    assert form_limits(()).rules == ()


@pytest.mark.parametrize(
    ("story", "until", "words"),
    [
        (RETURNED, 42, "Reason: package is returned to seller."),
        (STALLED, 42, "Reason: over promised delivery time."),
        (STALLED, 41, None),
        (NORMAL, 50, None),
    ],
)
def test_the_reason_is_in_the_shops_words_and_only_for_what_was_found(
    story: int, until: float, words: str | None
) -> None:
    text = said(story, until)
    assert text.startswith(words) if words else "Reason" not in text


@pytest.mark.parametrize(
    ("code", "words"), [("held_in_customs", "hold in customs"), ("no_tracking_information", "no tracking information")]
)
def test_other_reasons(code: str, words: str) -> None:
    lines = (event(3), event(9, State.CUSTOMS_HOLD)) if code == "held_in_customs" else ()
    order = an_order(parcel(*lines, looked=20))
    assert reason(order, reassess(order, at(20), rules()), limits(order), at(20)) == words


def test_it_says_what_the_page_and_the_carrier_showed() -> None:
    assert said(STALLED, 42) == (
        "Reason: over promised delivery time. Order 8190000000000003: paid 2026-03-02, shipped 2026-03-04, delivery time "
        'until 2026-04-11. Tracking LP00190000000031: 2026-03-07 13:48 "Left from sorting center"; no newer movement '
        "and no delivery when asked on 2026-04-13 04:12 UTC."
    )


@pytest.mark.parametrize("over", [{"received_at": at(55)}, {"refunded_at": at(55)}, {"refund_granted_at": at(55)}])
def test_what_is_over_is_no_parcel_that_did_not_come(over: dict[str, datetime]) -> None:
    order = an_order(parcel(event(3), event(9, State.CUSTOMS_HOLD), looked=50), delivery_due_at=at(50), **over)
    assert reason(order, reassess(order, at(60), rules()), limits(order), at(60)) is None
    text = statement(order, None, limits(order), at(60))
    assert ("received 2026-04-25" in text) == ("received_at" in over)
    assert ("no delivery" in text) != ("received_at" in over)


def test_no_sentence_can_be_read_of_another_parcel() -> None:
    lost, came = parcel(event(3), looked=50), parcel(event(3), event(9, State.DELIVERED, leg=7), looked=50)
    order = an_order(msgspec.structs.replace(came, number="C" * 30), msgspec.structs.replace(lost, number="L" * 30))
    for most in range(60, 501):
        text = statement(order, None, FormLimits(characters=most), at(60))
        assert ("no delivery" in text) == ("L" * 30 in text)


def test_it_never_says_more() -> None:
    delivered, unknown = said(NORMAL, 24), said(DATELESS, 5)
    assert "no delivery" not in delivered
    assert '"Delivered"; as seen on' in delivered
    assert unknown == "Order 8190000000000006."
    for word in ("lawyer", "police", "bank", "chargeback", "scam"):
        assert word not in (delivered + unknown).lower()


@pytest.mark.parametrize("text", ["已签收", "到达！", "ｆｕｌｌ", "あ", "한", "a，b", "line\nbreak"])
def test_no_chinese_letters_or_punctuation(text: str) -> None:
    assert not takes(text)
    order = an_order(parcel(event(3, description=text), looked=50))
    told = statement(order, reassess(order, at(80), rules()), limits(order), at(80))
    assert takes(told)
    assert "newest movement 2026-03-04 12:00" in told


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders(), st.integers(0, 200), st.text(max_size=120), st.integers(0, 500))
def test_it_always_fits_the_form(order: Order, day: int, words: str, most: int) -> None:
    found = reassess(order, at(day), rules())
    text = statement(order, found, FormLimits(characters=most), at(day))
    assert units(text) <= most
    assert takes(text)


def test_length_is_counted_as_a_browser_does() -> None:
    assert units("a\U0001f600") == 3
