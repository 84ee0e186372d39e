"""Reading an order's facts as JSON gives them, and what is odd about them.

Shape: SEMANTICS.md, "Facts": times are `YYYY-MM-DD` (a day of the pack) or an instant with an offset; null is unknown.
Facts are taken as they stand: an impossible order of dates is kept, and named by `oddities`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from operator import attrgetter
from typing import Any

from msgspec.structs import fields

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Dispute, Facts
from parcelwarden.domain.moment import DAY, Between, When, parse_when
from parcelwarden.domain.payment import payment_method

FIRST_YEAR, LAST_YEAR = 1000, 9000
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_EAST, _WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


def parse_facts(mapping: object) -> Facts:
    """Read the facts of one order. Raises `FactError` naming the dotted field for an unknown field, a wrong type, an
    unknown word, a time that cannot be read, an instant without offset, or a year outside 1000 to 9000."""
    values = _read(mapping, "", _FACTS)
    for name in ("marketplace", "order_id"):
        if name not in values:
            raise FactError(name, "a text; it is needed")
    return Facts(**values)


def country_code(text: str, field: str = "country") -> str:
    """A country as ISO 3166 alpha-2 in capitals; `UK` is read as `GB`. Raises `FactError`."""
    if not _COUNTRY.fullmatch(text):
        raise FactError(field, "a country of two letters (ISO 3166 alpha-2)", text)
    return "GB" if text.upper() == "UK" else text.upper()


Reader = Callable[[Any, str], Any]


def _read(mapping: object, prefix: str, readers: Mapping[str, Reader]) -> dict[str, Any]:
    if not isinstance(mapping, Mapping):
        raise FactError(prefix.rstrip(".") or "facts", "an object", mapping)
    values: dict[str, Any] = {}
    for name, value in mapping.items():
        reader = readers.get(name)
        if reader is None:
            raise FactError(f"{prefix}{name}", f"a known field ({', '.join(sorted(readers))})")
        if value is not None:
            values[name] = reader(value, f"{prefix}{name}")
    return values


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FactError(field, "a text that is not empty", value)
    return value.strip()


def _folded(value: object, field: str) -> str:
    return _text(value, field).casefold()


def _payment_method(value: object, field: str) -> str:
    return payment_method(_text(value, field))


def _flag(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise FactError(field, "true or false", value)
    return value


def _country(value: object, field: str) -> str:
    return country_code(_text(value, field), field)


def _word(*words: str) -> Reader:
    def read(value: object, field: str) -> str:
        if value not in words:
            raise FactError(field, f"one of {', '.join(words)}", value)
        return str(value)

    return read


def _time(value: object, field: str) -> When:
    if not isinstance(value, str) or (len(value) == 10 and not _DAY.fullmatch(value)):
        raise FactError(field, "a date YYYY-MM-DD or an instant with an offset", value)
    when = parse_when(value, field)
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise FactError(field, f"a year between {FIRST_YEAR} and {LAST_YEAR}", value)
    return when


def _dispute(value: object, field: str) -> Dispute:
    return Dispute(**_read(value, f"{field}.", _DISPUTE))


def _times(of: type[Facts] | type[Dispute]) -> dict[str, Reader]:
    return {field.name: _time for field in fields(of) if field.name.endswith("_at")}


_DISPUTE: dict[str, Reader] = {
    **_times(Dispute),
    "closed_by": _word("platform", "seller", "buyer"),
    "outcome": _word("refund", "partial", "rejected"),
}
_FACTS: dict[str, Reader] = {
    **_times(Facts),
    "marketplace": _folded,
    "order_id": _text,
    "country": _country,
    "payment_method": _payment_method,
    "shipping_method": _text,
    "free_return": _flag,
    "warranty": _flag,
    "logistics": _word("normal", "abnormal"),
    "dispute": _dispute,
}

_IN_ORDER = (
    ("placed_at", "paid_at"),
    ("placed_at", "shipped_at"),
    ("paid_at", "shipped_at"),
    ("paid_at", "refunded_at"),
    ("placed_at", "cancelled_at"),
    ("shipped_at", "delivered_at"),
    ("shipped_at", "received_at"),
    ("shipped_at", "delivery_due_at"),
    ("paypal_case_opened_at", "paypal_case_escalated_at"),
    ("paypal_case_opened_at", "paypal_case_closed_at"),
    ("paid_at", "chargeback_opened_at"),
    ("chargeback_opened_at", "chargeback_closed_at"),
    ("shipped_at", "dispute.opened_at"),
    ("dispute.opened_at", "dispute.seller_replied_at"),
    ("dispute.opened_at", "dispute.escalated_at"),
    ("dispute.opened_at", "dispute.closed_at"),
    ("dispute.return_agreed_at", "dispute.return_tracking_submitted_at"),
    ("dispute.closed_at", "dispute.appealed_at"),
)
_GETTERS = tuple((earlier, later, attrgetter(earlier), attrgetter(later)) for earlier, later in _IN_ORDER)


def oddities(facts: Facts) -> tuple[str, ...]:
    """Times that stand in an impossible order, as `shipped_at before paid_at`. Days of one date, or of two dates that
    may be the same instant somewhere on earth, are not odd. Nothing is changed or dropped for it."""
    return tuple(
        f"{later} before {earlier}"
        for earlier, later, get_first, get_second in _GETTERS
        if (first := get_first(facts)) is not None
        and (second := get_second(facts)) is not None
        and _bounds(second)[1] < _bounds(first)[0]
    )


def is_settled(facts: Facts) -> bool:
    """Whether the order is over for the buyer, wherever its parcel may be: received, cancelled, the money back or
    granted, the dispute won. An order that was only completed is not: its parcel may still be missing."""
    dispute = facts.dispute
    won = dispute.closed_at is not None and dispute.outcome == "refund"
    over = (facts.received_at, facts.cancelled_at, facts.refunded_at, facts.refund_granted_at)
    return won or any(when is not None for when in over)


def _bounds(when: When) -> tuple[datetime, datetime]:
    """The first and the last instant that a time can mean anywhere on earth."""
    if isinstance(when, Between):
        return when.earliest, when.latest
    if isinstance(when, datetime):
        return when, when
    return _midnight(when, _EAST), _midnight(when + DAY, _WEST)


def _midnight(day: date, zone: timezone) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
