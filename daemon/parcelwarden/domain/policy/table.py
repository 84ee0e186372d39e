"""One table of a pack, read key by key: a missing, wrong or unknown key is a `PackError` that names its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from parcelwarden.domain.errors import PackError

_NONE: Any = object()


class Table:
    """A table under its place in a pack, e.g. `windows[2].opens`. Every method raises `PackError`."""

    def __init__(self, pack: str, where: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise PackError(pack, where or "the file", "a table")
        self.pack, self.where, self.data = pack, where, data
        self._read: set[str] = set()

    def fault(self, key: str, expected: str) -> PackError:
        """The error that says what was expected at a key."""
        return PackError(self.pack, self._place(key), expected)

    def has(self, key: str) -> bool:
        """Whether the key stands here."""
        return key in self.data

    def text(self, key: str, default: str = _NONE, among: frozenset[str] | None = None) -> str:
        """A text that is not empty, out of a set where one is given."""
        value = self._value(key, default)
        if not isinstance(value, str) or (not value.strip() and value is not default):
            raise self.fault(key, "a text that is not empty")
        if among is not None and value not in among:
            raise self.fault(key, f"one of {', '.join(sorted(among))}, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = _NONE) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
            raise self.fault(key, "a list of texts")
        return tuple(value)

    def number(self, key: str, low: int, high: int, default: int = _NONE) -> int:
        """A whole number within bounds."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.fault(key, f"a whole number from {low} to {high}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it does not stand."""
        value = self._value(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "true or false")
        return value

    def day(self, key: str) -> date:
        """A date, written without quotation marks."""
        value = self._value(key, _NONE)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, "a date such as 2020-05-24, without quotation marks")
        return value

    def maybe_day(self, key: str) -> date | None:
        """A date, or None where it does not stand."""
        return self.day(key) if self.has(key) else None

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self.pack, self._place(key), self._value(key, _NONE))

    def tables(self, key: str) -> list[Table]:
        """A list of tables; empty where it does not stand."""
        value = self._value(key, [])
        if not isinstance(value, list | tuple):
            raise self.fault(key, "a list of tables")
        return [Table(self.pack, f"{self._place(key)}[{n}]", item) for n, item in enumerate(value)]

    def free(self, key: str) -> Mapping[str, Any]:
        """A table whose keys are not fixed; empty where it does not stand."""
        value = self._value(key, {})
        if not isinstance(value, Mapping):
            raise self.fault(key, "a table")
        return value

    def done(self) -> None:
        """Refuse what nobody asked for: a misspelt condition must not pass as none."""
        for key in self.data:
            if key not in self._read:
                raise self.fault(str(key), f"no such key; known here: {', '.join(sorted(self._read))}")

    def _value(self, key: str, default: Any) -> Any:
        self._read.add(key)
        value = self.data.get(key, default)
        if value is _NONE:
            raise self.fault(key, "a value; it is missing")
        return value

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
