"""The oracle's own reading of the rules: the window for what did not come, the one for what is wrong, PayPal's, duties
and waits, from an order's facts (`SEMANTICS.md`, Windows and Clocks). Shares nothing with the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from parcelwarden.simulate.days import DAY, PAYPAL, SHOP, Clock, When, read

HOUR = timedelta(hours=1)
KEEP = 15
"""Days of protection after the delivery time."""
FALSE_ZONES = timedelta(hours=14)
"""By how much the carrier's clock may be wrong."""


class Facts:
    """The facts that the daemon was told, as times. A dotted name is one name."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told
        self._times = {name: read(value) for name, value in told.items() if name.endswith("_at") and value}

    def time(self, name: str) -> When | None:
        """A time, None when it is not known."""
        return self._times.get(name)

    def has(self, *names: str) -> bool:
        """Whether any of these is known."""
        return any(self.told.get(name) for name in names)

    @property
    def disputed(self) -> bool:
        """Whether anything of a dispute is known."""
        return any(name.startswith("dispute.") for name in self.told)

    @property
    def over(self) -> bool:
        """Whether no claim for what did not come may be spoken of, by facts alone."""
        return self.disputed or self.has("received_at", "cancelled_at", "refund_granted_at", "refunded_at")

    @property
    def paypal(self) -> bool:
        """Whether it was paid by PayPal."""
        return self.told.get("payment_method") == "PayPal"


@dataclass(frozen=True, slots=True)
class Window:
    """The times of one window; None is unknown. `eleventh`: from when an abnormal parcel may be claimed; `latest`: the
    last `act_by` that may be told, which for an abnormal parcel of a completed order is still the delivery's day."""

    opens: datetime | None
    act_by: datetime | None
    last_safe: datetime | None
    stated: datetime | None
    eleventh: datetime | None = None
    latest: datetime | None = None


def not_received(facts: Facts) -> Window | None:
    """The window for what did not come, with normal logistics. An end on the order's own page is what to act by."""
    shipped, due, completed = (facts.time(name) for name in ("shipped_at", "delivery_due_at", "completed_at"))
    if shipped is None:
        return None
    eleventh = SHOP.surely_from(shipped, 11)
    overs = [SHOP.over(when) for when in (due, completed) if when is not None]
    opens = max(eleventh, min(overs)) if overs else None
    safe, stated = _ends((due, completed), opens)
    seen = facts.time("observed_protection_ends_at")
    if seen is not None:
        safe, stated = SHOP.starts(seen), SHOP.over(seen)
    if opens and safe and opens >= safe:
        opens = eleventh if eleventh < safe else None
    act_by = safe if seen is not None else min((at for at in (opens and opens + 48 * HOUR, safe) if at), default=None)
    if due is not None and act_by and safe and seen is None:
        latest = max(act_by, min(SHOP.starts(due), safe))
        return Window(opens, act_by, safe, stated, eleventh, latest)
    return Window(opens, act_by, safe, stated, eleventh, act_by)


def _ends(anchors: Iterable[When | None], opens: datetime | None) -> tuple[datetime | None, datetime | None]:
    """The earliest safe end and the earliest stated one; an end before the opening counts only if it is the last."""
    ends = sorted((SHOP.surely_until(at, KEEP), SHOP.stated(at, KEEP)) for at in anchors if at is not None)
    while len(ends) > 1 and opens and ends[0][0] <= opens:
        ends.pop(0)
    return (ends[0][0], min(stated for _, stated in ends)) if ends else (None, None)


def as_described(facts: Facts, delivered: datetime | None) -> Window | None:
    """What no text about goods that came may pass; `delivered`: the first instant at which that can have been."""
    names = ("delivery_due_at", "received_at", "completed_at")
    shipped, closing = facts.time("shipped_at"), [at for name in names[1:] if (at := facts.time(name))]
    overs = [SHOP.over(at) for at in closing] + ([delivered + 2 * FALSE_ZONES] if delivered else [])
    opens = max(SHOP.surely_from(shipped, 11), min(overs)) if shipped is not None and overs else None
    safe, stated = _ends([facts.time(name) for name in names], opens)
    seen = facts.time("observed_protection_ends_at")
    if seen is not None:
        safe, stated = SHOP.starts(seen), SHOP.over(seen)
    act_by = min((SHOP.surely_until(at, 7) for at in (*closing, *([delivered] if delivered else ()))), default=None)
    return Window(None, max(act_by, opens) if act_by and opens else act_by, safe, stated)


def paypal_until(facts: Facts) -> datetime | None:
    """Until when PayPal can surely be used."""
    paid = facts.time("paid_at")
    return PAYPAL.surely_until(paid, 180) if paid is not None and facts.paypal else None


def duties(facts: Facts) -> dict[str, tuple[datetime, tuple[timedelta, ...]]]:
    """What the buyer must do, by its name: until when, and how long before that it is to be told."""
    found: dict[str, tuple[datetime, tuple[timedelta, ...]]] = {}
    by, agreed, closed = (facts.time(f"dispute.{name}_at") for name in ("respond_by", "return_agreed", "closed"))
    if by is not None and closed is None:
        found["dispute_response"] = (SHOP.starts(by), (3 * DAY, DAY, 6 * HOUR))
    if agreed is not None and not facts.has("dispute.return_tracking_submitted_at"):
        found["return_shipment"] = (SHOP.surely_until(agreed, 10), (3 * DAY, 2 * DAY))
    lost = facts.told.get("dispute.outcome") in ("rejected", "partial")
    if closed is not None and lost and not facts.has("dispute.appealed_at"):
        found["appeal"] = (SHOP.surely_until(closed, 7), (3 * DAY, 2 * DAY))
    return found


def waits(facts: Facts) -> dict[str, datetime]:
    """Whose time is over and when, by the code that is to be told then."""
    found = {}
    opened = facts.time("dispute.opened_at")
    answered = facts.has("dispute.seller_replied_at", "dispute.escalated_at", "dispute.closed_at")
    if opened is not None and not answered:
        found["dispute_look"] = SHOP.over(opened) + 5 * DAY
    asked, by = facts.time("cancel_requested_at"), facts.time("ship_by_at")
    if asked is not None and not facts.has("cancelled_at"):
        found["cancel_look"] = SHOP.over(asked) + 72 * HOUR
    if by is not None and not facts.has("shipped_at", "cancelled_at", "received_at"):
        found["ship_by_over"] = SHOP.over(by)
    granted = facts.time("refund_granted_at") or (facts.time("cancelled_at") if facts.has("paid_at") else None)
    if granted is not None:
        found["refund_late"] = _business_days(granted, 20, SHOP)
    return found


def _business_days(when: When, count: int, clock: Clock) -> datetime:
    """The end of the day that is so many weekdays after it."""
    day = when.astimezone(clock.first).date() if isinstance(when, datetime) else when
    while count:
        day += DAY
        count -= day.weekday() < 5
    return clock.over(day).astimezone(UTC)
