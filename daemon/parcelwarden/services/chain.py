"""The chain of sources of one parcel: a likelier one that answers keeps the others back, one that is walled or fails
makes the next one's turn come."""

from __future__ import annotations

from datetime import datetime

import msgspec

from parcelparsers import Outcome
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import Look, ParcelRecord
from parcelwarden.services.routes import Routes


def followed(parcel: ParcelRecord, look: Look) -> bool:
    """Whether a likelier source follows the parcel under this number, so that this one need not be asked."""
    return any(
        other.number == look.number
        and other.rank < look.rank
        and other.outcome == Outcome.FOUND
        and other.failures == 0
        for other in parcel.looks
    )


def yielded(unit: Unit, routes: Routes, parcel: ParcelRecord, failed: Look, now: datetime) -> Look | None:
    """The look at the next source, due as soon as that one may be asked; None where none is left or that is no gain."""
    later = [
        look
        for look in parcel.looks
        if look.number == failed.number and look.rank > failed.rank and look.next_look_at is not None
    ]
    if not later:
        return None
    look = min(later, key=lambda each: each.rank)
    sooner = soonest(unit, routes, look, now)
    if sooner is None or look.next_look_at is None or look.next_look_at <= sooner:
        return None
    return msgspec.structs.replace(look, next_look_at=sooner)


def soonest(unit: Unit, routes: Routes, look: Look, now: datetime) -> datetime | None:
    """When its source may be asked again: floor, Retry-After and back-off kept. None for a source that nobody asks."""
    source = routes.relayable(look.source) if look.relay else routes.pollable(look.source)
    if source is None:
        return None
    allowed = now if look.last_tried_at is None else max(now, look.last_tried_at + source.floor)
    return max(allowed, unit.sources.get(look.source).resume_at or allowed)
