"""One order while it is being read: for each field the strategies in turn, the first that holds wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from parcelparsers.marketplaces.dates import clean
from parcelparsers.page import Field, OrderReading, PageRule, Unread

Found = tuple[str, object]
"""A strategy and what it found, as printed."""

MOST_ORDERS = 300
"""More orders than any page shows at once; what is beyond is named in `unread`."""


class Draft:
    """Collects the fields of one order and what could not be read of it."""

    def __init__(self, marketplace: str, order_id: str) -> None:
        self.marketplace = marketplace
        self.order_id = order_id
        self.fields: dict[str, Field] = {}
        self.unread: list[Unread] = []
        self.rules: list[PageRule] = []

    def first(self, name: str, found: Iterable[Found], read: Callable[[str], Any], *, needed: bool = True) -> Any:
        """Set the field from the first found text that `read` makes a value of, and return the value.

        Where none holds the field stays unknown; when `needed` it is named in `unread` with the reason.
        """
        seen = ""
        for strategy, text in found:
            raw = clean(text) if isinstance(text, str) else str(text) if isinstance(text, int) else ""
            if not raw:
                continue
            if (value := read(raw)) not in (None, "", []):
                self.put(name, value, strategy, raw)
                return value
            seen = seen or raw
        if needed:
            self.miss(name, f"cannot be read: {seen[:60]!r}" if seen else "is not where it was on known pages")
        return None

    def put(self, name: str, value: object, strategy: str, raw: str = "") -> None:
        """Set a field that was read."""
        self.fields[name] = Field(value=value, strategy=strategy, raw=clean(raw))

    def miss(self, name: str, why: str) -> None:
        """Name a field that could not be read."""
        self.unread.append(Unread(field=name, why=why, order_id=self.order_id or None))

    def value(self, name: str) -> Any:
        """The value of a field read so far, None where it is unknown."""
        return self.fields[name].value if name in self.fields else None

    def reading(self) -> OrderReading:
        """The order as read."""
        return OrderReading(
            marketplace=self.marketplace,
            order_id=self.order_id,
            fields=dict(self.fields),
            rules=tuple(dict.fromkeys(self.rules)),
        )
