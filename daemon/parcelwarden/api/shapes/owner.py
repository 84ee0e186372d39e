"""Who is let in, settings, policies, and how the daemon is."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from parcelwarden.api.shapes.base import Instant, Shape
from parcelwarden.api.shapes.inputs import QuietHours


class Health(Shape, frozen=True, kw_only=True):
    """Name and API version, nothing else. `proof`: only to a nonce, see `SECURITY.md`."""

    name: str
    api: int
    proof: str | msgspec.UnsetType = msgspec.UNSET


class Paired(Shape, frozen=True, kw_only=True):
    """The token is shown once."""

    token: str
    client: str
    scopes: tuple[str, ...]
    api: int


class SessionShape(Shape, frozen=True, kw_only=True):
    """A dashboard's token, bound to the page's own Origin."""

    token: str
    expires_at: Instant
    scopes: tuple[str, ...]
    api: int


class CodeShape(Shape, frozen=True, kw_only=True):
    """A one-time code for the dashboard's address, and when it ends."""

    code: str
    expires_at: Instant


class PairingShape(Shape, frozen=True, kw_only=True):
    """The pairing window. `code` is shown once, on opening; `client` is the one that was paired in it."""

    open: bool
    code: str | msgspec.UnsetType = msgspec.UNSET
    expires_at: Instant | None = None
    tries_left: int = 0
    client: str | None = None


class ClientShape(Shape, frozen=True, kw_only=True):
    """One paired client or script token. `flagged_at`: when its token last came from a foreign Origin."""

    id: str
    name: str
    scopes: tuple[str, ...]
    origin: str | None
    created_at: Instant
    last_used_at: Instant | None
    flagged_at: Instant | None


class ClientList(Shape, frozen=True, kw_only=True):
    """All clients, oldest first."""

    clients: tuple[ClientShape, ...]


class StatusShape(Shape, frozen=True, kw_only=True):
    """How the daemon is, for its owner: what the services say of themselves, and who is let in."""

    now: Instant
    health: dict[str, Any]
    clients: int
    flagged: tuple[str, ...]


class BackupShape(Shape, frozen=True, kw_only=True):
    """A copy of the database that was read back: its file in the data directory's `backups`, its version and counts."""

    name: str
    version: int
    orders: int
    parcels: int
    alerts: int


class SettingsShape(Shape, frozen=True, kw_only=True):
    """The settings; null: the default. `configured` says of what stands in `config.toml` only whether it is set."""

    language: str | None = None
    country: str | None = None
    quiet_hours: QuietHours | None = None
    lead_hours: tuple[int, ...] | None = None
    digest: Literal["off", "daily", "weekly"] | None = None
    digest_time: str | None = None
    sites: tuple[str, ...] | None = None
    relay: bool | None = None
    configured: dict[str, bool] = msgspec.field(default_factory=dict)


class PolicyRuleShape(Shape, frozen=True, kw_only=True):
    """A rule of a pack with its quoted sentence. `date`: the day its source was in force or last seen. `values`: its
    figures, where it is no window and no clock."""

    id: str
    matter: str
    quote: str
    source: str
    date: str
    trust: str
    countries: tuple[str, ...]
    note: str
    values: dict[str, Any]


class PolicyShape(Shape, frozen=True, kw_only=True):
    """One edition of the rules of a marketplace or means of payment. Empty lists: all of them."""

    id: str
    edition: str
    title: str
    kind: str
    trust: str
    marketplaces: tuple[str, ...]
    payment_methods: tuple[str, ...]
    countries: tuple[str, ...]
    effective_from: str | None
    effective_until: str | None
    zone: str
    windows: tuple[str, ...]
    clocks: tuple[str, ...]
    rules: tuple[PolicyRuleShape, ...]


class PolicyList(Shape, frozen=True, kw_only=True):
    """Every pack that is loaded."""

    policies: tuple[PolicyShape, ...]
