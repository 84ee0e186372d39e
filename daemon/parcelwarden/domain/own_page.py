"""Rules that the order's own page prints: they replace `act_by`, and an end never stands later than they say.

Source: SEMANTICS.md, `act_by` ("A rule read on that order's own page … replaces these") and its principle: of two
ends the earlier is kept. Where an end was read on the page itself, that end stands and the rule only moves `act_by`.
"Refund if no delivery before D" is no end of a window: its day is read as `delivery_due_at` (`POLICIES.md` Q16).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from parcelwarden.domain.advice import names
from parcelwarden.domain.anchors import readings_of
from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Facts, OwnRule, PolicyAnswer, Rule, Window
from parcelwarden.domain.moment import iso
from parcelwarden.domain.policy import Pack
from parcelwarden.domain.policy.act_by import within
from parcelwarden.domain.policy.days import stated, surely_until
from parcelwarden.domain.policy.spans import End
from parcelwarden.domain.policy.windows import state_at

_PLACED = ("placed_at",)
_THERE = ("received_at", "completed_at", "delivered_at")
"""What "receipt" and "delivery" may mean: the earliest that is known counts."""


class _Bearing(NamedTuple):
    """From which times a kind of rule counts, whose `act_by` it replaces, whose end it may bring forward."""

    anchors: tuple[str, ...]
    acts: tuple[str, ...]
    ends: tuple[str, ...]


_RETURN = _Bearing(_THERE, (names.NOT_AS_DESCRIBED, names.FREE_RETURN), (names.FREE_RETURN,))
_BEARINGS = {
    "return_after_receipt": _RETURN,
    "return_after_delivery": _RETURN,
    "dispute_after_receipt": _Bearing(_THERE, (names.NOT_AS_DESCRIBED,), (names.NOT_AS_DESCRIBED,)),
    "dispute_after_placed": _Bearing(
        _PLACED, (names.NOT_RECEIVED, names.NOT_AS_DESCRIBED), (names.NOT_RECEIVED, names.NOT_AS_DESCRIBED)
    ),
}


class _Told(NamedTuple):
    """What one rule makes of this order."""

    end: End
    bearing: _Bearing
    rule: Rule


def with_own_rules(
    found: PolicyAnswer, rules: Sequence[OwnRule], facts: Facts, packs: Sequence[Pack], now: datetime
) -> PolicyAnswer:
    """The answer, with what the order's own page says. Raises `FactError` for dates that no calendar holds."""
    try:
        told = [known for rule in rules if (known := _told(rule, facts, packs))]
    except (OverflowError, ValueError) as fault:
        raise FactError("facts", "times that leave every window between the years 1 and 9999") from fault
    if not told:
        return found
    return replace(found, windows={name: _with(window, told, now) for name, window in found.windows.items()})


def _told(rule: OwnRule, facts: Facts, packs: Sequence[Pack]) -> _Told | None:
    bearing = _BEARINGS.get(rule.kind)
    if bearing is None or rule.days is None:
        return None
    anchors = [when for name in bearing.anchors if (when := attrgetter(name)(facts)) is not None]
    ends = [
        End(surely_until(when, rule.days, days), stated(when, rule.days, days))
        for when in anchors
        for days in readings_of(packs)
    ]
    if not ends:
        return None
    end = End(min(e.last_safe_at for e in ends), min(e.stated_end_at for e in ends))
    edition = f"{rule.seen_at:%Y-%m-%d}"
    source = "the order's own page"
    return _Told(end, bearing, Rule(id="page", quote=rule.quote, source=source, edition=edition, trust="observed"))


def _with(window: Window, told: Sequence[_Told], now: datetime) -> Window:
    for one in told:
        if window.id in one.bearing.ends:
            window = _ended(window, one)
    acts = [one.end.last_safe_at for one in told if window.id in one.bearing.acts]
    if not acts:
        return window
    return replace(
        window,
        act_by=within(min(acts), window.opens_at, window.last_safe_at),
        state=state_at(window.opens_at, window.last_safe_at, window.stated_end_at, now),
    )


def _ended(window: Window, one: _Told) -> Window:
    """The window with the rule's end, when that is the earlier. One that ends before it opens is no reading, one on a
    window whose end is known to be wrong (`button_after_end`) says nothing about the true end."""
    end, before = one.end, window.last_safe_at
    too_early = window.opens_at is not None and end.last_safe_at <= window.opens_at
    if window.ends_observed or too_early or (before is not None and before <= end.last_safe_at):
        return window
    if before is None and any(text.startswith("button_after_end") for text in window.conflicts):
        return window
    conflict = () if before is None else (f"page_rule_earlier {iso(before)} {iso(end.last_safe_at)}",)
    closes = end.stated_end_at if window.stated_end_at is None else min(end.stated_end_at, window.stated_end_at)
    return replace(
        window,
        last_safe_at=end.last_safe_at,
        stated_end_at=closes,
        rule=one.rule,
        conflicts=(*window.conflicts, *conflict),
    )
