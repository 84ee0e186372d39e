"""How commands speak: JSON as it is, tables and dates for people, foreign text made harmless for a terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

MARKS = {"critical": "!!", "warning": "! ", "notice": "· ", "info": "  ", "unknown": "? "}


def say(text: str = "") -> None:
    """Print a line for people."""
    click.echo(plain(text))


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def plain(text: str) -> str:
    """The text without what steers a terminal or turns its direction; line breaks stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def local(instant: str | datetime | None, otherwise: str = "unknown") -> str:
    """An instant in the user's zone, e.g. `Mon 8 Jun 2020 09:00 CEST`; what is unknown is said so."""
    if instant is None:
        return otherwise
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    here = at.astimezone()
    return f"{here:%a} {here.day} {here:%b %Y %H:%M %Z}"


def ago(instant: str | datetime | None, now: datetime) -> str:
    """How long ago, in one figure; `never` for None."""
    if instant is None:
        return "never"
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    seconds = max(0.0, (now - at).total_seconds())
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {name} ago"
    return "just now"


def table(rows: Sequence[Sequence[str]], head: Sequence[str] = ()) -> None:
    """Print rows in columns; the last column may run on."""
    whole = [[plain(cell).replace("\n", " ") for cell in row] for row in ([head] if head else []) + list(rows)]
    if not whole:
        return
    widths = [max(len(row[i]) for row in whole) for i in range(len(whole[0]))]
    for row in whole:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 order`, `2 orders`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
