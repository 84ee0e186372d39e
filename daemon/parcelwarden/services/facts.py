"""The facts of a record and the facts of the domain: what is kept with its provenance, and what the engine takes.

In a record the dispute's facts have dotted names; a time is text, or for a date read from a page
`{"printed", "earliest", "latest"}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.facts import country_code, parse_facts
from parcelwarden.domain.model import Facts, OrderRef
from parcelwarden.domain.moment import Between
from parcelwarden.services.errors import Invalid
from parcelwarden.services.records import FactEntry, OrderRecord, Origin

TEXTS = ("title", "seller", "total", "currency")
"""What a record keeps beside the facts, and a user may say."""
BESIDE = ("status",)
"""Entries of a record that the engine does not know."""
_TOTAL = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def domain_facts(record: OrderRecord, country: str | None) -> Facts:
    """What the engine takes. `country` is the buyer's own, for an order that does not name one. Raises `FactError`."""
    plain: dict[str, Any] = {"marketplace": record.ref.marketplace, "order_id": record.ref.order_id}
    spans: dict[str, Between] = {}
    if country:
        plain["country"] = country
    for name, entry in record.facts.items():
        if isinstance(entry.value, dict):
            spans[name] = span(entry.value)
        elif name not in BESIDE:
            _put(plain, name, entry.value)
    facts = parse_facts(plain)
    dispute = {name.removeprefix("dispute."): at for name, at in spans.items() if name.startswith("dispute.")}
    own = {name: at for name, at in spans.items() if not name.startswith("dispute.")}
    if dispute:
        own["dispute"] = msgspec.structs.replace(facts.dispute, **dispute)  # type: ignore[assignment]
    return msgspec.structs.replace(facts, **own) if own else facts


def span(value: Mapping[str, str]) -> Between:
    """A date read from a page, as the engine takes it."""
    return Between(
        datetime.fromisoformat(value["earliest"]), datetime.fromisoformat(value["latest"]), value.get("printed", "")
    )


def _put(tree: dict[str, Any], name: str, value: Any) -> None:
    head, _, tail = name.partition(".")
    if tail:
        tree.setdefault(head, {})[tail] = value
    else:
        tree[head] = value


def flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with dotted names, whether they came nested or dotted."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if name == "dispute" and isinstance(value, Mapping):
            found.update({f"dispute.{inner}": item for inner, item in value.items()})
        else:
            found[name] = value
    return found


def check(ref: OrderRef, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The user's facts (dotted names, None left in) when the engine takes them. Raises `Invalid` naming the field."""
    tree: dict[str, Any] = {"marketplace": ref.marketplace, "order_id": ref.order_id}
    for name, value in facts.items():
        if name in ("dispute", *BESIDE):
            raise Invalid(f"{name}: not a fact that can be set", field=name)
        _put(tree, name, value)
    try:
        parse_facts(tree)
    except FactError as fault:
        raise Invalid(str(fault), field=fault.field) from fault
    code = facts.get("country")
    return {**facts, "country": country_code(code)} if code else dict(facts)


def check_texts(texts: Mapping[str, Any]) -> dict[str, str | None]:
    """Title, seller, total (a decimal as text) and currency (ISO 4217) by the user's word. Raises `Invalid`."""
    return {name: None if value is None else _text(name, value) for name, value in texts.items()}


def _text(name: str, value: Any) -> str:
    shown = value.strip() if isinstance(value, str) else ""
    if name == "currency":
        shown = shown.upper()
    pattern = {"total": _TOTAL, "currency": _CURRENCY}.get(name)
    expected = {"total": "a decimal such as 12.40", "currency": "three letters such as EUR"}.get(name, "a text")
    if not 0 < len(shown) <= 500 or not shown.isprintable() or (pattern and not pattern.fullmatch(shown)):
        raise Invalid(f"{name}: expected {expected}, got {str(value)[:80]!r}", field=name)
    return shown


def by_user(value: Any, now: datetime) -> FactEntry:
    """A fact by the user's word."""
    return FactEntry(value=value, origin=Origin.USER, seen_at=now, strategy="user")
