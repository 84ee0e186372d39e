"""Constructed orders and the shipped rules, for tests of advice, alerts and reassessment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from parcelparsers.model import Event, Leg, State
from parcelwarden.adapters.country_names import load_countries
from parcelwarden.adapters.line_loader import load_lines
from parcelwarden.adapters.pack_loader import load_packs, read_toml, shipped
from parcelwarden.adapters.rules_loader import load_advisories
from parcelwarden.domain.model import Advisory, Assessment, Dispute, Facts, Moved, Order, ParcelFacts
from parcelwarden.domain.moment import Between
from parcelwarden.domain.reassess import reassess
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.verdict import silence_model

PLACED = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUE = date(2026, 5, 1)
NUMBER = "LX000000005XX"


STORM = Advisory(
    id="TEST-1",
    kind="delay",
    quote="parcels are late in Mexico",
    source="constructed",
    runs_from=date(2026, 4, 10),
    runs_until=date(2026, 5, 20),
    countries=frozenset({"MX"}),
    extra_days=(10, 20),
)
"""A disruption of the time of these orders."""


@cache
def rules() -> Rules:
    """The rules that are shipped."""
    return Rules(
        packs=load_packs(),
        lines=load_lines(),
        model=silence_model(read_toml(shipped() / "silence.toml")),
        advisories=(*load_advisories(), STORM),
        countries=load_countries(),
    )


def at(day: float) -> datetime:
    """An instant so many days after the order was placed."""
    return PLACED + timedelta(days=day)


def event(day: float, state: State | None = State.IN_TRANSIT, leg: int = 3, **more: Any) -> Event:
    """A line of a history."""
    when = at(day)
    return Event(local_time=f"{when:%Y-%m-%dT%H:%M:%S}", at=when, state=state, leg=Leg(leg), **more)


def parcel(*events: Event, looked: float | None = None, **more: Any) -> ParcelFacts:
    """A parcel, last looked at on a day (default: with its last line)."""
    last = events[-1].at if events else at(2)
    seen = at(looked) if looked is not None else last
    told = {"number": NUMBER, "outcome": "found" if events else "not_found", "last_ok_at": seen, **more}
    return ParcelFacts(events=events, **told)


def order(
    *parcels: ParcelFacts,
    dispute: dict[str, Any] | None = None,
    title: str | None = None,
    beside: dict[str, Any] | None = None,
    **facts: Any,
) -> Order:
    """An order that was shipped two days after it was placed; facts given as None are unknown. `beside`: what
    the order has beside its facts."""
    known = {"country": "ES", "placed_at": PLACED, "paid_at": PLACED, "shipped_at": at(2), "delivery_due_at": DUE}
    return Order(
        facts=Facts(
            marketplace="aliexpress",
            order_id="8100000000000001",
            dispute=Dispute(**(dispute or {})),
            **{**known, **facts},
        ),
        parcels=parcels,
        title=title,
        **(beside or {}),
    )


def assess(of: Order, day: float) -> Assessment:
    """The assessment so many days after the order was placed."""
    return reassess(of, at(day), rules())


FACT_DAYS = (
    "placed_at", "paid_at", "ship_by_at", "shipped_at", "delivery_due_at", "delivered_at", "received_at",
    "completed_at", "observed_protection_ends_at", "observed_dispute_button_at", "seller_asked_at",
    "cancel_requested_at", "cancelled_at",
    "refund_granted_at", "refunded_at", "paypal_case_opened_at", "paypal_case_escalated_at", "paypal_case_closed_at",
    "chargeback_opened_at", "chargeback_closed_at",
)  # fmt: skip
DISPUTE_DAYS = (
    "opened_at", "seller_replied_at", "escalated_at", "respond_by_at", "return_agreed_at",
    "return_tracking_submitted_at", "closed_at", "appealed_at",
)  # fmt: skip


@st.composite
def whens(draw: st.DrawFn, low: int, high: int) -> Any:
    """A day of the pack, an instant, or a span, so many days after the order was placed."""
    when = at(draw(st.integers(low * 24, high * 24)) / 24)
    kind = draw(st.sampled_from(("instant", "day", "between")))
    if kind == "day":
        return when.date()
    return when if kind == "instant" else Between(when - timedelta(hours=14), when + timedelta(hours=36), "")


@st.composite
def facts_of(draw: st.DrawFn, often: frozenset[str], names: tuple[str, ...]) -> dict[str, Any]:
    """Any of these facts; those of `often` mostly known, the others seldom."""
    found: dict[str, Any] = {}
    for name in names:
        if draw(st.integers(0, 9)) < (8 if name in often else 1):
            found[name] = draw(whens(0, 3) if name in ("placed_at", "paid_at") else whens(1, 120))
    return found


@st.composite
def parcels_of(draw: st.DrawFn) -> ParcelFacts:
    """A parcel with any history, looked at when it could have been."""
    states = st.sampled_from((*[State.IN_TRANSIT] * 6, *State, None))
    days = sorted(draw(st.lists(st.integers(-10 * 24, 90 * 24), max_size=5)))
    lines = [
        event(
            hour / 24,
            draw(states),
            draw(st.integers(0, 7)),
            code=draw(st.sampled_from((None, "LH_DEPART", "LH_HO_AIRLINE"))),
            uncertain_hours=draw(st.sampled_from((0.0, 14.0))),
        )
        for hour in days
    ]
    answered = draw(st.booleans()) or bool(lines)
    looked = at(max(0, (days[-1] if days else 0) / 24) + draw(st.integers(0, 40))) if answered else None
    return ParcelFacts(
        number=draw(st.sampled_from((NUMBER, "LX000000019XX"))),
        outcome="found" if lines else "not_found",
        last_outcome=draw(st.sampled_from((None, "found", "not_found", "blocked", "network"))),
        last_ok_at=looked,
        destination=draw(st.sampled_from((None, None, "Spain", "MX", "Ruritania"))),
        events=tuple(lines),
    )


ENDS = ("observed_protection_ends_at", "delivery_due_at", "dispute.respond_by_at")


@st.composite
def moves(draw: st.DrawFn) -> Moved:
    """An end of the page that moved."""
    before, after, seen = (at(draw(st.integers(1, 100))) for _ in range(3))
    return Moved(field=draw(st.sampled_from(ENDS)), before=before, after=after, at=seen, taken=draw(st.booleans()))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Any order, most of them shipped and paid."""
    usual = frozenset({"placed_at", "paid_at", "shipped_at", "delivery_due_at"})
    facts = draw(facts_of(usual, FACT_DAYS))
    dispute = draw(facts_of(frozenset(), DISPUTE_DAYS))
    outcome = draw(st.sampled_from((None, "refund", "partial", "rejected")))
    parcels = draw(st.lists(parcels_of(), max_size=2, unique_by=lambda p: p.number))
    return Order(
        facts=Facts(
            marketplace="aliexpress",
            order_id="8100000000000001",
            country=draw(st.sampled_from((None, "ES", "FR", "MX"))),
            payment_method=draw(st.sampled_from((None, "PayPal", "card", "Visa"))),
            shipping_method=draw(st.sampled_from((None, "Cainiao Super Economy", "AliExpress Standard Shipping"))),
            logistics=draw(st.sampled_from(("normal", "normal", "normal", "abnormal"))),
            free_return=draw(st.booleans()),
            warranty=draw(st.booleans()),
            dispute=Dispute(**dispute, outcome=outcome),
            **facts,
        ),
        parcels=tuple(parcels),
        title=draw(st.sampled_from((None, "Blue lamp"))),
        page_seen_at=draw(st.none() | st.integers(0, 90).map(at)),
        moved=tuple(draw(st.lists(moves(), max_size=2))),
        countdowns=draw(st.sampled_from(({}, {"observed_protection_ends_at": at(3)}))),
        open_disputes=draw(st.integers(0, 6)),
    )
