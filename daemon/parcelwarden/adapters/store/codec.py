"""Structs to columns and back: instants as whole epoch seconds, enums by value, everything nested as JSON text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache, partial
from operator import attrgetter
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

S = TypeVar("S", bound=msgspec.Struct)
_encoder = msgspec.json.Encoder()


def seconds(instant: datetime | None) -> int | None:
    """Epoch seconds; a fraction is cut off."""
    return None if instant is None else int(instant.timestamp() // 1)


def seconds_up(instant: datetime | None) -> int | None:
    """Epoch seconds, never before the instant: for whatever becomes due."""
    return None if instant is None else -int(-instant.timestamp() // 1)


def moment(value: int) -> datetime:
    """The aware instant of epoch seconds."""
    return datetime.fromtimestamp(value, UTC)


def instant(value: int | None) -> datetime | None:
    """The same where there may be none."""
    return None if value is None else moment(value)


def json_text(value: Any) -> str:
    """A value as JSON text."""
    return _encoder.encode(value).decode()


def _bare(hint: Any) -> Any:
    """The type without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        rest = [arg for arg in get_args(hint) if arg is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


_moment: Callable[[int], datetime] = lru_cache(maxsize=2048)(partial(datetime.fromtimestamp, tz=UTC))
"""Kept for a while: rows of one order share few instants and are read again and again."""
Way = Callable[[Any], Any] | None


def _pair(hint: Any, up: bool) -> tuple[Way, Way]:
    """How a value becomes a column and back; None: as it is."""
    kind = _bare(hint)
    if kind is datetime:
        return (seconds_up if up else seconds), _moment
    if kind in (str, int):
        return None, None
    if kind is bool:
        return int, bool
    if isinstance(kind, type) and issubclass(kind, Enum):
        return attrgetter("value"), {member.value: member for member in kind}.__getitem__
    return json_text, msgspec.json.Decoder(hint).decode


class Codec(Generic[S]):
    """The columns of one struct, in its own order. `apart`: fields that the table keeps in another way."""

    def __init__(self, struct: type[S], *, apart: Sequence[str] = (), up: Sequence[str] = ()) -> None:
        hints = get_type_hints(struct)
        self.struct = struct
        self.names = tuple(name for name in struct.__struct_fields__ if name not in apart)
        pairs = [_pair(hints[name], name in up) for name in self.names]
        self._encode = [(place, encode) for place, (encode, _) in enumerate(pairs) if encode]
        self._decode = [(name, decode) for name, (_, decode) in zip(self.names, pairs, strict=True) if decode]
        self._values = attrgetter(*self.names)

    def columns(self, prefix: str = "") -> str:
        """The column list for a SELECT."""
        return ", ".join(prefix + name for name in self.names)

    def row(self, value: S) -> list[Any]:
        """The column values; None stays NULL."""
        row = list(self._values(value))
        for place, encode in self._encode:
            if (item := row[place]) is not None:
                row[place] = encode(item)
        return row

    def value(self, row: Sequence[Any], **apart: Any) -> S:
        """The struct of one row, which may go on after these columns. Raises `msgspec.ValidationError`, `LookupError`
        for an enum's value that is none."""
        fields = dict(zip(self.names, row, strict=False))
        for name, decode in self._decode:
            if (item := fields[name]) is not None:
                fields[name] = decode(item)
        return self.struct(**fields, **apart)

    def upsert(self, table: str, key: Sequence[str], more: Sequence[str] = ()) -> str:
        """`INSERT … ON CONFLICT DO UPDATE` for these columns and `more` after them. Names only from this program."""
        names = [*self.names, *more]
        holes = ", ".join("?" * len(names))
        sets = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
        return (
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({holes}) "  # noqa: S608
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"
        )
