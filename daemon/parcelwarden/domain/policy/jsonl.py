"""One line of `parcelwarden windows`: `{"id", "now", "facts"}` in, `{"id", "windows", "clocks"}` out.

Instants are `YYYY-MM-DDTHH:MM:SSZ`, unknown ones null. Source: SEMANTICS.md, first paragraph. `act_by` is an extra key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.facts import parse_facts
from parcelwarden.domain.model import Clock, Window
from parcelwarden.domain.moment import iso, parse_when
from parcelwarden.domain.policy.engine import answer
from parcelwarden.domain.policy.pack import Pack


def windows_line(line: object, packs: Sequence[Pack]) -> dict[str, Any]:
    """The answer to one line, ready for JSON. Raises `FactError` naming the field: `line`, `now`, `facts` or a dotted
    fact. Other keys of the line are left alone."""
    if not isinstance(line, dict):
        raise FactError("line", 'an object {"id", "now", "facts"}', line)
    found = answer(parse_facts(line.get("facts")), _read_now(line.get("now")), packs)
    return {
        "id": line.get("id"),
        "windows": {name: _window(window) for name, window in found.windows.items()},
        "clocks": {name: _clock(clock) for name, clock in found.clocks.items()},
    }


def _read_now(text: object) -> datetime:
    now = parse_when(text, "now") if isinstance(text, str) else None
    if not isinstance(now, datetime):
        raise FactError("now", "an instant with an offset such as 2020-05-24T09:00:00Z", text)
    return now


def _window(window: Window) -> dict[str, Any]:
    return {
        "opens_at": iso(window.opens_at),
        "last_safe_at": iso(window.last_safe_at),
        "stated_end_at": iso(window.stated_end_at),
        "state": window.state.value,
        "act_by": iso(window.act_by),
    }


def _clock(clock: Clock) -> dict[str, Any]:
    if clock.kind == "wait":
        return {"kind": clock.kind, "due_at": iso(clock.due_at)}
    return {
        "kind": clock.kind,
        "last_safe_at": iso(clock.last_safe_at),
        "stated_end_at": iso(clock.stated_end_at),
    }
