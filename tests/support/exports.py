"""An export with one of everything, constructed, and ways to change it in each place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

AT = "2026-03-01T00:00:00Z"
GOOD: dict[str, Any] = {
    "format": "parcelwarden-export",
    "version": "0.1.0",
    "settings": {"language": "es", "quiet_hours": {"from": "22:00", "until": "07:00"}},
    "sources": [{"source": "cainiao", "state": "ok", "last_ok_at": AT, "resume_at": AT, "unknown_codes": ["X"]}],
    "parcels": [
        {
            "numbers": ["LP00190000000017"],
            "created_at": AT,
            "eta": {"earliest": "2026-03-02", "latest": "2026-03-05"},
            "moved_at": AT,
            "events": [
                {"local_time": "2026-03-01T10:00:00", "at": AT, "uncertain_hours": 1.0, "description": "made up"}
            ],
            "looks": [{"source": "cainiao", "number": "LP00190000000017", "next_look_at": AT, "last_tried_at": AT}],
            "answers": [
                {
                    "source": "cainiao",
                    "number": "LP00190000000017",
                    "asked_at": AT,
                    "outcome": "not_found",
                    "received_sha256": "0" * 64,
                }
            ],
        }
    ],
    "orders": [
        {
            "marketplace": "aliexpress",
            "order_id": "1",
            "created_at": AT,
            "updated_at": AT,
            "page_seen_at": AT,
            "parcels": ["LP00190000000017"],
            "facts": {
                "paid_at": {
                    "value": {"printed": "Mar 1", "earliest": AT, "latest": AT},
                    "origin": "page",
                    "seen_at": AT,
                }
            },
            "rules": [{"kind": "made_up", "quote": "Made up.", "seen_at": AT, "days": 15}],
            "changes": [{"field": "paid_at", "before": None, "after": "2026-03-01", "origin": "user", "at": AT}],
            "alerts": [
                {
                    "key": "aliexpress/1:made:up:x",
                    "code": "dispute_open_now",
                    "params": {"act_by": AT},
                    "severity": "notice",
                    "due_at": AT,
                    "helps_until": AT,
                    "nag": False,
                    "state": "delivered",
                    "created_at": AT,
                    "next_at": AT,
                    "snoozed_until": AT,
                    "delivered_at": AT,
                    "deliveries": [{"channel": "desktop", "result": "delivered", "at": AT}],
                }
            ],
        }
    ],
}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every object in it, but those whose keys are names of their own (facts, params)."""
    if isinstance(value, dict):
        if path[-1:] not in (("facts",), ("params",)):
            yield path
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from places(inner, (*path, n))


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value that is neither an object nor a list."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, step))
    else:
        yield path
