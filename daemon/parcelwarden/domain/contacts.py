"""Whom to ask about a parcel that is said to be delivered and is not there: numbers by country, from the packs.

Source: rules of the matter `contacts` (buyer help text L300-357, an old page: offered as such)."""

from __future__ import annotations

from collections.abc import Sequence

from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy import Pack


def contacts_in(facts: Facts, packs: Sequence[Pack]) -> tuple[str, ...]:
    """The numbers in the order's country, none where the country is not known or not listed."""
    if facts.country is None:
        return ()
    rules = (rule for pack in packs for rule in pack.rules.values() if rule.matter == "contacts")
    return tuple(str(number) for rule in rules for number in rule.values.get(facts.country, ()))
