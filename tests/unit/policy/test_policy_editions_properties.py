"""What must hold where several packs speak for an order, in any zone and any leap year. Orders are generated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy import answer, applicable, named

NOW = datetime(2026, 9, 1, tzinfo=UTC)
BASE = date(2026, 7, 10)
LEAP = date(2020, 1, 1)
CYCLE = timedelta(days=1461)
"""Four years with one leap day: every month of them has the same length again."""

NAMES = ("placed_at", "paid_at", "shipped_at", "delivery_due_at", "delivered_at", "received_at", "completed_at")


def whens(first: date, most: int) -> st.SearchStrategy[date | datetime]:
    days = st.integers(0, most).map(lambda n: first + timedelta(n))
    hours = st.sampled_from([0, 7, 7.5, 8, 10, 12, 23.99])
    return days | st.builds(lambda d, h: datetime(d.year, d.month, d.day, tzinfo=UTC) + timedelta(hours=h), days, hours)


@st.composite
def orders(draw: st.DrawFn, first: date = BASE) -> Facts:
    known: dict[str, Any] = {name: draw(whens(first, 120)) for name in NAMES if draw(st.integers(0, 2))}
    return Facts(
        marketplace=draw(st.sampled_from(["aliexpress", "ebay", "amazon", "etsy", "temu", "other"])),
        order_id="1",
        country=draw(st.sampled_from(["BR", "FR", None])),
        payment_method=draw(st.sampled_from(["paypal", "visa", None])),
        free_return=draw(st.booleans()),
        warranty=draw(st.booleans()),
        logistics=draw(st.sampled_from(["normal", "abnormal"])),
        **known,
    )


@settings(max_examples=200, deadline=None)
@given(orders())
def test_of_several_packs_the_earliest_end_and_the_latest_opening_stand(facts: Facts) -> None:
    packs = applicable(facts, load_packs())
    alone = [answer(facts, NOW, (pack,)).windows for pack in packs]
    for name, window in answer(facts, NOW, packs).windows.items():
        readings = [windows[name] for windows in alone if name in windows]
        ends = [reading.last_safe_at for reading in readings if reading.last_safe_at]
        assert window.last_safe_at == min(ends, default=None)
        if window.opens_at is not None:
            assert all(reading.opens_at is not None and window.opens_at >= reading.opens_at for reading in readings)
        if window.act_by is not None and window.last_safe_at is not None:
            assert window.act_by <= window.last_safe_at
            assert window.opens_at is None or window.opens_at <= window.act_by


@settings(max_examples=100, deadline=None)
@given(orders(), st.integers(-14, 14))
def test_the_offset_in_which_an_instant_is_written_changes_nothing(facts: Facts, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    values = {name: getattr(facts, name) for name in facts.__struct_fields__}
    moved = {k: v.astimezone(zone) if isinstance(v, datetime) else v for k, v in values.items()}
    packs = applicable(facts, load_packs())
    assert answer(Facts(**moved), NOW, packs) == answer(facts, NOW, packs)


@settings(max_examples=100, deadline=None)
@given(orders(LEAP))
def test_four_years_later_every_date_is_four_years_later(facts: Facts) -> None:
    later = {name: when + CYCLE for name in NAMES if (when := getattr(facts, name)) is not None}
    values = {name: getattr(facts, name) for name in facts.__struct_fields__} | later
    packs = named(load_packs())
    before, after = answer(facts, NOW, packs).windows, answer(Facts(**values), NOW, packs).windows
    assert before.keys() == after.keys()
    for name, window in before.items():
        for date_of in ("opens_at", "last_safe_at", "act_by"):
            old, new = getattr(window, date_of), getattr(after[name], date_of)
            assert (old is None) == (new is None) and (old is None or new - old == CYCLE)
