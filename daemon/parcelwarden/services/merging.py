"""What is kept when two readings of one fact differ.

The newest page wins, and the user's word stands until a later page says otherwise. Ends are different: the earlier of
two is kept and the difference recorded, because shops print one end a day apart on two pages (`ORDER_PAGES.md` §1,
finding 6) and a later end may never be shown than the earliest reading (DESIGN §5). Only a newer page that moves the
end of an older page by more than that slip is a change of the end itself: the seller extended it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from parcelwarden.domain import reconcile
from parcelwarden.domain.moment import parse_when
from parcelwarden.services.records import FactChange, FactEntry, OrderRecord, Origin

ENDS = frozenset(reconcile.ENDS)
FIRST = frozenset({"observed_dispute_button_at"})
"""Sightings, of which the first counts."""


@dataclass(slots=True)
class Merged:
    """Facts after merging, and what moved."""

    facts: dict[str, FactEntry]
    changes: list[FactChange] = field(default_factory=list)


def merge(record: OrderRecord, news: Mapping[str, FactEntry], now: datetime) -> Merged:
    """Bring new readings into the order's facts; every difference becomes a `FactChange`."""
    merged = Merged(dict(record.facts))
    over = _over(record)
    for name, new in news.items():
        old = merged.facts.get(name)
        if old is not None and old.value == new.value:
            if new.seen_at > old.seen_at and old.origin is new.origin:
                merged.facts[name] = new
            continue
        taken = old is None or _taken(name, old, new, over)
        if taken:
            merged.facts[name] = new
        if old is not None and (taken or name in ENDS):
            merged.changes.append(_change(record, name, old, new, now, taken))
    return merged


def _taken(name: str, old: FactEntry, new: FactEntry, over: datetime | None) -> bool:
    if new.origin is Origin.USER:
        return True
    newer = new.seen_at >= old.seen_at
    if name not in ENDS | FIRST:
        return newer
    before, after = earliest(old.value), earliest(new.value)
    if name in FIRST:
        return after < before or (over is not None and before < over <= after)
    moved = old.origin is Origin.PAGE and abs(after - before) > reconcile.SLIP
    return newer if moved else after < before


def _over(record: OrderRecord) -> datetime | None:
    """The first computed end of a window: a button seen after it proves the end wrong, so it must be told anew."""
    windows = record.assessment.policy.windows.values() if record.assessment else ()
    ends = [w.last_safe_at for w in windows if w.last_safe_at and not w.ends_observed]
    return min(ends, default=None)


def earliest(value: object) -> datetime:
    """The first instant that a fact's time can mean. Raises `FactError` for what is no time."""
    if isinstance(value, dict):
        return datetime.fromisoformat(value["earliest"])
    when = parse_when(str(value), "time")
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC) - timedelta(hours=14)


def _change(record: OrderRecord, name: str, old: FactEntry, new: FactEntry, now: datetime, taken: bool) -> FactChange:
    return FactChange(
        ref=record.ref,
        field=name,
        before=old.value,
        after=new.value,
        origin=new.origin,
        at=min(new.seen_at, now),
        taken=taken,
    )
