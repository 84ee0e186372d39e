"""Which packs speak for an order: the named ones, or those that may be in force on its dates and in its country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy.days import beginning_day, end_day
from parcelwarden.domain.policy.pack import Pack

DEFAULT = ("aliexpress/2020-21", "paypal")
"""What `windows` uses when no pack is named (SEMANTICS.md)."""


def named(packs: Sequence[Pack], names: Iterable[str] = DEFAULT) -> tuple[Pack, ...]:
    """The packs of some names, `id/edition` or `id` for all its editions. Raises `PackError` for an unknown name."""
    chosen: list[Pack] = []
    for name in names:
        found = [pack for pack in packs if name in (pack.name, pack.id)]
        if not found:
            raise PackError(name, "its name", f"one of {', '.join(pack.name for pack in packs)}")
        chosen += [pack for pack in found if pack not in chosen]
    return tuple(chosen)


def applicable(facts: Facts, packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs that may apply to an order. The day of placing decides, else that of paying; unknown: any may apply.
    A missing country is in no list."""
    return tuple(
        pack
        for pack in packs
        if in_scope(facts, pack)
        and (not pack.countries or facts.country in pack.countries)
        and _may_be_in_force(facts, pack)
    )


def in_scope(facts: Facts, pack: Pack) -> bool:
    """Whether a pack speaks of this order's marketplace at all. Payment packs decide by window who paid how: their
    clocks start from facts of their own."""
    return not pack.marketplaces or facts.marketplace.casefold() in pack.marketplaces


def _may_be_in_force(facts: Facts, pack: Pack) -> bool:
    placed = facts.placed_at or facts.paid_at
    if placed is None:
        return True
    first, last = end_day(placed, pack.days), beginning_day(placed, pack.days)
    return (pack.effective_from is None or last >= pack.effective_from) and (
        pack.effective_until is None or first <= pack.effective_until
    )
