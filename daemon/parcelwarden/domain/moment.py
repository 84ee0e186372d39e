"""Times as facts carry them: a day of the pack, an instant, or an instant known within bounds.

A date read from a page stands for a span: an end is reckoned from its earliest instant, a beginning from its latest
(`SEMANTICS.md`, Facts). Naive datetimes are refused everywhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from parcelwarden.domain.errors import FactError


class Between(msgspec.Struct, frozen=True):
    """An instant known within bounds (both aware), with what was printed."""

    earliest: datetime
    latest: datetime
    printed: str = ""


When = date | datetime | Between
"""`datetime` is an instant (aware); a plain `date` is a day of the pack."""


def parse_when(text: str, field: str) -> date | datetime:
    """Read `YYYY-MM-DD` or an ISO 8601 instant with an offset. Raises `FactError` naming the field."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except (TypeError, ValueError) as fault:
        raise FactError(field, "a date YYYY-MM-DD or an instant with an offset", text) from fault
    if instant.tzinfo is None:
        raise FactError(field, "an instant with an offset such as 2020-05-24T09:00:00Z", text)
    try:
        return instant.astimezone(UTC)
    except OverflowError as fault:
        raise FactError(field, "an instant between the years 1 and 9999", text) from fault


def iso(instant: datetime | None) -> str | None:
    """An instant as `YYYY-MM-DDTHH:MM:SSZ` (UTC), None as None."""
    if instant is None:
        return None
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return str(msgspec.to_builtins(instant.replace(microsecond=0) if instant.microsecond else instant))


DAY = timedelta(days=1)
