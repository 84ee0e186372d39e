"""The header fields of every reply, errors included. There is no CORS header, ever."""

from __future__ import annotations

from collections.abc import Mapping

FIXED: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Server": "parcelwarden",
}
"""Source: `SECURITY.md` §4; `Server` keeps the library's versions to ourselves."""
