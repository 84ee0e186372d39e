"""Until when to act: what advice, alerts, overlay, badge and calendar hang on.

A pack gives terms in the order of preference; the first that is known counts, the last safe instant when none is.
It never lies after the last safe instant, nor before the opening. An end read on the order's own page replaces the
terms. Source: SEMANTICS.md, "act_by".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy import days as reading
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.refs import TimeRef, time_refs
from parcelwarden.domain.policy.spans import LONGEST
from parcelwarden.domain.policy.table import Table


class ActTerm(Protocol):
    """One way to reckon it."""

    def at(self, opens_at: datetime | None, facts: Facts, days: Days) -> datetime | None:
        """None when what it needs is unknown."""


class AfterOpening(msgspec.Struct, frozen=True):
    """So many hours after the window opens."""

    hours: int

    def at(self, opens_at: datetime | None, facts: Facts, days: Days) -> datetime | None:
        """None when the opening is unknown."""
        return None if opens_at is None else opens_at + timedelta(hours=self.hours)


class Until(msgspec.Struct, frozen=True):
    """Surely until so many days after the earliest of some times."""

    facts: tuple[TimeRef, ...]
    days: int

    def at(self, opens_at: datetime | None, facts: Facts, days: Days) -> datetime | None:
        """None when none of the times is known."""
        anchors = [when for ref in self.facts if (when := ref.get(facts)) is not None]
        return min((reading.surely_until(when, self.days, days) for when in anchors), default=None)


def within(wanted: datetime | None, opens_at: datetime | None, last_safe_at: datetime | None) -> datetime | None:
    """An instant brought between the opening and the last safe one; the latter when none is wanted."""
    if wanted is None:
        return last_safe_at
    if opens_at is not None:
        wanted = max(wanted, opens_at)
    return wanted if last_safe_at is None else min(wanted, last_safe_at)


def first_known(terms: tuple[ActTerm, ...], opens_at: datetime | None, facts: Facts, days: Days) -> datetime | None:
    """What the first term that is known gives."""
    found = (term.at(opens_at, facts, days) for term in terms)
    return next((at for at in found if at is not None), None)


def read_terms(table: Table, key: str) -> tuple[ActTerm, ...]:
    """Read a list of terms: `{ after_opening_hours = 48 }`, `{ surely_until = [times], days = 7 }`. Raises
    `PackError`."""
    return tuple(map(_read_term, table.tables(key)))


def _read_term(table: Table) -> ActTerm:
    term: ActTerm
    if table.has("after_opening_hours"):
        term = AfterOpening(table.number("after_opening_hours", 0, LONGEST["hours"]))
    else:
        term = Until(time_refs(table, "surely_until"), table.number("days", 0, LONGEST["days"]))
        if not term.facts:
            raise table.fault("surely_until", "after_opening_hours, or the times in surely_until with days")
    table.done()
    return term
