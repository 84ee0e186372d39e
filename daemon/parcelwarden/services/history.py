"""What the domain is told of an order's past: how the ends on its pages moved, and which were read off a countdown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parcelwarden.domain.model import Moved
from parcelwarden.domain.reconcile import ENDS
from parcelwarden.services.merging import earliest
from parcelwarden.services.records import FactChange, OrderRecord, Origin

FROM_PAGES = frozenset({Origin.PAGE, Origin.IMPORT})


def moves(changes: Iterable[FactChange]) -> tuple[Moved, ...]:
    """The moves of ends among what changed, in the order given. What the user set is no move of the page's."""
    return tuple(
        Moved(
            field=change.field,
            before=earliest(change.before),
            after=earliest(change.after),
            at=change.at,
            taken=change.taken,
        )
        for change in changes
        if change.field in ENDS and change.origin in FROM_PAGES and None not in (change.before, change.after)
    )


def countdowns(record: OrderRecord) -> dict[str, datetime]:
    """When ends were read off a countdown: pages print days, so an instant comes from nothing else."""
    return {
        name: entry.seen_at
        for name in ENDS
        if (entry := record.facts.get(name)) and entry.origin in FROM_PAGES and isinstance(entry.value, str)
    }


def dispute_open(record: OrderRecord) -> bool:
    """Whether a dispute of the buyer runs on this order."""
    facts = record.facts
    return "dispute.opened_at" in facts and not {"dispute.closed_at", "refunded_at"} & facts.keys()
