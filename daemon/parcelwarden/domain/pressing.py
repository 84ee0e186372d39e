"""In which order the orders are shown: by the day by which to act, then by severity, then by the money at risk.

Money is compared within one currency only; nothing is converted. Orders of one day and severity stand together by
currency, the larger sum first; an order whose sum is not known stands after those of which it is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from parcelwarden.domain.model import Advice, Severity

NO_DAY = 1 << 22
"""The day of an order without a date by which to act: after all others."""

UNKNOWN = 1 << 60
"""The stake of an order whose sum or currency is not known."""

_SUM = 1 << 44
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Pressing(NamedTuple):
    """The key, smallest first: the day since 1970 (UTC) of `act_by`, what is missing to the highest severity, the
    stake."""

    day: int
    calm: int
    stake: int


def pressing(advice: Advice, total: str | None, currency: str | None) -> Pressing:
    """The key of one order. `total` is a decimal as text."""
    day = NO_DAY if advice.act_by is None else (advice.act_by - _EPOCH).days
    return Pressing(day, len(Severity) - 1 - advice.severity.rank, stake(total, currency))


def stake(total: str | None, currency: str | None) -> int:
    """The money as a number that sorts by currency (ISO 4217), then from the larger sum to the smaller."""
    if not total or not currency or len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        return UNKNOWN
    try:
        cents = int(Decimal(total) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return UNKNOWN
    letters = [ord(letter) - ord("A") for letter in currency.upper()]
    place = (letters[0] * 26 + letters[1]) * 26 + letters[2]
    return place * _SUM + _SUM - 1 - min(max(cents, 0), _SUM - 1)
