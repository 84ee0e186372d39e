"""Asks carriers over HTTPS: only hosts that the source declares, only addresses that the policy allows.

The address is checked at the connect itself, on the resolved address, so that a name that flips between check and
use gains nothing. Redirects are followed by hand, each checked like a request (SECURITY T10, S28-S33).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from parcelparsers import Body, Request, Source
from parcelwarden import __version__
from parcelwarden.adapters.address_policy import AddressPolicy, PublicOnly
from parcelwarden.services.ports import Answer, FetchFailed
from parcelwarden.services.retry_after import retry_at

USER_AGENT = f"parcelwarden/{__version__} (tracks the parcels of one person)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for the whole of one look with its redirects; `size` in bytes after decompression."""

    seconds: float = 20.0
    size: int = 2 * 1024 * 1024
    redirects: int = 5


class AddressRefused(Exception):
    """A connection to an address that the policy does not allow."""


class HttpFetcher:
    """The fetcher of the product. `hosts` maps a declared host to another base URL (empty but for a carrier street
    on loopback); `keys` are the user's own carrier keys by source."""

    def __init__(
        self,
        policy: AddressPolicy | None = None,
        hosts: Mapping[str, str] = MappingProxyType({}),
        keys: Mapping[str, str] = MappingProxyType({}),
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._policy = policy or PublicOnly()
        self._hosts = hosts
        self._keys = keys
        self._limits = limits or Limits()
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer:
        """Ask once. Raises `FetchFailed` with kind network, dns, tls, timeout, redirect, too_large, refused."""
        headers = self._headers(source, request)
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(source, request, headers, now)
        except TimeoutError as fault:
            raise FetchFailed("timeout", f"{source.id}: no whole answer in {self._limits.seconds:g} s") from fault
        except AddressRefused as fault:
            raise FetchFailed("refused", f"{source.id}: {fault}") from fault
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise FetchFailed(_kind(fault), f"{source.id}: {type(fault).__name__}: {fault}") from fault

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    def _headers(self, source: Source, request: Request) -> dict[str, str]:
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", **request.headers}
        if not any("{key}" in value for value in headers.values()):
            return headers
        key = self._keys.get(source.id)
        if key is None:
            raise FetchFailed("refused", f"{source.id} wants a key of yours; set keys.{source.id} in config.toml")
        return {name: value.replace("{key}", key) for name, value in headers.items()}

    async def _follow(self, source: Source, request: Request, headers: Mapping[str, str], now: datetime) -> Answer:
        url, method, body = self._checked(source, request.url, "refused"), request.method, request.body
        for _ in range(self._limits.redirects + 1):
            async with self._send(method, url, headers, body) as response:
                if response.status not in REDIRECTS:
                    return await self._answer(response, url, now)
                target = response.headers.get("Location", "")
                if response.status not in (307, 308):
                    method, body = "GET", None
            url = self._checked(source, str(url.join(URL(target))), "redirect")
        raise FetchFailed("redirect", f"{source.id}: more than {self._limits.redirects} redirects")

    def _checked(self, source: Source, text: str, kind: str) -> URL:
        """The URL, when it is https on the default port of a declared host and names nobody."""
        url = URL(text)
        plain = url.scheme == "https" and url.explicit_port in (None, 443) and url.user is None
        if not plain or url.host not in source.hosts:
            where = f"{url.scheme}://{url.host}"
            raise FetchFailed(kind, f"{source.id}: {where} is not a host that this source declares over https")
        return url.with_fragment(None)

    def _send(
        self, method: str, url: URL, headers: Mapping[str, str], body: bytes | None
    ) -> aiohttp.client._RequestContextManager:
        target, headers = self._mapped(url, headers)
        if not self._policy.allows_scheme(target.scheme):
            raise AddressRefused(f"{target.scheme} is not allowed")
        return self._open().request(
            method, target, headers=headers, data=body, allow_redirects=False, raise_for_status=False
        )

    def _mapped(self, url: URL, headers: Mapping[str, str]) -> tuple[URL, Mapping[str, str]]:
        base = self._hosts.get(url.host or "")
        if base is None:
            return url, headers
        return URL(base).join(url.relative()), {**headers, "Host": str(url.host)}

    async def _answer(self, response: aiohttp.ClientResponse, url: URL, now: datetime) -> Answer:
        data = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            data += chunk
            if len(data) > self._limits.size:
                response.close()
                raise FetchFailed("too_large", f"{url.host}: the answer is larger than {self._limits.size} bytes")
        body = Body(bytes(data), status=response.status, content_type=response.headers.get("Content-Type", ""))
        return Answer(body, str(url), retry_at(response.headers.get("Retry-After"), now))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=self._resolver,
                    use_dns_cache=False,
                    limit_per_host=1,
                    socket_factory=self._socket,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
            )
        return self._session

    def _socket(self, info: tuple[Any, ...]) -> socket.socket:
        """The socket of one connect, made only for an address that the policy allows."""
        family, kind, protocol, _, address = info
        if not self._policy.allows_address(address[0]):
            raise AddressRefused(f"it resolves to {address[0]}, which is not on the public internet")
        return socket.socket(family, kind, protocol)


def _kind(fault: BaseException) -> str:
    if isinstance(fault, aiohttp.ClientConnectorDNSError):
        return "dns"
    if isinstance(fault, aiohttp.ClientSSLError):
        return "tls"
    return "network"
