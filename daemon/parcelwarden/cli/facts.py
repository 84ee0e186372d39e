"""`FACT=VALUE` as the JSON of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

YES_OR_NO = frozenset({"free_return", "warranty"})
_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def nested(pairs: Iterable[str]) -> dict[str, Any]:
    """`["paid_at=2026-03-01", "dispute.opened_at="]` as `{"paid_at": "2026-03-01", "dispute": {"opened_at": None}}`.

    Raises a usage error that names the pair."""
    facts: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{pair!r}: expected FACT=VALUE, e.g. received_at=2026-03-02")
        table, key = facts, name
        if "." in name:
            outer, _, key = name.partition(".")
            table = facts.setdefault(outer, {})
            if not isinstance(table, dict):
                raise click.UsageError(f"{pair!r}: {outer} was given as a whole before")
        table[key] = _value(name, text)
    return facts


def _value(name: str, text: str) -> Any:
    if not text:
        return None
    if name not in YES_OR_NO:
        return text
    if text.casefold() not in _WORDS:
        raise click.UsageError(f"{name}: expected yes or no, got {text!r}")
    return _WORDS[text.casefold()]
