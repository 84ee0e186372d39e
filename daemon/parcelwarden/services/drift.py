"""A drift watch: a source whose answers can no longer be read, or that forgot a history which it had told. What was
known is kept; that the source changed is logged once, until every look at it brings answers again, and said once for
each parcel that it told of (`domain.alerts.unknown`)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

import msgspec

from parcelparsers.model import Outcome
from parcelwarden.domain.model import SourceChanged
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import Look, SourceHealth

log = logging.getLogger(__name__)

VANISHED = "vanished"
"""The outcome of a look that no longer finds what an earlier one found."""
SIGNS = (VANISHED, str(Outcome.UNREADABLE))


def changed(looks: Iterable[Look]) -> tuple[SourceChanged, ...]:
    """The sources that can no longer be read about a parcel, or lost what they told of it."""
    return tuple(
        SourceChanged(source=look.source, how=how, seen_at=look.last_tried_at, last_ok_at=look.last_ok_at)
        for look in looks
        if (how := look.last_outcome) in SIGNS and how is not None and look.last_tried_at is not None
    )


def watched(unit: Unit, health: SourceHealth, looks: Iterable[Look], at: datetime) -> SourceHealth:
    """The source's health with what these looks, already written, say of its format."""
    signs = sorted({look.last_outcome or "" for look in looks} & {*SIGNS})
    if signs:
        if health.changed_since is None:
            log.warning(
                "source %s seems to have changed (%s): what was known is kept; "
                "a redacted sample of its page for a report: parcelwarden doctor --sample %s FILE",
                health.source,
                ", ".join(signs),
                health.source,
            )
        return msgspec.structs.replace(health, changed_since=health.changed_since or at, changed_how=signs[0])
    if health.changed_since is not None and not unit.parcels.ended_in(health.source, SIGNS):
        log.info("source %s is read again", health.source)
        return msgspec.structs.replace(health, changed_since=None, changed_how=None)
    return health
