"""A policy pack: the dated rules of one marketplace or means of payment, as values, checked when built.

A pack is one TOML file and no code. Every rule has id, quote, source and date; windows and clocks stand on rules.

    id, edition, title, kind ("marketplace" | "payment"), trust ("primary" | "second_hand" | "weak")
    marketplaces = […]      of a marketplace pack        payment_methods = […]   of a payment pack, lower case
    effective_from, effective_until                      dates of placing an order, both included; absent: open
    countries = […]                                      absent: everywhere
    [days]      earliest, latest ("-07:00"), plain ("America/Los_Angeles"), words ("PST")
    [[rules]]   `rules.py`      [[windows]]   `windows.py`      [[clocks]]   `clocks.py`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from parcelwarden.domain.policy.clocks import ClockRule, read_clock
from parcelwarden.domain.policy.days import Days
from parcelwarden.domain.policy.rules import TRUST, PackRule, country_codes, read_rules
from parcelwarden.domain.policy.table import Table
from parcelwarden.domain.policy.windows import WindowRule, read_window

KINDS = frozenset(["marketplace", "payment"])
_OFFSET = re.compile(r"([+-])(\d\d):([0-5]\d)")


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of the rules. Empty `marketplaces` or `countries`: all of them."""

    id: str
    edition: str
    title: str
    kind: str
    trust: str
    marketplaces: frozenset[str]
    payment_methods: frozenset[str]
    effective_from: date | None
    effective_until: date | None
    countries: frozenset[str]
    days: Days
    rules: dict[str, PackRule]
    windows: tuple[WindowRule, ...]
    clocks: tuple[ClockRule, ...]

    @property
    def name(self) -> str:
        """How an edition is named: `id/edition`."""
        return f"{self.id}/{self.edition}"


def build(mapping: Mapping[str, Any], name: str) -> Pack:
    """Check a pack as read from its file `name` and build it. Raises `PackError` naming file, place and what was
    expected there."""
    table = Table(name, "", mapping)
    edition, trust = table.text("edition"), table.text("trust", among=TRUST)
    rules = read_rules(table, edition, trust)
    kind = table.text("kind", among=KINDS)
    methods = _names(table, "payment_methods", needed=kind == "payment")
    windows = tuple(
        read_window(entry, rules, methods if kind == "payment" else None) for entry in table.tables("windows")
    )
    pack = Pack(
        id=table.text("id"),
        edition=edition,
        title=table.text("title"),
        kind=kind,
        trust=trust,
        marketplaces=_names(table, "marketplaces", needed=kind == "marketplace"),
        payment_methods=methods,
        effective_from=table.maybe_day("effective_from"),
        effective_until=table.maybe_day("effective_until"),
        countries=country_codes(table, "countries"),
        days=_read_days(table.table("days")),
        rules=rules,
        windows=windows,
        clocks=tuple(read_clock(entry, rules) for entry in table.tables("clocks")),
    )
    _check(pack, table)
    table.done()
    return pack


def _check(pack: Pack, table: Table) -> None:
    if pack.effective_from and pack.effective_until and pack.effective_from > pack.effective_until:
        raise table.fault("effective_until", "a day not before effective_from")
    for key, ids in (("windows", [w.id for w in pack.windows]), ("clocks", [c.id for c in pack.clocks])):
        if len(set(ids)) < len(ids):
            raise table.fault(key, "an id of its own for each")
    if not (pack.windows or pack.clocks):
        raise table.fault("windows", "at least one window or clock")


def _names(table: Table, key: str, needed: bool) -> frozenset[str]:
    names = table.texts(key) if needed else table.texts(key, ())
    if needed and not names:
        raise table.fault(key, "at least one name")
    return frozenset(name.casefold() for name in names)


def _read_days(table: Table) -> Days:
    days = Days(
        _offset(table, "earliest"),
        _offset(table, "latest"),
        _zone(table),
        table.text("words"),
    )
    if _hours(days.earliest) < _hours(days.latest):
        raise table.fault("earliest", "the offset in which a day begins first, so not west of latest")
    table.done()
    return days


def _hours(zone: timezone) -> timedelta:
    return zone.utcoffset(None)


def _offset(table: Table, key: str) -> timezone:
    text = table.text(key)
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 14:
        raise table.fault(key, f"an offset such as -08:00 or +14:00, not {text!r}")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def _zone(table: Table) -> tzinfo:
    name = table.text("plain")
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as fault:
        raise table.fault("plain", f"the name of a time zone such as America/Los_Angeles, not {name!r}") from fault
