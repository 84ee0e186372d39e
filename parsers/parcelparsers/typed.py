"""Typed reading of JSON: a shape is declared once, decoded fast, and a bad optional field costs only itself.

Only what a shape declares is kept, so personal data that is not declared is dropped by the decoder.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable

T = TypeVar("T")
field = msgspec.field
"""A default, or a name that the camel-case rule does not give: `field(default=None, name="FTrackNo")`."""
replace = msgspec.structs.replace
"""A copy of a value with some fields changed."""
_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Shape(msgspec.Struct, frozen=True, rename="camel"):
    """Base of the JSON shapes of sources: `mail_no` reads `mailNo`; a field with a default is optional."""


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=False)


def decode(body: Body, kind: type[T]) -> T:
    """The body as `kind`. Raises `Unreadable` where a mandatory field is missing or a list changed its
    shape.
    """
    try:
        decoded: T = _decoder(cast("Hashable", kind)).decode(body.data)
    except _FAULTS:
        return convert(body.json, kind)
    return decoded


def convert(raw: Any, kind: type[T], where: str = "body") -> T:
    """Decoded JSON as `kind`: an optional field of a wrong type falls to its default, all else is
    `Unreadable`. A number may stand for a text; a null in a list is nothing.

    A list is never optional in this sense, nor is an object that holds one: events must not vanish because one of
    them, or what they stand in, changed its shape.
    """
    try:
        return msgspec.convert(raw, kind, strict=False)
    except (msgspec.ValidationError, RecursionError):
        fitted: T = _fit(raw, kind, where)
        return fitted


def _fit(raw: Any, kind: Any, where: str) -> Any:
    kinds = [k for k in typing.get_args(kind) if k is not types.NoneType]
    if isinstance(kind, types.UnionType) and len(kinds) == 1:
        return None if raw is None else _fit(raw, kinds[0], where)
    if typing.get_origin(kind) is list and isinstance(raw, list):
        return [_fit(item, kinds[0], f"{where}[{n}]") for n, item in enumerate(raw) if item is not None]
    if kind is str and isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(kind, type) and issubclass(kind, Shape) and isinstance(raw, dict):
        return _fit_shape(raw, kind, where)
    try:
        return msgspec.convert(raw, kind, strict=False)
    except (msgspec.ValidationError, RecursionError) as fault:
        raise Unreadable(where, str(fault).removeprefix("Expected ")) from None


def _fit_shape(raw: dict[str, Any], kind: type[Shape], where: str) -> Shape:
    kept: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        if name not in raw:
            if field.required:
                raise Unreadable(f"{where}.{name}", "this field")
            continue
        try:
            kept[field.name] = _fit(raw[name], field.type, f"{where}.{name}")
        except Unreadable:
            if field.required or _may_not_vanish(raw[name], field.type):
                raise
    return kind(**kept)


def _may_not_vanish(raw: Any, kind: Any) -> bool:
    """Whether dropping this value could drop a list: it is one, or it is not empty and its type holds one at any
    depth. (An empty text or list where an object is wanted is how some sources write "nothing".)"""
    return _holds_list(kind) and (bool(raw) or "list[" in str(kind))


@cache
def _holds_list(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, Shape):
        return any(_holds_list(field.type) for field in msgspec.structs.fields(kind))
    return typing.get_origin(kind) is list or any(map(_holds_list, typing.get_args(kind)))
