"""The channel that posts to an address of the user's: JSON, signed with a shared secret. Retried by the outbox."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from parcelwarden import __version__
from parcelwarden.adapters.notifiers.common import APP, plain
from parcelwarden.services.ports import Note, NotifyFailed

SIGNATURE = "X-Parcelwarden-Signature"
"""`sha256=` and the HMAC-SHA-256 (hex) of the body, its key the secret in UTF-8."""
REFUSED = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
"""Answers that another try without a change does not alter."""


def reachable(url: str) -> bool:
    """Whether the address is https, or http on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _loopback(host))


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def body_of(note: Note) -> bytes:
    """The JSON that is posted: `{"alert", "title", "text", "severity", "order"}`."""
    told: dict[str, Any] = {
        "alert": note.alert_id,
        "title": plain(note.title, lines=False),
        "text": plain(note.body),
        "severity": note.severity,
        "order": note.replaces,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def signature(secret: str, body: bytes) -> str:
    """The value of the signature's header."""
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


class WebhookNotifier:
    """Posts each note; confirmed by an answer 2xx. Redirects are not followed, no answer is read."""

    name = "webhook"

    def __init__(self, url: str, secret: str | None = None, *, timeout: float = 15.0) -> None:
        self._url = url
        self._secret = secret
        self._timeout = timeout
        self._session: Any = None

    async def send(self, note: Note) -> bool:
        """Post it once. Raises `NotifyFailed` without the address's path, which may hold a key."""
        import aiohttp

        body = body_of(note)
        headers = {"Content-Type": "application/json", "User-Agent": f"{APP}/{__version__}"}
        if self._secret:
            headers[SIGNATURE] = signature(self._secret, body)
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._session.post(self._url, data=body, headers=headers, allow_redirects=False)
                answer.release()
        except TimeoutError as fault:
            raise NotifyFailed(f"the webhook at {self._host} did not answer in {self._timeout:g} s") from fault
        except (aiohttp.ClientError, OSError) as fault:
            raise NotifyFailed(f"the webhook at {self._host} cannot be reached: {type(fault).__name__}") from fault
        if not 200 <= answer.status < 300:
            permanent = answer.status in REFUSED or 300 <= answer.status < 400
            raise NotifyFailed(f"the webhook at {self._host} answered {answer.status}", permanent=permanent)
        return True

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def _host(self) -> str:
        return urlsplit(self._url).hostname or "?"
