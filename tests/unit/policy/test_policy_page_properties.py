"""What must hold where the order's own page speaks beside the packs: printed days of an unknown zone, countdowns, a
button, a rule in words, alone and together. Orders are generated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.model import Facts, OwnRule, PolicyAnswer, Window
from parcelwarden.domain.moment import Between
from parcelwarden.domain.own_page import with_own_rules
from parcelwarden.domain.policy import answer, applicable

BASE = datetime(2026, 2, 1, tzinfo=UTC)
NOW = BASE + timedelta(days=60)
DISPUTES = ("dispute_not_received", "dispute_not_as_described")
ANCHORS = {"shipped_at": 5, "delivery_due_at": 60, "delivered_at": 60, "received_at": 60, "completed_at": 80}
OWN_DAYS = st.none() | st.integers(20, 120)


def instants(most: int) -> st.SearchStrategy[datetime]:
    """Instants, many of them at the midnights that matter."""
    hours = st.sampled_from([0.0, 7.0, 7.5, 8.0, 10.0, 12.0, 23.99]) | st.floats(0, 23.9)
    return st.builds(lambda day, hour: BASE + timedelta(days=day, hours=round(hour, 2)), st.integers(0, most), hours)


def printed(most: int) -> st.SearchStrategy[Between]:
    """A day as a page prints it: from its beginning at UTC+14 to its end at UTC-12."""
    days = st.integers(0, most).map(lambda day: BASE + timedelta(days=day))
    return days.map(lambda day: Between(day - timedelta(hours=14), day + timedelta(hours=36), f"{day:%b %d, %Y}"))


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """What is known of the order beside its page."""
    known: dict[str, Any] = {"shipped_at": draw(instants(5) | printed(5)), "placed_at": BASE}
    for name in list(ANCHORS)[1:]:
        if draw(st.integers(0, 3)) or name == "delivery_due_at":
            known[name] = draw(instants(ANCHORS[name]) | printed(ANCHORS[name]))
    if draw(st.booleans()):
        del known["received_at" if "received_at" in known else "delivery_due_at"]
    return {**known, "logistics": draw(st.sampled_from(["normal", "abnormal"]))}


def ask(known: dict[str, Any], days: int | None = None) -> PolicyAnswer:
    facts = Facts(marketplace="aliexpress", order_id="1", country="ES", **known)
    packs = applicable(facts, load_packs())
    own = [OwnRule(kind="dispute_after_placed", quote="constructed", seen_at=NOW, days=days)] if days else []
    return with_own_rules(answer(facts, NOW, packs), own, facts, packs, NOW)


def sound(window: Window) -> None:
    """A window is never turned around, and the day to act lies within it."""
    if window.opens_at and window.last_safe_at and window.id in DISPUTES:
        assert window.opens_at < window.last_safe_at
    if window.last_safe_at:
        assert window.stated_end_at is None or window.last_safe_at <= window.stated_end_at
        assert window.act_by is not None and window.act_by <= window.last_safe_at


@settings(max_examples=120, deadline=None)
@given(told(), printed(150) | instants(150), OWN_DAYS)
def test_where_the_page_shows_an_end_no_end_stands_later(known: dict[str, Any], shown: Any, days: int | None) -> None:
    """A printed day counts from its first instant on earth, a countdown as it was read; a rule in words adds nothing."""
    first = shown.earliest if isinstance(shown, Between) else shown
    for name, window in ask({**known, "observed_protection_ends_at": shown}, days).windows.items():
        sound(window)
        if name in DISPUTES:
            assert window.last_safe_at == first and window.ends_observed
            assert window.act_by is not None and window.act_by <= first


@settings(max_examples=120, deadline=None)
@given(told(), printed(150) | instants(150), st.none() | printed(150) | instants(150), OWN_DAYS)
def test_a_button_opens_when_it_was_surely_seen(known: dict[str, Any], seen: Any, end: Any, days: int | None) -> None:
    last = seen.latest if isinstance(seen, Between) else seen
    page = {} if end is None else {"observed_protection_ends_at": end}
    without = ask({**known, **page}, days).windows
    for name, window in ask({**known, **page, "observed_dispute_button_at": seen}, days).windows.items():
        sound(window)
        if name in DISPUTES and window.opens_at is not None:
            waited = _begins(known["shipped_at"]) + timedelta(days=10)
            assert window.opens_at >= min(last, waited)
            assert window.opened_by != "button" or window.opens_at == last
        elif name not in DISPUTES:
            assert window == without[name], "a button for disputes bears on nothing else"


@settings(max_examples=150, deadline=None)
@given(told(), OWN_DAYS, st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_whatever_a_printed_day_meant_no_end_is_later_and_no_opening_earlier(
    known: dict[str, Any], days: int | None, where: list[float]
) -> None:
    meant = dict(known)
    for share, name in zip(where, ANCHORS, strict=True):
        if isinstance(when := known.get(name), Between):
            meant[name] = when.earliest + (when.latest - when.earliest) * share
    wide, true = ask(known, days).windows, ask(meant, days).windows
    assert wide.keys() == true.keys()
    for name, window in wide.items():
        sound(window)
        other = true[name]
        if None in (window.opens_at, other.opens_at) or "waiting" in (window.opened_by, other.opened_by):
            continue
        assert window.opens_at >= other.opens_at
        if window.last_safe_at and other.last_safe_at and window.opened_by == other.opened_by:
            assert window.last_safe_at <= other.last_safe_at or _outlived(meant, window)


def _outlived(meant: dict[str, Any], window: Window) -> bool:
    """An anchor that ends before the window opens is no reading while another is left (SEMANTICS.md, ends)."""
    ends = [_begins(meant[name]) + timedelta(days=15, hours=9) for name in ANCHORS if name in meant]
    return window.opens_at is not None and any(end <= window.opens_at + timedelta(days=1) for end in ends)


def _begins(when: datetime | Between) -> datetime:
    """When the day of it began at the latest, by UTC-7 and UTC-8, of an instant of its own."""
    instant = when.latest if isinstance(when, Between) else when
    return max(
        (instant - timedelta(hours=hours)).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        for hours in (7, 8)
    )
