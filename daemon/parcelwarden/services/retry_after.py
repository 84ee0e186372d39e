"""The `Retry-After` header: seconds or an HTTP date (RFC 9110 §10.2.3), as an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST = timedelta(hours=24)
"""A carrier that asks for more is asked again after a day."""


def retry_at(header: str | None, now: datetime) -> datetime | None:
    """The instant before which nothing is to be asked; None without a header or when it cannot be read."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=min(int(text[:9]), 10**8)), MOST)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    instant = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    return min(max(instant, now), now + MOST)
