"""What a declared shape expects at a place, said to people: the library's own complaint names regular expressions and
types of Python, and neither what is known nor what to do. Used only once something was refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import msgspec
from msgspec import inspect

_WHERE = re.compile(r" - at `\$\.?(.*)`$")
_NAMED = re.compile(r"field `([^`]*)`")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
_NO_LINE_END = r"(?!\n)"
SHOWN = 60
"""Characters of a refused value that are repeated."""
SECRET = frozenset({"code", "body", "token"})
"""Fields whose value is not repeated."""
_GONE: Any = object()


def refusal(complaint: str, shape: Any, value: Any) -> tuple[str | None, str]:
    """The dotted name of the field (None: the whole), and the sentence that begins with it. `complaint` is the
    library's message on converting `value` to `shape`."""
    at = _WHERE.search(complaint)
    path = at[1] if at else ""
    named = _NAMED.search(complaint)
    holder, given = _walk(inspect.type_info(shape), value, path)
    if named is None:
        name = path or None
        return name, f"{name or 'body'}: expected {said(holder)}{_got(name, given)}"
    name = f"{path}.{named[1]}" if path else named[1]
    if "unknown" in complaint:
        return name or None, f"{name or 'body'}: no such field{_known(holder, named[1])}"
    missing, _ = _walk(holder, _GONE, named[1])
    return name, f"{name}: is missing; expected {said(missing)}"


def said(kind: inspect.Type | None) -> str:
    """A type in words."""
    match kind:
        case inspect.Metadata():
            return (kind.extra_json_schema or {}).get("description") or said(kind.type)
        case inspect.UnionType():
            return " or ".join(dict.fromkeys(said(each) for each in kind.types if not _is_nothing(each)))
        case inspect.StrType():
            return _text(kind)
        case inspect.IntType():
            return "a whole number" + _bounds(kind.ge, kind.le)
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType():
            return f"one of {', '.join(map(str, kind.values))}"
        case inspect.EnumType():
            return f"one of {', '.join(str(each.value) for each in kind.cls)}"
        case inspect.VarTupleType() | inspect.ListType():
            return f"a list{_bounds(kind.min_length or None, kind.max_length)}, each {said(kind.item_type)}"
        case inspect.StructType():
            return f"an object with {', '.join(_names(kind))}" if kind.fields else "an empty object"
    return "something else"


def _text(kind: inspect.StrType) -> str:
    if kind.pattern:
        return f"a text of the form {kind.pattern.removesuffix(_NO_LINE_END)}"
    return "a text" + (_bounds(kind.min_length, kind.max_length) + " characters" if kind.max_length else "")


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f" of {low} to {high}"
    if high is not None:
        return f" of at most {high}"
    return "" if low is None else f" of at least {low}"


def _is_nothing(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.NoneType) or (
        isinstance(kind, inspect.CustomType) and kind.cls is msgspec.UnsetType
    )


def _names(kind: inspect.StructType) -> Sequence[str]:
    return [field.encode_name for field in kind.fields]


def _known(kind: inspect.Type | None, name: str) -> str:
    kind = _bare(kind)
    if not isinstance(kind, inspect.StructType) or not kind.fields:
        return "; nothing is expected here"
    close = get_close_matches(name, _names(kind), 1)
    return (f"; did you mean {close[0]}?" if close else ";") + f" Known here: {', '.join(sorted(_names(kind)))}"


def _bare(kind: inspect.Type | None) -> inspect.Type | None:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        return next((_bare(each) for each in kind.types if not _is_nothing(each)), None)
    return kind


def _walk(kind: inspect.Type | None, value: Any, path: str) -> tuple[inspect.Type | None, Any]:
    """The type and the value at a path such as `dispute.opened_at` or `scopes[0]`."""
    for name, index in _STEP.findall(path):
        kind = _bare(kind)
        if index and isinstance(kind, inspect.VarTupleType | inspect.ListType):
            kind = kind.item_type
            value = value[int(index)] if isinstance(value, list | tuple) and int(index) < len(value) else _GONE
        elif isinstance(kind, inspect.StructType):
            kind = next((field.type for field in kind.fields if field.encode_name == name), None)
            value = value.get(name, _GONE) if isinstance(value, dict) else _GONE
        else:
            return None, _GONE
    return kind, value


def _got(name: str | None, value: Any) -> str:
    if value is _GONE or (name or "").rpartition(".")[2] in SECRET:
        return ""
    if isinstance(value, dict | list):
        return ", got an object" if isinstance(value, dict) else ", got a list"
    shown = {None: "null", True: "true", False: "false"}.get(value) if isinstance(value, bool | None) else repr(value)
    return f", got {shown}" if shown and len(shown) <= SHOWN else ""
