"""Who may come in: named clients, the admin token of this start, dashboard sessions, and the limit on wrong tokens.

Tokens exist in clear only in the answer that hands them out; here they are SHA-256 digests. Clients are held in
memory (this is their only writer), so that every lookup compares all of them in constant time and reads no disk.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from parcelwarden.services.errors import Invalid, NotFound, TooSoon, Unavailable
from parcelwarden.services.pairing import PairingWindow
from parcelwarden.services.ports import Store
from parcelwarden.services.records import ClientRecord
from parcelwarden.services.sessions import Sessions
from parcelwarden.services.tokens import authentication, digest, new_token, same

log = logging.getLogger(__name__)

SCOPES = ("read", "write", "relay")
ALL_SCOPES = frozenset((*SCOPES, "admin"))
SESSION_SCOPES = (*SCOPES[:2], "admin")
CALENDAR = "calendar"
"""What a calendar's key may: be asked for in the path of the feed, nothing else."""
ADMIN = "admin"
DASHBOARD = "dashboard"
USE_NOTED_EVERY = timedelta(minutes=1)
WRONG_PER_MINUTE = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """Who calls: a client's id, its scopes, the Origin that it is bound to (None: it may send none), and of the dashboard
    the digest of its session's token."""

    client: str
    scopes: frozenset[str]
    origin: str | None = None
    session: str | None = None


class WrongTokens:
    """At most `WRONG_PER_MINUTE` wrong secrets in any minute. It never keeps out a good token: otherwise any local
    program, or a client that was revoked and keeps asking, could lock the owner out."""

    def __init__(self) -> None:
        self._at: list[datetime] = []

    def count(self, now: datetime) -> None:
        """Note one wrong secret. Raises `TooSoon` (with the instant) when there were too many within a minute."""
        minute = timedelta(minutes=1)
        self._at = [at for at in self._at if at <= now < at + minute]
        if len(self._at) >= WRONG_PER_MINUTE:
            raise TooSoon("too many wrong tokens: wait, then pair again", retry_at=self._at[0] + minute)
        self._at.append(now)


class Access:
    """Clients, sessions, pairing. `admin_sha256` is the digest of the token in `runtime.json`, None without one."""

    def __init__(self, store: Store, admin_sha256: str | None = None) -> None:
        self._store = store
        self._admin = admin_sha256
        self._clients: dict[str, ClientRecord] = {}
        self._nobody = secrets.token_bytes(32)
        self.pairing = PairingWindow()
        self.sessions = Sessions()
        self.wrong = WrongTokens()

    async def load(self) -> None:
        """Read the clients; once before the first call, and again after a restore."""
        self._clients = {c.id: c for c in await self._store.read(lambda unit: unit.clients.all())}

    @property
    def clients(self) -> tuple[ClientRecord, ...]:
        """All clients, oldest first."""
        return tuple(sorted(self._clients.values(), key=lambda c: (c.created_at, c.id)))

    @property
    def origins(self) -> frozenset[str]:
        """The Origins of all paired clients."""
        return frozenset(c.origin for c in self._clients.values() if c.origin)

    def identify(self, token: str, now: datetime) -> Identity | None:
        """Whose token this is, None for nobody's; a calendar's key is no token. No side effect."""
        asked = digest(token)
        found = [c for c in self._with_token(asked) if CALENDAR not in c.scopes]
        if found:
            return Identity(found[0].id, frozenset(found[0].scopes), found[0].origin)
        if session := self.sessions.find(asked, now):
            return Identity(DASHBOARD, frozenset(SESSION_SCOPES), session.origin, session.token_sha256)
        if self._admin and same(self._admin, asked):
            return Identity(ADMIN, ALL_SCOPES)
        return None

    async def keyed(self, key: str, now: datetime) -> bool:
        """Whether this is a calendar's key. Raises `TooSoon` when there were too many wrong ones."""
        found = [c for c in self._with_token(digest(key)) if CALENDAR in c.scopes]
        if not found:
            self.wrong.count(now)
            return False
        await self.used(found[0].id, now)
        return True

    def holds(self, identity: Identity) -> bool:
        """Whether who was let in still is: the admin always, a client until it is revoked, a session until it is ended."""
        if identity.session is not None:
            return self.sessions.has(identity.session)
        return identity.client == ADMIN or identity.client in self._clients

    def proof(self, client_id: str, nonce: str, port: int) -> str:
        """That we know this client's token and listen on `port`: HMAC-SHA-256 (hex) of `nonce:port` under the token's
        SHA-256. For a client that is not known it is a proof of nothing, and looks the same."""
        client = self._clients.get(client_id)
        key = bytes.fromhex(client.token_sha256) if client else self._nobody + client_id.encode()
        return authentication(key, f"{nonce}:{port}")

    async def create(
        self, name: str, scopes: tuple[str, ...], origin: str | None, now: datetime
    ) -> tuple[str, ClientRecord]:
        """A new client and its token, in clear for this once. Raises `Invalid` for a scope that cannot be given."""
        if scopes != (CALENDAR,) and (not scopes or set(scopes) - set(SCOPES)):
            raise Invalid(f"scopes: expected one or more of {', '.join(SCOPES)}, or {CALENDAR} alone", field="scopes")
        token = new_token()
        client = ClientRecord(
            id=secrets.token_hex(4),
            name=name,
            token_sha256=digest(token),
            scopes=tuple(s for s in (*SCOPES, CALENDAR) if s in scopes),
            origin=origin,
            created_at=now,
        )
        await self._put(client)
        return token, client

    async def pair(self, code: str, name: str, origin: str | None, now: datetime) -> tuple[str, ClientRecord]:
        """Redeem the pairing code for a client bound to `origin`. Raises `Refused`, `Conflict`."""
        scopes = self.pairing.redeem(code, now)
        try:
            token, client = await self.create(name, scopes, origin, now)
        except BaseException:
            self.pairing.released()
            raise
        self.pairing.paired(client.id)
        return token, client

    async def revoke(self, client_id: str) -> None:
        """Drop a client; its next call is a stranger's. Raises `NotFound`."""
        client = self._clients.pop(client_id, None)
        if client is None:
            raise NotFound(f"client {client_id!r} is not known: see `parcelwarden token list`")
        try:
            await self._store.write(lambda unit: unit.clients.forget(client_id))
        except BaseException:
            self._clients[client_id] = client
            raise

    async def used(self, client_id: str, now: datetime) -> None:
        """Note that a client called, at most once a minute. A store that cannot write is no reason to refuse it."""
        client = self._clients.get(client_id)
        if client is None or (client.last_used_at and abs(now - client.last_used_at) < USE_NOTED_EVERY):
            return
        await self._try_put(msgspec.structs.replace(client, last_used_at=now))

    async def flag(self, client_id: str, now: datetime) -> None:
        """Note that a client's token came from a foreign Origin: it is shown until the client is revoked."""
        client = self._clients.get(client_id)
        if client is None or (client.flagged_at and abs(now - client.flagged_at) < USE_NOTED_EVERY):
            return
        log.warning("the token of client %s came from a foreign Origin: revoke it if that was not you", client_id)
        await self._try_put(msgspec.structs.replace(client, flagged_at=now))

    def _with_token(self, token_sha256: str) -> list[ClientRecord]:
        """The client with this digest; looks at every one, whichever fits."""
        return [c for c in self._clients.values() if same(c.token_sha256, token_sha256)]

    async def _try_put(self, client: ClientRecord) -> None:
        self._clients[client.id] = client
        try:
            await self._store.write(lambda unit: unit.clients.put(client))
        except Unavailable as fault:
            log.warning("client %s: its last use was not written: %s", client.id, fault.message)

    async def _put(self, client: ClientRecord) -> None:
        await self._store.write(lambda unit: unit.clients.put(client))
        self._clients[client.id] = client
