"""The words of one language, as a value. Read from a TOML file by an adapter; nothing here opens a file.

A text is a template: `{name}` is a param, a clause in `[square brackets]` falls away when one of its params
is unknown. A new language is a new file with the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from parcelwarden.domain.errors import PackError

PARAM = re.compile(r"\{(\w+)\}")
_CLAUSE = re.compile(r"\[([^\[\]]*)\]")


class Clause(NamedTuple):
    """A piece of a template: literal texts and param names in turn (odd places are names)."""

    parts: tuple[str, ...]
    optional: bool

    @property
    def params(self) -> tuple[str, ...]:
        """The names of its params."""
        return self.parts[1::2]


Template = tuple[Clause, ...]


class Units(msgspec.Struct, frozen=True):
    """One and many of each unit of time."""

    day: tuple[str, str]
    hour: tuple[str, str]
    minute: tuple[str, str]


class Buttons(msgspec.Struct, frozen=True):
    """What stands on the buttons of a note."""

    open: str
    done: str
    later: str


class _Said(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
    months: Annotated[tuple[str, ...], Meta(min_length=12, max_length=12)]
    instant: str
    day: str
    list: str
    titled: str
    left: str
    remark: str
    units: Units
    buttons: Buttons
    words: dict[str, dict[str, str]]


class _Tables(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    text: dict[str, str]
    lines: dict[str, str]
    remarks: dict[str, str]


class Catalogue(_Said, frozen=True, kw_only=True, cache_hash=True, eq=False):
    """One language. `texts` by code; `lines`, of which a list among the params is made, by theirs; `remarks` by the
    param that calls for them, in the order in which they are told; `words` by param name, then by value, with `other`
    for values without a word."""

    texts: Mapping[str, Template]
    lines: Mapping[str, Template]
    remarks: Mapping[str, Template]


def catalogue_of(tables: Mapping[str, Any], name: str) -> Catalogue:
    """The catalogue in parsed TOML. Raises `PackError` naming what is missing, unknown or of the wrong
    kind."""
    try:
        raw = msgspec.convert(tables, _Tables)
    except msgspec.ValidationError as fault:
        raise PackError(f"messages/{name}", str(fault).partition(" - at ")[2] or "the file", str(fault)) from fault
    for param, words in raw.words.items():
        if "other" not in words:
            raise PackError(f"messages/{name}", f"words.{param}", "a word for `other`")
    plain = {key: getattr(raw, key) for key in _Said.__struct_fields__}
    texts, lines, remarks = (_templates(each) for each in (raw.text, raw.lines, raw.remarks))
    return Catalogue(texts=texts, lines=lines, remarks=remarks, **plain)


def _templates(texts: Mapping[str, str]) -> dict[str, Template]:
    return {name: template(text) for name, text in texts.items()}


def template(text: str) -> Template:
    """A text cut into its clauses."""
    pieces = _CLAUSE.split(text)
    return tuple(
        Clause(tuple(PARAM.split(piece)), optional=place % 2 == 1) for place, piece in enumerate(pieces) if piece
    )
