"""Opaque cursors: the sort key of the last row shown, as text that a caller hands back unread."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from parcelwarden.services.errors import Invalid


def write(*key: int) -> str:
    """The cursor after the row with this sort key."""
    return urlsafe_b64encode(".".join(map(str, key)).encode()).decode().rstrip("=")


def read(cursor: str, parts: int) -> list[int]:
    """The sort key in a cursor. Raises `Invalid`."""
    try:
        text = urlsafe_b64decode(cursor[:200] + "=" * (-len(cursor[:200]) % 4)).decode()
        key = [int(part) for part in text.split(".")]
    except ValueError:
        key = []
    if len(key) != parts or any(abs(part) >= 1 << 62 for part in key):
        raise Invalid("cursor: not one that this list gave; begin again without it", field="cursor")
    return key
