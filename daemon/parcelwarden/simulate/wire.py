"""Sentences that a program reads back: the codes and dates of a note, one line each. `catalogue` is handed to the
services in the place of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

DATES = ("opens_at", "act_by", "last_safe_at", "delivery_end", "due_at", "paypal_until", "ends_at")
"""The dates that a line may name, each to the minute."""
LEFT = "left"
FRAME: Mapping[str, object] = {
    "months": tuple(f"{month:02}" for month in range(1, 13)),
    "instant": "{year} {month} {day} {time} {zone}",
    "day": "{year} {month} {day} 00:00 UTC",
    "titled": "{text}",
    "left": f"{{text}}|{LEFT}={{left}}",
    "remark": "{text}",
}
"""How a catalogue of such sentences writes dates and the time left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its code, its dates, whether it says that there is time left."""

    code: str
    dates: tuple[tuple[str, datetime], ...]
    left: bool = False

    def get(self, name: str) -> datetime | None:
        """One date, None when it is not named."""
        return next((at for key, at in self.dates if key == name), None)


def template(code: str) -> str:
    """The text of a code in the catalogue."""
    return code + "".join(f"[|{name}={{{name}}}]" for name in DATES)


def lines(body: str, zone: str) -> tuple[Line, ...]:
    """The lines of a note that was written in this zone."""
    return tuple(_line(text, zone) for text in body.split("\n"))


@lru_cache(maxsize=4096)
def _line(text: str, zone: str) -> Line:
    code, *pairs = text.split("|")
    named = dict(pair.split("=", 1) for pair in pairs)
    left = named.pop(LEFT, None) is not None
    return Line(code, tuple((name, _instant(value, zone)) for name, value in named.items()), left)


def _instant(text: str, zone: str) -> datetime:
    year, month, day, clock, name = text.split(" ")
    hour, minute = clock.split(":")
    at = datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=ZoneInfo(zone))
    return (at if at.tzname() == name else at.replace(fold=1)).astimezone(UTC)
