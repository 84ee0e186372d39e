"""The guard: decides on the head of a request alone, in the exact order of `SECURITY.md` §4. Default: deny.

Before a token was shown, a path that exists and one that does not are answered alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parcelwarden.api.head import Head
from parcelwarden.api.own import Own, is_extension
from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import SMALL, Access, Identity
from parcelwarden.api.table import Hit, Table
from parcelwarden.services.access import Access as Doors
from parcelwarden.services.pairing import CLOSED

PAIR = "/v1/pair"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
FRIENDLY_SITES = frozenset({"none", "same-origin"})
JSON_TYPES = frozenset({"application/json", "application/json;charset=utf-8"})


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that may reach its handler. `identity` is None on open routes."""

    hit: Hit
    identity: Identity | None
    origin: str | None


class Guard:
    """Stands before every handler of one server."""

    def __init__(self, table: Table, doors: Doors, own: Own) -> None:
        self._table = table
        self._doors = doors
        self._own = own

    async def admit(self, head: Head, now: datetime) -> Admitted:
        """Let a request in, or raise `Denied` (or `TooSoon` on too many wrong tokens)."""
        hit = self._table.find(head.method, head.path)
        _size_and_method(head, hit)
        self._host(head)
        _site(head)
        origin = await self._origin(head, now)
        if head.method == "OPTIONS":
            raise Denied("forbidden", "there are no cross-origin requests here")
        if hit and hit.route.access is Access.OPEN:
            identity = None
            self._pairing(hit, now)
        elif hit and hit.route.access is Access.KEYED:
            identity = None
            await self._key(hit, now)
        else:
            identity = await self._token(head, origin, now)
            if hit is None:
                raise self._table.missing(head.path)
            _scope(hit, identity)
        _content_type(head)
        return Admitted(hit, identity, origin)

    def _host(self, head: Head) -> None:
        hosts = head.all("Host")
        fits = len(hosts) == 1 and hosts[0].lower() in self._own.hosts and head.host.lower() in self._own.hosts
        if not fits or not (head.target.startswith("/") or (head.target == "*" and head.method == "OPTIONS")):
            raise Denied("misdirected", "call this daemon by http://127.0.0.1 and its port")

    async def _origin(self, head: Head, now: datetime) -> str | None:
        origins = head.all("Origin")
        if not origins:
            return None
        if len(origins) == 1 and self._may_call(origins[0], head, now):
            return origins[0]
        if head.bearer and (identity := self._doors.identify(head.bearer, now)):
            await self._doors.flag(identity.client, now)
        raise Denied("forbidden", "this Origin is not paired")

    def _may_call(self, origin: str, head: Head, now: datetime) -> bool:
        if origin in self._own.origins or origin in self._doors.origins:
            return True
        pairs = head.method == "POST" and head.path == PAIR and self._doors.pairing.listening(now)
        return pairs and is_extension(origin)

    def _pairing(self, hit: Hit, now: datetime) -> None:
        """Outside a window a request to pair is not even read."""
        if hit.route.path == PAIR and not self._doors.pairing.listening(now):
            raise Denied("forbidden", CLOSED)

    async def _key(self, hit: Hit, now: datetime) -> None:
        """The key in the path. Whatever is wrong with it, the answer is that of a path that does not exist."""
        if not await self._doors.keyed(hit.values().get("key", ""), now):
            raise Denied("not_found", "no such path")

    async def _token(self, head: Head, origin: str | None, now: datetime) -> Identity:
        identity = self._doors.identify(head.bearer, now) if head.bearer else None
        if identity is None:
            if head.bearer:
                self._doors.wrong.count(now)
            raise Denied("unauthorized", "a token is needed: Authorization: Bearer …", headers=_CHALLENGE)
        if origin is not None and origin != identity.origin:
            await self._doors.flag(identity.client, now)
            raise Denied("forbidden", "this token belongs to another Origin")
        await self._doors.used(identity.client, now)
        return identity


_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def _size_and_method(head: Head, hit: Hit | None) -> None:
    if head.method not in METHODS:
        raise Denied("method_not_allowed", "no path answers this method", headers={"Allow": ", ".join(sorted(METHODS))})
    limit = hit.route.limit if hit else SMALL
    if head.length > limit:
        raise Denied("too_large", f"the body is too large: at most {limit} bytes are taken here")


def _site(head: Head) -> None:
    if any(site not in FRIENDLY_SITES for site in head.all("Sec-Fetch-Site")):
        raise Denied("forbidden", "no web page may call this daemon")


def _scope(hit: Hit, identity: Identity) -> None:
    if hit.route.access not in identity.scopes:
        raise Denied("forbidden", f"this token lacks the scope {hit.route.access}")


def _content_type(head: Head) -> None:
    if not head.has_body:
        return
    given = (head.one("Content-Type") or "").lower().replace(" ", "").replace('"', "")
    if given not in JSON_TYPES or head.all("Content-Encoding"):
        raise Denied(
            "unsupported_media_type", "send application/json, not encoded", headers={"Accept": "application/json"}
        )
