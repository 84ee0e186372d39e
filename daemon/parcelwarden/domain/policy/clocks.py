"""The clocks of a pack: times in which somebody must act.

`wait`: somebody else's time, over at `due_at`. `duty`: the buyer must act, no later than `last_safe_at`.
Source: SEMANTICS.md, "Clocks".
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parcelwarden.domain.model import Clock, Facts, Rule
from parcelwarden.domain.moment import When
from parcelwarden.domain.policy.conditions import Condition, read_condition
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.refs import TimeRef, time_ref, time_refs
from parcelwarden.domain.policy.rules import PackRule, named_rule
from parcelwarden.domain.policy.spans import Span, end_after, end_seen, over_after, read_span
from parcelwarden.domain.policy.table import Table
from parcelwarden.domain.policy.windows import read_also

KINDS = frozenset(["wait", "duty"])


class Anchor(msgspec.Struct, frozen=True):
    """A time that starts a clock, if these others are known."""

    fact: TimeRef
    known: tuple[TimeRef, ...] = ()

    def start(self, facts: Facts) -> When | None:
        """The time, or None."""
        if any(ref.get(facts) is None for ref in self.known):
            return None
        return self.fact.get(facts)


class ClockRule(msgspec.Struct, frozen=True, kw_only=True):
    """One clock as a pack states it. The first anchor that is known starts it. `as_seen`: the time itself is the end,
    read on the page."""

    id: str
    kind: str
    rule: Rule
    also: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    span: Span
    as_seen: bool
    runs: Condition


def clock(rule: ClockRule, facts: Facts, pack: str, days: Days) -> Clock | None:
    """One clock of an order; None when it does not run."""
    starts = (anchor.start(facts) for anchor in rule.anchors)
    start = next((when for when in starts if when is not None), None)
    if start is None or not rule.runs.holds(facts):
        return None
    if rule.kind == "wait":
        due_at = over_after(start, rule.span, days)
        return Clock(id=rule.id, pack=pack, kind=rule.kind, rule=rule.rule, zone=days.words, due_at=due_at)
    end = end_seen(start, days) if rule.as_seen else end_after(start, rule.span, days)
    return Clock(
        id=rule.id,
        pack=pack,
        kind=rule.kind,
        rule=rule.rule,
        zone=days.words,
        last_safe_at=end.last_safe_at,
        stated_end_at=end.stated_end_at,
    )


def read_clock(table: Table, rules: Mapping[str, PackRule]) -> ClockRule:
    """Read one of `[[clocks]]`. Raises `PackError`."""
    kind = table.text("kind", among=KINDS)
    as_seen = table.flag("as_seen")
    found = ClockRule(
        id=table.text("id"),
        kind=kind,
        rule=named_rule(table, "rule", rules),
        also=read_also(table, rules),
        anchors=_read_anchors(table),
        span=_read_clock_span(table, kind, as_seen),
        as_seen=as_seen,
        runs=read_condition(table.table("while"), rules) if table.has("while") else Condition(),
    )
    table.done()
    return found


def _read_clock_span(table: Table, kind: str, as_seen: bool) -> Span:
    if as_seen and kind == "wait":
        raise table.fault("as_seen", "a duty; a wait for a time of the page has no span and needs no such key")
    if as_seen:
        return Span()
    return read_span(table, ("hours", "days", "business_days") if kind == "wait" else ("days", "business_days"))


def _read_anchors(table: Table) -> tuple[Anchor, ...]:
    if isinstance(table.data.get("from"), str):
        return (Anchor(time_ref(table.text("from"), table, "from")),)
    anchors = tuple(map(_read_anchor, table.tables("from")))
    if not anchors:
        raise table.fault("from", "the time that starts the clock, or a list of such in order of preference")
    return anchors


def _read_anchor(table: Table) -> Anchor:
    anchor = Anchor(time_ref(table.text("fact"), table, "fact"), time_refs(table, "known"))
    table.done()
    return anchor
