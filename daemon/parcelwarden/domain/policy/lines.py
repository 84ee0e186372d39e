"""The shipping lines whose tracking normally stops on the way, and those tracked to the door: lists A and B of the
buyer help, checked like the rules of a pack (id, quote, source, date)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parcelwarden.domain.policy.rules import PackRule, read_rules
from parcelwarden.domain.policy.table import Table
from parcelwarden.domain.verdict.lines import ShippingLines


def build_lines(mapping: Mapping[str, Any], name: str) -> ShippingLines:
    """Check and build the lists as read from the file `name`. Raises `PackError`."""
    table = Table(name, "", mapping)
    rules = read_rules(table, table.text("edition"), table.text("trust"))
    lines = ShippingLines.of(economy=_names(table, rules, "economy"), tracked=_names(table, rules, "tracked"))
    table.done()
    return lines


def _names(table: Table, rules: Mapping[str, PackRule], key: str) -> tuple[str, ...]:
    rule = rules.get(table.text(key))
    if rule is None:
        raise table.fault(key, "the id of a rule of this file, with quote, source and date")
    return Table(table.pack, f"{rule.id}.values", rule.values).texts("lines")
