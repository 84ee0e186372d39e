"""A reading as the JSON that `parcelwarden parse` prints (DESIGN §4)."""

from __future__ import annotations

from typing import Any

import msgspec

from parcelparsers.model import Parcel, Reading

_FIELDS = ("number", "state", "leg", "aliases", "flags", "eta", "service_line", "events")


def _shown(parcel: Parcel) -> dict[str, Any]:
    return {name: getattr(parcel, name) for name in _FIELDS}


def as_json(reading: Reading) -> bytes:
    """`{"outcome", "parcels": [{"number", "state", …, "events"}]}`: events oldest first, instants in UTC."""
    shown = {"outcome": reading.outcome, "parcels": [_shown(p) for p in reading.parcels]}
    return msgspec.json.encode(shown)
