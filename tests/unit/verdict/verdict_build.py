"""Constructed orders, parcels and histories for the verdict tests; nothing here was seen at a carrier."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from importlib.resources import files
from typing import Any

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.model import Facts, ParcelFacts, Verdict
from parcelwarden.domain.moment import When
from parcelwarden.domain.verdict import ShippingLines, SilenceModel, judge, silence_model

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAID = datetime(2026, 1, 5, 12, tzinfo=UTC)
SHIPPED = datetime(2026, 1, 7, 12, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ECONOMY = "Cainiao Super Economy"
TRACKED = "AliExpress Standard Shipping"

LINES = ShippingLines.of(economy=[ECONOMY, "4PX Singapore Post OM Pro"], tracked=[TRACKED])
MODEL: SilenceModel = silence_model(
    tomllib.loads((files("parcelwarden") / "policies" / "silence.toml").read_text("utf-8"))
)


def first_scan_due(shipped: When) -> datetime:
    """00:00 of day + 11 at UTC-8; the day of an instant is its date at UTC-7 (the aliexpress reading)."""
    assert isinstance(shipped, date)
    at = shipped if isinstance(shipped, datetime) else None
    day = at.astimezone(timezone(timedelta(hours=-7))).date() if at else shipped
    return datetime.combine(day + 11 * DAY, time(8), UTC)


def facts(**changes: Any) -> Facts:
    """An order paid and shipped in January, on a line tracked to the door."""
    known: dict[str, Any] = {
        "marketplace": "aliexpress",
        "order_id": "8100000000000001",
        "country": "ES",
        "paid_at": PAID,
        "shipped_at": SHIPPED,
        "shipping_method": TRACKED,
    }
    return Facts(**{**known, **changes})


def event(at: datetime | None, state: State | None = State.IN_TRANSIT, leg: int = Leg.ORIGIN, **more: Any) -> Event:
    """One line of a history."""
    return Event(local_time=at.isoformat() if at else "", at=at, state=state, leg=Leg(leg), **more)


def parcel(*events: Event, looked: datetime | None = NOW, **more: Any) -> ParcelFacts:
    """A parcel with this history, last looked at with success at `looked`."""
    return ParcelFacts(number="LP00000000000001", last_ok_at=looked, events=events, **more)


def verdict(
    *events: Event,
    looked: datetime | None = NOW,
    order: Facts | None = None,
    now: datetime = NOW,
    model: SilenceModel = MODEL,
    **more: Any,
) -> Verdict:
    """Judge a parcel with this history."""
    order = order or facts()
    due = first_scan_due(order.shipped_at) if order.shipped_at else None
    return judge(order, parcel(*events, looked=looked, **more), now=now, first_scan_due=due, model=model, lines=LINES)


def codes(found: Verdict) -> list[str]:
    """The codes of the reasons, in order."""
    return [reason.code for reason in found.reasons]
