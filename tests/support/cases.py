"""Constructed cases beside the parsers: a body, and `<name>.expected.json` with what a right reading says.

The sidecar: `{"source": "constructed", "about", "asked"?: [numbers], "status"?: HTTP status, "expected":
{…}}`. `expected` names only what matters: `outcome`, `reason`, `missing`, `outcome_for` {number: outcome},
and `parcels` with any field of a parcel, `event_count`, `first` and `last` event, or all `events`. Objects
are compared by the keys given, lists item by item.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from parcelparsers import Asked, Body, Reading, carriers

ROOT = Path(carriers.__path__[0]) / "cases"
SIDECAR = ".expected.json"


@dataclass(frozen=True)
class Case:
    """One body of one source with its expectation."""

    source: str
    name: str
    path: Path
    sidecar: dict[str, Any]

    @property
    def asked(self) -> Asked:
        """What was asked for."""
        return Asked(tuple(self.sidecar.get("asked", ())))

    @property
    def body(self) -> Body:
        """The body with its HTTP status."""
        return Body(self.path.read_bytes(), status=self.sidecar.get("status", 200))

    def __str__(self) -> str:
        return f"{self.source}/{self.name}"


def all_cases() -> list[Case]:
    """Every case of every source, sorted."""
    return [_case(sidecar) for sidecar in sorted(ROOT.glob("*/*" + SIDECAR))]


def _case(sidecar: Path) -> Case:
    stem = sidecar.name.removesuffix(SIDECAR)
    body = next(p for p in sorted(sidecar.parent.glob(stem + ".*")) if not p.name.endswith(SIDECAR))
    return Case(sidecar.parent.name, stem, body, json.loads(sidecar.read_text("utf-8")))


def shown(reading: Reading, numbers: tuple[str, ...] = ()) -> dict[str, Any]:
    """A reading as plain data, with the short cuts that expectations use."""
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    for parcel in plain["parcels"]:
        events = parcel["events"]
        parcel |= {"event_count": len(events), "first": (events or [None])[0], "last": (events or [None])[-1]}
    plain["outcome_for"] = {n: reading.outcome_for(n).value for n in numbers}
    return plain


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:
    """Where the reading is not what was expected, in words."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [d for k, v in expected.items() for d in differences(v, actual.get(k), f"{where}.{k}")]
    if isinstance(expected, list) and isinstance(actual, list | tuple):
        if len(expected) != len(actual):
            return [f"{where}: {len(actual)} items, expected {len(expected)}: {actual!r}"]
        pairs = zip(expected, actual, strict=True)
        return [d for n, (e, a) in enumerate(pairs) for d in differences(e, a, f"{where}[{n}]")]
    return [] if expected == actual else [f"{where}: {actual!r}, expected {expected!r}"]
