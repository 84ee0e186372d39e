"""The facts that a pack may name: dotted as in SEMANTICS.md, each with the way to read it off an order's facts."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import fields

from parcelwarden.domain.model import Dispute, Facts
from parcelwarden.domain.moment import When
from parcelwarden.domain.policy.table import Table

TIMES = frozenset(
    [field.name for field in fields(Facts) if field.name.endswith("_at")]
    + [f"dispute.{field.name}" for field in fields(Dispute) if field.name.endswith("_at")]
)
FLAGS = frozenset(["free_return", "warranty"])
WORDS = frozenset(["logistics", "shipping_method", "dispute.closed_by", "dispute.outcome"])


class TimeRef(NamedTuple):
    """A fact that is a time: its dotted name and how it is read."""

    name: str
    get: Callable[[Facts], When | None]


class ValueRef(NamedTuple):
    """A fact that is a flag or a word."""

    name: str
    get: Callable[[Facts], Any]


def time_ref(name: str, table: Table, key: str) -> TimeRef:
    """The reference to a time. Raises `PackError` for a name that is none."""
    if name not in TIMES:
        raise table.fault(key, f"the name of a time, not {name!r}; known: {', '.join(sorted(TIMES))}")
    return TimeRef(name, attrgetter(name))


def time_refs(table: Table, key: str, default: tuple[str, ...] = ()) -> tuple[TimeRef, ...]:
    """The references of a list of times; empty where the key does not stand."""
    return tuple(time_ref(name, table, key) for name in table.texts(key, default))


def value_ref(name: str, names: frozenset[str], table: Table, key: str) -> ValueRef:
    """The reference to a flag or word. Raises `PackError` for a name that is none."""
    if name not in names:
        raise table.fault(key, f"one of {', '.join(sorted(names))}, not {name!r}")
    return ValueRef(name, attrgetter(name))
