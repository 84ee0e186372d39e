"""When a window opens, as a small expression of the pack: a time being over, or surely from so many days after it,
and the latest, earliest or first known of several. What is not known gives None.

    { over = "delivery_due_at", by = "delivery_over" }        + hours = 48 where the rule says so
    { surely_from = "shipped_at", days = 11, by = "waiting" }
    { latest = […] }    unknown as long as one is     { earliest = […] }, { first = […] }    of those that are known
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import msgspec

from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy import days as reading
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.refs import TimeRef, time_ref
from parcelwarden.domain.policy.spans import LONGEST
from parcelwarden.domain.policy.table import Table

GROUNDS = frozenset(["delivery_over", "completed", "abnormal", "received", "paid", "waiting"])


class Opening(NamedTuple):
    """An opening, in UTC, and on what it rests (`model.Window.opened_by`)."""

    at: datetime
    by: str


class Term(Protocol):
    """One term of the expression."""

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """What it makes of these facts; None is unknown."""


class Over(msgspec.Struct, frozen=True):
    """A time is over, and so many hours have gone since."""

    fact: TimeRef
    hours: int
    by: str

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """None when the time is unknown."""
        when = self.fact.get(facts)
        if when is None:
            return None
        return Opening(reading.over(when, days) + timedelta(hours=self.hours), self.by)


class SurelyFrom(msgspec.Struct, frozen=True):
    """So many days after a time."""

    fact: TimeRef
    days: int
    by: str

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """None when the time is unknown."""
        when = self.fact.get(facts)
        return None if when is None else Opening(reading.surely_from(when, self.days, days), self.by)


class Latest(msgspec.Struct, frozen=True):
    """The latest of several; unknown as long as one is."""

    terms: tuple[Term, ...]

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """None when any is unknown."""
        known = [found for term in self.terms if (found := term.opening(facts, days))]
        return max(known, key=_at) if len(known) == len(self.terms) else None


class Earliest(msgspec.Struct, frozen=True):
    """The earliest of those that are known."""

    terms: tuple[Term, ...]

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """None when none is known."""
        known = [found for term in self.terms if (found := term.opening(facts, days))]
        return min(known, key=_at) if known else None


class First(msgspec.Struct, frozen=True):
    """The first, in the order of the pack, that is known."""

    terms: tuple[Term, ...]

    def opening(self, facts: Facts, days: Days) -> Opening | None:
        """None when none is known."""
        return next((found for term in self.terms if (found := term.opening(facts, days))), None)


def _at(opening: Opening) -> datetime:
    return opening.at


_SEVERAL: dict[str, type[Latest] | type[Earliest] | type[First]] = {
    "latest": Latest,
    "earliest": Earliest,
    "first": First,
}


def read_term(table: Table) -> Term:
    """Read one term with all that it holds. Raises `PackError`."""
    term = _read_several(table) or _read_single(table)
    table.done()
    return term


def _read_several(table: Table) -> Term | None:
    for key, kind in _SEVERAL.items():
        if table.has(key):
            terms = tuple(map(read_term, table.tables(key)))
            if not terms:
                raise table.fault(key, "at least one term")
            return kind(terms)
    return None


def _read_single(table: Table) -> Term:
    by = table.text("by", among=GROUNDS)
    if table.has("over"):
        hours = table.number("hours", 0, LONGEST["hours"], 0)
        return Over(time_ref(table.text("over"), table, "over"), hours, by)
    if table.has("surely_from"):
        days = table.number("days", 0, LONGEST["days"])
        return SurelyFrom(time_ref(table.text("surely_from"), table, "surely_from"), days, by)
    raise table.fault("over", "over, surely_from, latest, earliest or first")
