"""When a window ends: several anchors, each with its own span; the earliest reading counts.

An anchor whose last safe instant is not after the opening is not counted while another is left: a reading that ends
before it opens is no reading. When none is left, all count. Source: SEMANTICS.md, "ends".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from parcelwarden.domain.model import Facts, Rule
from parcelwarden.domain.moment import When
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.refs import TimeRef, time_ref, time_refs
from parcelwarden.domain.policy.rules import PackRule, named_rule
from parcelwarden.domain.policy.spans import End, Span, end_after, read_span
from parcelwarden.domain.policy.table import Table


class Ending(msgspec.Struct, frozen=True):
    """One anchor with its span, and the rule that says so. It does not count where one of the times of `unless` is
    known."""

    fact: TimeRef
    span: Span
    rule: Rule
    unless: tuple[TimeRef, ...] = ()

    def anchor(self, facts: Facts) -> When | None:
        """The time from which it is counted, None where it does not count."""
        if any(ref.get(facts) is not None for ref in self.unless):
            return None
        return self.fact.get(facts)


class Ends(NamedTuple):
    """The ends of a window, each None when unknown, with the rule of the anchor that binds."""

    last_safe_at: datetime | None
    stated_end_at: datetime | None
    rule: Rule | None


UNKNOWN = Ends(None, None, None)
UNITS = ("days", "business_days", "years")


def ends(endings: tuple[Ending, ...], opens_at: datetime | None, facts: Facts, days: Days) -> Ends:
    """The earliest reading of those anchors that count. `opens_at` None: all count."""
    found: list[tuple[End, Rule]] = []
    for ending in endings:
        anchor = ending.anchor(facts)
        if anchor is not None:
            found.append((end_after(anchor, ending.span, days), ending.rule))
    if not found:
        return UNKNOWN
    if opens_at is not None and len(found) > 1:
        found = [pair for pair in found if pair[0].last_safe_at > opens_at] or found
    safe, rule = min(found, key=_last_safe)
    return Ends(safe.last_safe_at, min(end.stated_end_at for end, _ in found), rule)


def _last_safe(pair: tuple[End, Rule]) -> datetime:
    return pair[0].last_safe_at


def read_endings(table: Table, rules: Mapping[str, PackRule], rule: Rule) -> tuple[Ending, ...]:
    """Read `ends`; an anchor without a rule of its own stands under the window's. Raises `PackError`."""
    return tuple(_read_ending(entry, rules, rule) for entry in table.tables("ends"))


def _read_ending(table: Table, rules: Mapping[str, PackRule], rule: Rule) -> Ending:
    if not any(table.has(unit) for unit in UNITS):
        raise table.fault("days", "days, business_days or years")
    ending = Ending(
        time_ref(table.text("fact"), table, "fact"),
        read_span(table, UNITS),
        named_rule(table, "rule", rules) if table.has("rule") else rule,
        time_refs(table, "unless"),
    )
    table.done()
    return ending
