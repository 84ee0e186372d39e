"""A rule as its source states it: id, quoted sentence, source, date. Nothing in a pack stands without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from parcelwarden.domain.model import Rule
from parcelwarden.domain.policy.table import Table

TRUST = frozenset(["primary", "second_hand", "weak"])
LONGEST_QUOTE = 300
_COUNTRY = re.compile(r"[A-Z]{2}")


class PackRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. `matter` groups rules (opening, evidence, conduct …); `date` is the day on which the source was in
    force or last seen; `values` are its figures, for rules that are no window and no clock; `note` is how it is read
    where the source leaves doubt."""

    id: str
    matter: str
    quote: str
    source: str
    date: date
    edition: str
    trust: str
    countries: frozenset[str] = frozenset()
    note: str = ""
    values: Mapping[str, Any] = {}

    @property
    def shown(self) -> Rule:
        """The rule as an answer names it."""
        return Rule(id=self.id, quote=self.quote, source=self.source, edition=self.edition, trust=self.trust)


def read_rules(table: Table, edition: str, trust: str) -> dict[str, PackRule]:
    """Read `[[rules]]` into a table by id. Raises `PackError` for a rule without id, quote, source or date, or with
    an id that stands twice."""
    rules: dict[str, PackRule] = {}
    for entry in table.tables("rules"):
        rule = _read_rule(entry, edition, trust)
        if rule.id in rules:
            raise entry.fault("id", f"an id of its own; {rule.id!r} stands twice")
        rules[rule.id] = rule
    return rules


def _read_rule(table: Table, edition: str, trust: str) -> PackRule:
    rule = PackRule(
        id=table.text("id"),
        matter=table.text("matter"),
        quote=table.text("quote"),
        source=table.text("source"),
        date=table.day("date"),
        edition=edition,
        trust=table.text("trust", trust, TRUST),
        countries=country_codes(table, "countries"),
        note=table.text("note", ""),
        values=table.free("values"),
    )
    if len(rule.quote) > LONGEST_QUOTE:
        raise table.fault("quote", f"at most {LONGEST_QUOTE} characters")
    table.done()
    return rule


def country_codes(table: Table, key: str) -> frozenset[str]:
    """A list of ISO 3166 alpha-2 codes in capitals; empty where it does not stand. Raises `PackError`."""
    codes = table.texts(key, ())
    for code in codes:
        if not _COUNTRY.fullmatch(code):
            raise table.fault(key, f"ISO 3166 alpha-2 codes such as ES, not {code!r}")
    return frozenset(codes)


def named_rule(table: Table, key: str, rules: Mapping[str, PackRule]) -> Rule:
    """The rule of this pack that a key names. Raises `PackError` when there is none."""
    rule = rules.get(table.text(key))
    if rule is None:
        raise table.fault(key, "the id of a rule of this pack, with quote, source and date")
    return rule.shown
