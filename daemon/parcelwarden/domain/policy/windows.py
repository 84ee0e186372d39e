"""The windows of a pack: when one exists, opens, ends, and how it stands at an instant.

Source: SEMANTICS.md, "Windows". `opens` and `act_by` may differ for normal and abnormal logistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from parcelwarden.domain.model import Facts, Rule, Window, WindowState
from parcelwarden.domain.policy.act_by import ActTerm, first_known, read_terms, within
from parcelwarden.domain.policy.conditions import Condition, read_condition
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.endings import Ending, ends, read_endings
from parcelwarden.domain.policy.observed import Draft, Observed, read_observed, reconcile
from parcelwarden.domain.policy.openings import Term, read_term
from parcelwarden.domain.policy.rules import PackRule, named_rule
from parcelwarden.domain.policy.table import Table


class ByLogistics(msgspec.Struct, frozen=True):
    """How a window opens, and until when to act, under one kind of logistics."""

    opens: Term
    act_by: tuple[ActTerm, ...]


class WindowRule(msgspec.Struct, frozen=True, kw_only=True):
    """One window as a pack states it. `rule` is the one that it stands on, `also` the ids of the others."""

    id: str
    rule: Rule
    also: tuple[str, ...]
    exists: Condition
    normal: ByLogistics
    abnormal: ByLogistics
    ends: tuple[Ending, ...]
    observed: Observed | None


def state_at(
    opens_at: datetime | None, last_safe_at: datetime | None, stated_end_at: datetime | None, now: datetime
) -> WindowState:
    """How a window stands at `now`: the first that holds of closed, grace, unknown, not yet, open."""
    if stated_end_at is not None and now >= stated_end_at:
        return WindowState.CLOSED
    if opens_at is None:
        return WindowState.UNKNOWN
    if now < opens_at:
        return WindowState.NOT_YET
    if last_safe_at is not None and now >= last_safe_at:
        return WindowState.GRACE
    return WindowState.OPEN


def window(rule: WindowRule, facts: Facts, now: datetime, pack: str, days: Days) -> Window | None:
    """One window of an order; None when it does not exist."""
    if not rule.exists.holds(facts):
        return None
    way = rule.abnormal if facts.logistics == "abnormal" else rule.normal
    opening = way.opens.opening(facts, days)
    draft = Draft(opening, ends(rule.ends, opening.at if opening else None, facts, days))
    if rule.observed is not None:
        draft = reconcile(draft, rule.observed, facts, days)
    opens_at = draft.opening.at if draft.opening else None
    last_safe_at, stated_end_at, end_rule = draft.ends
    wanted = None if draft.ends_observed else first_known(way.act_by, opens_at, facts, days)
    return Window(
        id=rule.id,
        pack=pack,
        opens_at=opens_at,
        last_safe_at=last_safe_at,
        stated_end_at=stated_end_at,
        state=state_at(opens_at, last_safe_at, stated_end_at, now),
        act_by=within(wanted, opens_at, last_safe_at),
        opened_by=draft.opening.by if draft.opening else "unknown",
        ends_observed=draft.ends_observed,
        zone=days.words,
        rule=end_rule or rule.rule,
        conflicts=draft.conflicts,
    )


def read_window(table: Table, rules: Mapping[str, PackRule], payment_methods: frozenset[str] | None) -> WindowRule:
    """Read one of `[[windows]]`. Raises `PackError`."""
    rule = named_rule(table, "rule", rules)
    normal, abnormal = _read_ways(table)
    found = WindowRule(
        id=table.text("id"),
        rule=rule,
        also=read_also(table, rules),
        exists=read_condition(table.table("exists"), rules, payment_methods),
        normal=normal,
        abnormal=abnormal,
        ends=read_endings(table, rules, rule),
        observed=read_observed(table.table("observed")) if table.has("observed") else None,
    )
    table.done()
    return found


def read_also(table: Table, rules: Mapping[str, PackRule]) -> tuple[str, ...]:
    """The ids of further rules behind a window or clock. Raises `PackError` for one that does not stand here."""
    also = table.texts("also", ())
    for name in also:
        if name not in rules:
            raise table.fault("also", f"ids of rules of this pack, not {name!r}")
    return also


def _read_ways(table: Table) -> tuple[ByLogistics, ByLogistics]:
    opens = table.table("opens")
    if opens.has("normal") or opens.has("abnormal"):
        terms = read_term(opens.table("normal")), read_term(opens.table("abnormal"))
        opens.done()
    else:
        terms = (both := read_term(opens)), both
    normal, abnormal = _read_act_by(table)
    return ByLogistics(terms[0], normal), ByLogistics(terms[1], abnormal)


def _read_act_by(table: Table) -> tuple[tuple[ActTerm, ...], tuple[ActTerm, ...]]:
    if not table.has("act_by"):
        return (), ()
    if not isinstance(table.data["act_by"], Mapping):
        both = read_terms(table, "act_by")
        return both, both
    by_logistics = table.table("act_by")
    normal, abnormal = read_terms(by_logistics, "normal"), read_terms(by_logistics, "abnormal")
    by_logistics.done()
    return normal, abnormal
