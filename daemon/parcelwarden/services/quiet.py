"""Quiet hours, by this machine's clock: only a critical alert in its last safe day breaks them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo

from parcelwarden.domain.model import Severity
from parcelwarden.services.records import AlertRecord

LAST_DAY = timedelta(days=1)


def quiet_until(hours: Mapping[str, str] | None, now: datetime, zone: tzinfo) -> datetime | None:
    """The end of the quiet hours that `now` lies in, None outside them."""
    if not hours:
        return None
    begins, ends = time.fromisoformat(hours["from"]), time.fromisoformat(hours["until"])
    local = now.astimezone(zone)
    clock = local.time()
    over_night = begins > ends
    inside = clock >= begins or clock < ends if over_night else begins <= clock < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_night and clock >= begins else 0)
    return datetime.combine(day, ends, tzinfo=zone).astimezone(UTC)


def breaks(row: AlertRecord, now: datetime, until: datetime) -> bool:
    """Whether the alert may not wait until the quiet hours end."""
    if row.helps_until is None:
        return False
    last_day = row.severity is Severity.CRITICAL and row.helps_until - now <= LAST_DAY
    return last_day or row.helps_until <= until
