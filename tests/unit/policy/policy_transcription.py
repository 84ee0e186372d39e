"""SEMANTICS.md's tables of windows once more, as plain code over one order: what the packs must agree with.

No line of the engine is used: days are counted here by offsets, not by clocks of a pack.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

H = timedelta(hours=1)
FREE = {"US", "CA", "AU", "GB", "FR", "ES", "DE", "IT", "NL", "BR", "IL", "RU", "KR", "SA", "AE", "PL"}
WARRANTY = {"RU", "UA", "FR", "DE", "PL", "BE", "IT", "NL"}
Time = date | datetime | None
Three = tuple[datetime | None, datetime | None, datetime | None]


class Reading:
    """One zone reading: hours east of UTC of the offsets in which a day begins first and last."""

    def __init__(self, first: int, last: int, plain: str) -> None:
        self.first, self.last, self.plain = first, last, ZoneInfo(plain)

    def midnight(self, day: date, hours: int) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) - hours * H

    def date_at(self, when: date | datetime, hours: int) -> date:
        return (when.astimezone(UTC) + hours * H).date() if isinstance(when, datetime) else when

    def over(self, when: date | datetime) -> datetime:
        return when if isinstance(when, datetime) else self.midnight(when + timedelta(1), self.last)

    def surely_from(self, when: date | datetime, n: int) -> datetime:
        return self.midnight(self.date_at(when, self.first) + timedelta(n), self.last)

    def surely_until(self, when: date | datetime, n: int) -> datetime:
        return self.midnight(self.date_at(when, self.last) + timedelta(n), self.first)

    def end(self, day: date) -> datetime:
        after = day + timedelta(1)
        return datetime(after.year, after.month, after.day, tzinfo=self.plain).astimezone(UTC)

    def stated(self, when: date | datetime, n: int) -> datetime:
        return when + n * 24 * H if isinstance(when, datetime) else self.end(when + timedelta(n))


PST = Reading(-7, -8, "America/Los_Angeles")
ANY = Reading(14, -12, "UTC")


def _ends(opens: datetime | None, *anchors: Time) -> tuple[datetime | None, datetime | None]:
    known = [anchor for anchor in anchors if anchor is not None]
    counted = [a for a in known if opens is None or PST.surely_until(a, 15) > opens] or known
    if not counted:
        return None, None
    return min(PST.surely_until(a, 15) for a in counted), min(PST.stated(a, 15) for a in counted)


def _overs(*times: Time) -> datetime | None:
    return min((PST.over(t) for t in times if t is not None), default=None)


def _observed(f: dict[str, Any], opens: datetime | None) -> Three:
    anchors = (f.get("delivery_due_at"), f.get("completed_at"))
    if "received" in f["_ends"]:
        anchors = (f.get("delivery_due_at"), f.get("received_at"), f.get("completed_at"))
    safe, stated = _ends(opens, *anchors)
    button = PST.over(f["observed_dispute_button_at"]) if f.get("observed_dispute_button_at") else None
    if button and (opens is None or button < opens):
        opens = button
    page = f.get("observed_protection_ends_at")
    if isinstance(page, datetime):
        safe = stated = page
    elif page is not None:
        safe, stated = PST.midnight(page, -7), PST.midnight(page + timedelta(1), -8)
    if opens and safe and opens >= safe:
        eleventh = PST.surely_from(f["shipped_at"], 11)
        opens = eleventh if eleventh < safe else None
    if button and safe and page is None and button >= safe:
        safe = stated = None
    return opens, safe, stated


def not_received(f: dict[str, Any]) -> Three | None:
    """The dispute for a parcel that did not come."""
    if not f.get("shipped_at") or any(f.get(k) for k in ("received_at", "cancelled_at", "refunded_at", "opened_at")):
        return None
    opens: datetime | None = PST.surely_from(f["shipped_at"], 11)
    if f.get("logistics") != "abnormal":
        over = _overs(f.get("delivery_due_at"), f.get("completed_at"))
        opens = max(opens, over) if over and opens else None
    return _observed(f | {"_ends": ""}, opens)


def not_as_described(f: dict[str, Any]) -> Three | None:
    """The dispute for goods that are not what was bought."""
    here = _overs(f.get("delivered_at"), f.get("received_at"), f.get("completed_at"))
    if not f.get("shipped_at") or not here or any(f.get(k) for k in ("cancelled_at", "refunded_at", "opened_at")):
        return None
    return _observed(f | {"_ends": "received"}, max(PST.surely_from(f["shipped_at"], 11), here))


def free_return(f: dict[str, Any]) -> Three | None:
    """The return without a reason."""
    here = _overs(f.get("delivered_at"), f.get("received_at"), f.get("completed_at"))
    barred = any(f.get(k) for k in ("cancelled_at", "refunded_at", "opened_at"))
    if not f.get("free_return") or f.get("country") not in FREE or not here or barred:
        return None
    names = ("delivered_at", "delivery_due_at", "received_at", "completed_at")
    return here, *_ends(here, *(f.get(name) for name in names))


def warranty(f: dict[str, Any]) -> Three | None:
    """The year of warranty."""
    done = f.get("completed_at")
    if not f.get("warranty") or f.get("country") not in WARRANTY or not done:
        return None
    safe = _year_later(PST.date_at(done, -8) + timedelta(15))
    plain = done.astimezone(PST.plain).date() if isinstance(done, datetime) else done
    return PST.surely_from(done, 16), PST.midnight(safe, -7), PST.end(_year_later(plain + timedelta(15)))


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def paypal(f: dict[str, Any]) -> Three | None:
    """PayPal's dispute."""
    paid = f.get("paid_at")
    barred = f.get("refunded_at") or f.get("paypal_case_opened_at")
    if (f.get("payment_method") or "").lower() != "paypal" or not paid or barred:
        return None
    return ANY.over(paid), ANY.surely_until(paid, 180), ANY.stated(paid, 180)


WINDOWS = {
    "dispute_not_received": not_received,
    "dispute_not_as_described": not_as_described,
    "free_return": free_return,
    "warranty_claim": warranty,
    "paypal_dispute": paypal,
}


def windows(f: dict[str, Any]) -> dict[str, Three]:
    """All windows of an order: opening, last safe instant, stated end."""
    found = {name: rule(f) for name, rule in WINDOWS.items()}
    return {name: three for name, three in found.items() if three is not None}
