"""When a rule holds for an order: which facts are known or absent, flags, words, countries, means of payment."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parcelwarden.domain.model import Facts
from parcelwarden.domain.policy.refs import FLAGS, WORDS, TimeRef, ValueRef, time_refs, value_ref
from parcelwarden.domain.policy.rules import PackRule, country_codes
from parcelwarden.domain.policy.table import Table


class OneOf(msgspec.Struct, frozen=True):
    """A word that must be among some; `unknown`: not being known will do as well."""

    fact: ValueRef
    values: frozenset[str]
    unknown: bool = False

    def holds(self, facts: Facts) -> bool:
        """Whether the order's word is among them."""
        value = self.fact.get(facts)
        return self.unknown if value is None else value in self.values


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """All of it must hold. `any_known`: at least one of these times; empty asks nothing. A missing country is in no
    list, a missing means of payment likewise."""

    known: tuple[TimeRef, ...] = ()
    absent: tuple[TimeRef, ...] = ()
    any_known: tuple[TimeRef, ...] = ()
    flags: tuple[ValueRef, ...] = ()
    one_of: tuple[OneOf, ...] = ()
    countries: frozenset[str] | None = None
    payment_methods: frozenset[str] | None = None

    def holds(self, facts: Facts) -> bool:
        """Whether the rule holds for these facts."""
        return (
            all(ref.get(facts) is not None for ref in self.known)
            and all(ref.get(facts) is None for ref in self.absent)
            and (not self.any_known or any(ref.get(facts) is not None for ref in self.any_known))
            and all(flag.get(facts) for flag in self.flags)
            and all(word.holds(facts) for word in self.one_of)
            and (self.countries is None or facts.country in self.countries)
            and (self.payment_methods is None or (facts.payment_method or "").casefold() in self.payment_methods)
        )


def read_condition(
    table: Table, rules: Mapping[str, PackRule], payment_methods: frozenset[str] | None = None
) -> Condition:
    """Read a condition. `countries` is a list of codes or the id of the rule that carries the list; a payment pack's
    methods hold for each of its windows. Raises `PackError`."""
    condition = Condition(
        known=time_refs(table, "known"),
        absent=time_refs(table, "absent"),
        any_known=time_refs(table, "any_known"),
        flags=tuple(value_ref(name, FLAGS, table, "flags") for name in table.texts("flags", ())),
        one_of=tuple(map(_read_one_of, table.tables("one_of"))),
        countries=_read_countries(table, rules),
        payment_methods=_read_methods(table, payment_methods),
    )
    table.done()
    return condition


def _read_one_of(table: Table) -> OneOf:
    fact = value_ref(table.text("fact"), WORDS, table, "fact")
    word = OneOf(fact, frozenset(table.texts("values")), table.flag("unknown"))
    table.done()
    return word


def _read_countries(table: Table, rules: Mapping[str, PackRule]) -> frozenset[str] | None:
    if not table.has("countries"):
        return None
    if not isinstance(table.data["countries"], str):
        return country_codes(table, "countries")
    listed = rules.get(table.text("countries"))
    if listed is None or not listed.countries:
        raise table.fault("countries", "codes, or the id of a rule of this pack that lists countries")
    return listed.countries


def _read_methods(table: Table, inherited: frozenset[str] | None) -> frozenset[str] | None:
    if not table.has("payment_methods"):
        return inherited
    return frozenset(name.casefold() for name in table.texts("payment_methods"))
