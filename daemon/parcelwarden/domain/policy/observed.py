"""What the order's own page shows, against what the rules make of it. The page wins; a difference is reported.

In this order (SEMANTICS.md, below the table of windows): (1) the dispute button replaces the opening when it was seen
earlier, or when no opening is known; (2) an end on the page replaces both ends; (3) an opening that is not before the
last safe instant gives way to the rule's other opening when that is before it, else it is unknown; (4) a button seen
at or after a computed last safe instant proves that end wrong: both ends are unknown.

A difference is one text, `code computed seen`, e.g. `page_ends_later 2021-04-17T07:00:00Z 2021-05-20T07:00:00Z`;
codes: `page_ends_later`, `page_ends_earlier`, `button_before_opening`, `button_after_end`.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from parcelwarden.domain.model import Facts, Rule
from parcelwarden.domain.moment import Between, iso
from parcelwarden.domain.policy import days as reading
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.endings import UNKNOWN, Ends
from parcelwarden.domain.policy.openings import Opening, Term, read_term
from parcelwarden.domain.policy.refs import TimeRef, time_ref
from parcelwarden.domain.policy.spans import end_seen
from parcelwarden.domain.policy.table import Table


class Observed(msgspec.Struct, frozen=True):
    """The facts read on the page that bear on a window, and the opening to fall back to in step 3."""

    opens: TimeRef | None
    ends: TimeRef | None
    otherwise: Term | None


class Draft(NamedTuple):
    """A window's opening and ends, whether its ends were read on the page, and the differences found."""

    opening: Opening | None
    ends: Ends
    ends_observed: bool = False
    conflicts: tuple[str, ...] = ()


def reconcile(draft: Draft, observed: Observed, facts: Facts, days: Days) -> Draft:
    """The four steps, in order."""
    seen = observed.opens.get(facts) if observed.opens else None
    button = None if seen is None else reading.over(seen, days)
    if button is not None:
        draft = _open_by_button(draft, button)
    draft = _end_by_page(draft, observed, facts, days)
    draft = _open_before_end(draft, observed, facts, days)
    return draft if button is None else _disprove_end(draft, button)


def _open_by_button(draft: Draft, button: datetime) -> Draft:
    opening = draft.opening
    if opening is None:
        return draft._replace(opening=Opening(button, "button"))
    if button >= opening.at:
        return draft
    return draft._replace(
        opening=Opening(button, "button"),
        conflicts=(*draft.conflicts, _difference("button_before_opening", opening.at, button)),
    )


def _end_by_page(draft: Draft, observed: Observed, facts: Facts, days: Days) -> Draft:
    shown = observed.ends.get(facts) if observed.ends else None
    if shown is None:
        return draft
    end, computed, conflicts = end_seen(shown, days), draft.ends.last_safe_at, draft.conflicts
    if computed is not None and computed != end.last_safe_at:
        code = "page_ends_later" if end.last_safe_at > computed else "page_ends_earlier"
        conflicts = (*conflicts, _difference(code, computed, end.last_safe_at))
    printed = shown.printed if isinstance(shown, Between) else shown.isoformat()
    rule = Rule(id="page", quote=printed, source="the order's own page", edition="", trust="observed")
    return draft._replace(ends=Ends(*end, rule), ends_observed=True, conflicts=conflicts)


def _open_before_end(draft: Draft, observed: Observed, facts: Facts, days: Days) -> Draft:
    opening, last_safe_at = draft.opening, draft.ends.last_safe_at
    if opening is None or last_safe_at is None or opening.at < last_safe_at:
        return draft
    other = observed.otherwise.opening(facts, days) if observed.otherwise else None
    return draft._replace(opening=other if other is not None and other.at < last_safe_at else None)


def _disprove_end(draft: Draft, button: datetime) -> Draft:
    computed = draft.ends.last_safe_at
    if draft.ends_observed or computed is None or button < computed:
        return draft
    conflict = _difference("button_after_end", computed, button)
    return draft._replace(ends=UNKNOWN, conflicts=(*draft.conflicts, conflict))


def _difference(code: str, computed: datetime, seen: datetime) -> str:
    return f"{code} {iso(computed)} {iso(seen)}"


def read_observed(table: Table) -> Observed:
    """Read `[windows.observed]`. Raises `PackError`."""
    observed = Observed(
        time_ref(table.text("opens"), table, "opens") if table.has("opens") else None,
        time_ref(table.text("ends"), table, "ends") if table.has("ends") else None,
        read_term(table.table("otherwise")) if table.has("otherwise") else None,
    )
    table.done()
    return observed
