"""What the tests of the policy engine share: facts, answers and small packs, all constructed."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.facts import parse_facts
from parcelwarden.domain.model import Clock, Facts, PolicyAnswer, Window
from parcelwarden.domain.moment import iso
from parcelwarden.domain.policy import Pack, answer, build, named

NOW = datetime(2021, 3, 1, 12, tzinfo=UTC)
RULE = {"id": "R1", "matter": "closing", "quote": "within 30 days", "source": "constructed", "date": NOW.date()}


def at(text: str) -> datetime:
    """An instant written in ISO 8601."""
    return datetime.fromisoformat(text)


def facts(**values: Any) -> Facts:
    """The facts of one constructed order."""
    return parse_facts({"marketplace": "aliexpress", "order_id": "1", **values})


def ask(now: datetime = NOW, packs: tuple[Pack, ...] | None = None, **values: Any) -> PolicyAnswer:
    """The answer of the shipped default packs, or of others."""
    return answer(facts(**values), now, named(load_packs()) if packs is None else packs)


def window(name: str, now: datetime = NOW, **values: Any) -> Window:
    """One window that must exist."""
    return ask(now, **values).windows[name]


def clock(name: str, **values: Any) -> Clock:
    """One clock that must run."""
    return ask(**values).clocks[name]


def dates(found: Window) -> tuple[str | None, str | None, str | None]:
    """Opening, last safe instant and stated end, as text."""
    return iso(found.opens_at), iso(found.last_safe_at), iso(found.stated_end_at)


def mapping(**changes: Any) -> dict[str, Any]:
    """The smallest pack that is one, as a file would give it; `changes` replace whole keys."""
    pack: dict[str, Any] = {
        "id": "shop",
        "edition": "2021",
        "title": "A constructed shop",
        "kind": "marketplace",
        "marketplaces": ["shop"],
        "trust": "primary",
        "days": {"earliest": "-07:00", "latest": "-08:00", "plain": "America/Los_Angeles", "words": "PST"},
        "rules": [dict(RULE)],
        "windows": [
            {
                "id": "dispute_not_received",
                "rule": "R1",
                "exists": {"known": ["delivery_due_at"], "absent": ["received_at"]},
                "opens": {"over": "delivery_due_at", "by": "delivery_over"},
                "ends": [{"fact": "delivery_due_at", "days": 30}],
            }
        ],
    }
    return copy.deepcopy(pack | changes)


def pack(**changes: Any) -> Pack:
    """The same, built."""
    return build(mapping(**changes), "shop.toml")
