"""From bytes and query strings to checked values. Whatever is not exactly what was declared is refused with its field.

JSON is read by the standard library, because only it can say that a key stands twice (msgspec takes the last one);
the shape is then checked by msgspec.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from types import GenericAlias
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import Param
from parcelwarden.api.shapes import Empty

MOST_PARAMETERS = 200


def body(data: bytes, shape: type | None) -> Any:
    """The body as its declared shape; nothing is read as an empty object. Raises `Denied` (400)."""
    return shaped(parsed(data) if data else {}, shape)


def shaped(value: Any, shape: type | None) -> Any:
    """A JSON value as its declared shape (None: an empty object). Raises `Denied` (400) naming the field."""
    try:
        return msgspec.convert(value, shape or Empty, strict=True)
    except msgspec.ValidationError as fault:
        from parcelwarden.api.expected import refusal

        field, message = refusal(str(fault), shape or Empty, value)
        raise Denied("invalid", message, field=field) from None


def parsed(data: bytes) -> Any:
    """Strict JSON: UTF-8, no key twice, no NaN or infinity, no lone surrogate, no depth that cannot be read. Raises
    `Denied` (400)."""
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite, parse_int=_short
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError:
        raise Denied("bad_request", "the body is not UTF-8") from None
    except UnicodeEncodeError:
        raise Denied("bad_request", "the body holds half of a surrogate pair") from None
    except RecursionError:
        raise Denied("bad_request", "the body is nested too deep") from None
    except json.JSONDecodeError as fault:
        raise Denied("bad_request", f"the body is not JSON: {fault.msg} at character {fault.pos}") from None
    return value


def query(text: str, params: Sequence[Param]) -> dict[str, Any]:
    """The query string as declared: unknown or doubled parameters are refused, absent ones get their default, a
    repeated one is a tuple. Raises `Denied` (400) naming the parameter."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except (ValueError, UnicodeDecodeError):
        raise Denied("bad_request", "the query string cannot be read") from None
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return chosen(given, params)


def chosen(given: Mapping[str, Sequence[str]], params: Sequence[Param]) -> dict[str, Any]:
    """Already split parameters as declared; see `query`."""
    declared = {p.name: p for p in params}
    for name in given:
        if name not in declared:
            known = ", ".join(declared) or "none"
            raise Denied("bad_request", f"{name[:40]}: no such parameter; known here: {known}", field=name[:40])
    return {name: _values(param, given.get(name, ())) for name, param in declared.items()}


def _values(param: Param, texts: Sequence[str]) -> Any:
    if not texts:
        return () if param.repeated and param.default is None else param.default
    if len(texts) > 1 and not param.repeated:
        raise Denied("bad_request", f"{param.name}: given more than once", field=param.name)
    kind = GenericAlias(tuple, (param.type, ...)) if param.repeated else param.type
    value = texts if param.repeated else texts[0]
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as fault:
        from parcelwarden.api.expected import refusal

        _, message = refusal(str(fault), kind, value)
        raise Denied("invalid", f"{param.name}{message.removeprefix('body')}", field=param.name) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise Denied("bad_request", f"the key {twice[:40]!r} stands twice", field=twice[:40])
    return found


def _no_constant(name: str) -> Any:
    raise Denied("bad_request", f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Denied("bad_request", "a number is too large")
    return value


def _short(text: str) -> int:
    if len(text) > 18:
        raise Denied("bad_request", "a number is too large")
    return int(text)
