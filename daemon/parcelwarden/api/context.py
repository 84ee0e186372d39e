"""What handlers need beside the call itself; made once by the wiring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from parcelwarden.api.own import Own
from parcelwarden.services.access import Access
from parcelwarden.services.evidence import Paint
from parcelwarden.services.feed import Feed
from parcelwarden.services.warden import Warden

API = 1
NAME = "parcelwarden"


class Wording(Protocol):
    """Renders an advice or alert to one sentence in a language (a BCP 47 tag; English where it is not known)."""

    def __call__(self, code: str, params: Mapping[str, Any], language: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`packs` are the policy packs in force; `configured` says of each key of `config.toml` that no route may set
    whether it is set; `own` are the names of this server; `back_up` makes a copy of the database and tells
    `{"name", "version", "orders", "parcels", "alerts"}` of it; `feed` tells what changes, None where no daemon runs;
    `paint` makes PNG of SVG."""

    warden: Warden
    access: Access
    wording: Wording
    packs: Sequence[Any] = ()
    configured: Mapping[str, bool]
    own: Own
    back_up: Callable[[datetime], Awaitable[dict[str, Any]]] | None = None
    feed: Feed | None = None
    paint: Paint | None = None
