"""What must hold for any order, and that the packs say what the tables of SEMANTICS.md say. Orders are generated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import policy_transcription as transcription
from hypothesis import given, settings
from hypothesis import strategies as st

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.model import Dispute, Facts, PolicyAnswer, WindowState
from parcelwarden.domain.policy import answer, named, next_change

BASE = date(2020, 1, 1)
TIMES = [
    "paid_at",
    "shipped_at",
    "delivery_due_at",
    "delivered_at",
    "received_at",
    "completed_at",
    "cancelled_at",
    "refunded_at",
    "paypal_case_opened_at",
    "observed_protection_ends_at",
    "observed_dispute_button_at",
]
OFFSETS = (-7, -7.5, -8)
RARE = {"cancelled_at", "refunded_at", "paypal_case_opened_at", "received_at"}


def times(first: int, last: int) -> st.SearchStrategy[date | datetime]:
    """Days, and instants around the midnights that matter."""
    days = st.integers(first, last).map(lambda n: BASE + timedelta(n))
    hours = st.sampled_from([0, 3, 7, 7.5, 8, 10, 12, 23.99])
    instants = st.builds(lambda d, h: datetime(d.year, d.month, d.day, tzinfo=UTC) + timedelta(hours=h), days, hours)
    return days | instants


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """Facts as a mapping, dispute flattened; most dates near each other so that rules meet."""
    values: dict[str, Any] = {
        "country": draw(st.sampled_from(["ES", "FR", "UA", "JP", None])),
        "payment_method": draw(st.sampled_from(["paypal", "PayPal", "card", None])),
        "free_return": draw(st.booleans()),
        "warranty": draw(st.booleans()),
        "logistics": draw(st.sampled_from(["normal", "abnormal"])),
    }
    for name in TIMES:
        chance = 8 if name in RARE else 2 if name == "completed_at" else 1
        if draw(st.integers(0, chance + 1)) <= 1:
            values[name] = draw(times(0, 120))
    if draw(st.integers(0, 9)) == 0:
        values["opened_at"] = draw(times(0, 120))
    return values


def ask(order: dict[str, Any], now: datetime) -> PolicyAnswer:
    known = {name: value for name, value in order.items() if name != "opened_at"}
    dispute = Dispute(opened_at=order.get("opened_at"))
    return answer(Facts(marketplace="aliexpress", order_id="1", dispute=dispute, **known), now, named(load_packs()))


NOWS = st.integers(0, 24 * 400).map(lambda h: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=h))


@settings(max_examples=400, deadline=None)
@given(orders(), NOWS)
def test_the_packs_say_what_the_tables_say(order: dict[str, Any], now: datetime) -> None:
    found = {
        name: (window.opens_at, window.last_safe_at, window.stated_end_at)
        for name, window in ask(order, now).windows.items()
    }
    assert found == transcription.windows(order)


@settings(max_examples=120, deadline=None)
@given(orders(), NOWS)
def test_dates_do_not_depend_on_now_and_states_do_only(order: dict[str, Any], now: datetime) -> None:
    found, again = ask(order, now), ask(order, now)
    assert found == again
    for name, window in ask(order, now + timedelta(days=9)).windows.items():
        other = found.windows[name]
        assert (window.opens_at, window.last_safe_at, window.act_by) == (
            other.opens_at,
            other.last_safe_at,
            other.act_by,
        )


@settings(max_examples=120, deadline=None)
@given(orders(), NOWS)
def test_act_by_lies_between_opening_and_last_safe(order: dict[str, Any], now: datetime) -> None:
    for window in ask(order, now).windows.values():
        if window.act_by is None:
            assert window.last_safe_at is None
            assert window.opens_at is None or window.id != "dispute_not_received"
            continue
        assert window.last_safe_at is None or window.act_by <= window.last_safe_at
        assert window.opens_at is None or window.last_safe_at is None or window.act_by >= window.opens_at


@settings(max_examples=120, deadline=None)
@given(orders(), NOWS)
def test_no_end_is_later_and_no_opening_earlier_than_any_reading(order: dict[str, Any], now: datetime) -> None:
    order = {name: value for name, value in order.items() if not name.startswith("observed")}
    window = ask(order, now).windows.get("dispute_not_received")
    if window is None or window.opens_at is None or window.last_safe_at is None:
        return
    shipped = max(_start(order["shipped_at"], hours) for hours in OFFSETS)
    assert window.opens_at >= shipped + timedelta(days=10), "ten full days after the day of shipping began"
    due = [order[name] for name in ("delivery_due_at", "completed_at") if order.get(name)]
    ends = [min(_start(when, hours) + timedelta(days=15) for hours in OFFSETS) for when in due]
    assert all(window.last_safe_at <= end for end in ends if end > window.opens_at), "the 15th day has not begun"


def _start(when: date | datetime, hours: float) -> datetime:
    """When the day of this begins, with an offset of so many hours."""
    shift = timedelta(hours=hours)
    day = (when + shift).date() if isinstance(when, datetime) else when
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - shift


@settings(max_examples=120, deadline=None)
@given(orders(), NOWS)
def test_nothing_changes_before_the_next_change(order: dict[str, Any], now: datetime) -> None:
    found = ask(order, now)
    at = next_change(found, now)
    assert at is None or at > now
    last = (at or now + timedelta(days=4000)) - timedelta(microseconds=1)
    assert ask(order, last) == found


@settings(max_examples=40, deadline=None)
@given(orders())
def test_every_turn_of_a_state_is_announced(order: dict[str, Any]) -> None:
    now, turns = datetime(2020, 1, 1, tzinfo=UTC), 0
    while at := next_change(ask(order, now), now):
        now, turns = at, turns + 1
        assert turns < 80
    states = {window.state for window in ask(order, now).windows.values() if window.stated_end_at}
    assert states <= {WindowState.CLOSED}
