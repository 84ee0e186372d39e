"""An order with several parcels: one verdict, and when it was delivered.

Source: `SEMANTICS.md`, Facts, last paragraph: abnormal when any is; the first parcel's delivery anchors an
end; delivered when all are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from parcelparsers.model import Event, State
from parcelwarden.domain.model import Facts, ParcelFacts, Verdict, VerdictCode
from parcelwarden.domain.moment import Between, When
from parcelwarden.domain.verdict.decisive import ENDED_BY
from parcelwarden.domain.verdict.movement import earliest_instant, latest_instant, own_movement

PRESSING = (
    VerdictCode.ABNORMAL,
    VerdictCode.ACTION_NEEDED,
    VerdictCode.READY_FOR_PICKUP,
    VerdictCode.STALLED,
    VerdictCode.SLOW,
    VerdictCode.UNVERIFIED,
    VerdictCode.AWAITING_FIRST_SCAN,
    VerdictCode.QUIET_EXPECTED,
    VerdictCode.NORMAL,
    VerdictCode.DELIVERED,
)
"""Most pressing first: trouble, what the buyer must do, what the silence says, what is unknown, what is
well. Delivered is last, so an order is delivered only when all its parcels are."""

Judged = tuple[ParcelFacts, Verdict]


def combine(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The order's verdict: the most pressing one, with the reasons of all, most pressing first; None
    without parcels.

    `logistics` is abnormal when any is, unchanged (None) while any parcel was never looked at, else normal.
    `checked_at` is the oldest look, `changes_at` the next change of any."""
    ranked = sorted(verdicts, key=lambda verdict: PRESSING.index(verdict.verdict))
    if not ranked:
        return None
    looks = [verdict.checked_at for verdict in ranked if verdict.checked_at]
    changes = [verdict.changes_at for verdict in ranked if verdict.changes_at]
    return msgspec.structs.replace(
        ranked[0],
        reasons=tuple(reason for verdict in ranked for reason in verdict.reasons),
        logistics=_logistics({verdict.logistics for verdict in ranked}),
        checked_at=min(looks) if len(looks) == len(ranked) else None,
        changes_at=min(changes, default=None),
    )


def _logistics(found: set[str | None]) -> str | None:
    if "abnormal" in found:
        return "abnormal"
    return None if None in found else "normal"


def all_delivered(judged: Sequence[Judged]) -> bool:
    """Whether the order counts as delivered: it has parcels and all of them are."""
    return bool(judged) and all(verdict.verdict is VerdictCode.DELIVERED for _, verdict in judged)


def first_delivery(facts: Facts, judged: Iterable[Judged]) -> datetime | None:
    """The earliest instant at which a first parcel can have been delivered: the anchor of an end; None
    while unknown."""
    found = (_bounds(facts, parcel, verdict) for parcel, verdict in judged)
    return min((bounds[0] for bounds in found if bounds), default=None)


def delivered_at(facts: Facts, judged: Sequence[Judged]) -> When | None:
    """When the order was delivered: from the first parcel's earliest instant (anchor of an end) to the last
    parcel's latest (anchor of a beginning). None unless all are delivered and at least one delivery has a
    date."""
    if not all_delivered(judged):
        return None
    found = [bounds for parcel, verdict in judged if (bounds := _bounds(facts, parcel, verdict))]
    if not found:
        return None
    earliest, latest = min(first for first, _ in found), max(last for _, last in found)
    return earliest if earliest == latest else Between(earliest, latest)


def _bounds(facts: Facts, parcel: ParcelFacts, verdict: Verdict) -> tuple[datetime, datetime] | None:
    """From when to when one delivered parcel can have been delivered; None for others and without a date."""
    if verdict.verdict is not VerdictCode.DELIVERED:
        return None
    lines = _delivery_lines(own_movement(parcel.events, facts))
    firsts = [at for at in map(earliest_instant, lines) if at]
    lasts = [at for at in map(latest_instant, lines) if at]
    return (min(firsts), min(lasts)) if firsts else None


def _delivery_lines(movement: Sequence[Event]) -> list[Event]:
    """The newest run of `delivered` lines that no other decisive line interrupts (carrier and post may both
    say it)."""
    found: list[Event] = []
    for event in reversed(movement):
        if event.state is State.DELIVERED:
            found.append(event)
        elif event.state in ENDED_BY:
            break
    return found
