"""The page that the daemon serves: fixed files without data, read by name, never a directory."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

TYPES = {
    "index.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
SCRIPT = "text/javascript; charset=utf-8"
MODULES = (
    "alone.js",
    "app.js",
    "ask.js",
    "dates.js",
    "days.js",
    "dom.js",
    "forms.js",
    "history.js",
    "live.js",
    "login.js",
    "order.js",
    "order_acts.js",
    "orders.js",
    "pairing.js",
    "parcel.js",
    "paste.js",
    "settings.js",
    "sources.js",
    "words.js",
)
FILES = {**TYPES, **dict.fromkeys(MODULES, SCRIPT)}
"""Every file and its content type."""


@cache
def content(name: str) -> bytes:
    """The bytes of one of `FILES`."""
    return (files(__name__) / name).read_bytes()
