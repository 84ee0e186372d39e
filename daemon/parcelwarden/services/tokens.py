"""Secrets as the daemon makes and keeps them: 256 bits from the system, remembered only as SHA-256 (hex)."""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_PREFIX = "pw_"  # noqa: S105  what tokens begin with, so that logs can mask them and scanners find them


def new_token() -> str:
    """A fresh token: `pw_` and 43 URL-safe characters (256 bits)."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def new_digits() -> str:
    """Eight random digits for a person to type."""
    return f"{secrets.randbelow(10**8):08d}"


def digest(secret: str) -> str:
    """The SHA-256 of a secret, as 64 hex characters."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that does not depend on where they differ."""
    return len(one) == len(other) == 64 and hmac.compare_digest(one, other)


def authentication(key: bytes, message: str) -> str:
    """The HMAC-SHA-256 of a message, as 64 hex characters."""
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
