"""Strict JSON, queries and paths, by property. All input is generated or constructed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from parcelwarden.api.head import Head
from parcelwarden.api.own import Own, is_extension
from parcelwarden.api.problems import Denied
from parcelwarden.api.reading import body, parsed, query
from parcelwarden.api.routes import TABLE
from parcelwarden.api.routing import Param
from parcelwarden.api.shapes import Empty, OrderPatch, PairInput

SCALARS = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    SCALARS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_proper_json_is_read_as_it_is(value: Any) -> None:
    try:
        text = json.dumps(value).encode()
        text.decode().encode()
    except UnicodeError:
        return
    try:
        assert parsed(text) == value
    except Denied as fault:
        assert "surrogate" in fault.message


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parsed(data)
    except Denied as fault:
        assert fault.code == "bad_request"


@pytest.mark.parametrize("text", ["{}", '{"a":1}', "[1,2]", '{"a":{"b":1},"c":{"b":2}}', '"\\ud83d\\ude00"'])
def test_the_same_key_in_two_objects_is_no_double(text: str) -> None:
    assert parsed(text.encode()) == json.loads(text)


def test_a_field_is_named_where_it_stands() -> None:
    with pytest.raises(Denied) as told:
        body(b'{"dispute":{"closed_by":"me"}}', OrderPatch)
    assert told.value.field == "dispute.closed_by"
    with pytest.raises(Denied) as told:
        body(b"", PairInput)
    assert told.value.field == "code"
    with pytest.raises(Denied) as told:
        body(b'{"x":1}', None)
    assert told.value.field == "x"


@given(st.text(max_size=60))
def test_queries_are_read_or_refused(text: str) -> None:
    params = (Param("n", int, "a number", default=3), Param("t", str, "texts", repeated=True))
    try:
        found = query(text, params)
    except Denied as fault:
        assert fault.code in ("bad_request", "invalid")
    else:
        assert isinstance(found["n"], int)
        assert isinstance(found["t"], tuple)


@given(st.text(alphabet="/v1orders.%20Af;?#\\", max_size=30))
def test_no_odd_path_finds_a_fixed_route(path: str) -> None:
    hit = TABLE.find("GET", path)
    if hit and not hit.route.names:
        assert hit.route.path == path


class NoHeaders:
    def getall(self, key: str, default: Any) -> Any:
        return default


@pytest.mark.parametrize(
    ("target", "path", "asked"),
    [("/v1/orders?a=b?c", "/v1/orders", "a=b?c"), ("/v1/orders", "/v1/orders", ""), ("*", "*", "")],
)
def test_a_target_is_taken_apart(target: str, path: str, asked: str) -> None:
    head = Head("GET", target, "127.0.0.1", NoHeaders())
    assert (head.path, head.query, head.bearer, head.has_body) == (path, asked, None, False)


@pytest.mark.parametrize(
    ("origin", "is_one"),
    [
        ("chrome-extension://abcdefghijklmnopabcdefghijklmnop", True),
        ("moz-extension://0b7c1f2e-1111-4222-8333-444455556666", True),
        ("chrome-extension://abc.evil", False),
        ("chrome-extension://abc/", False),
        ("chrome-extension://", False),
        ("chrome-extension://abc\n", False),
        ("xchrome-extension://abc", False),
        ("https://chrome-extension", False),
        ("null", False),
    ],
)
def test_what_an_extension_calls_itself(origin: str, is_one: bool) -> None:
    assert is_extension(origin) is is_one


def test_our_own_names() -> None:
    own = Own(8377)
    assert own.hosts == {"127.0.0.1:8377", "localhost:8377", "[::1]:8377"}
    assert own.origins == {f"http://{host}" for host in own.hosts}
    assert own.page in own.origins


def patterned(kind: inspect.Type, path: str = "", seen: frozenset[Any] = frozenset()) -> Iterator[tuple[str, str]]:
    """Every pattern in a type, by its place."""
    match kind:
        case inspect.StrType() if kind.pattern:
            yield path, kind.pattern
        case inspect.Metadata():
            yield from patterned(kind.type, path, seen)
        case inspect.UnionType():
            for each in kind.types:
                yield from patterned(each, path, seen)
        case inspect.VarTupleType():
            yield from patterned(kind.item_type, f"{path}[]", seen)
        case inspect.StructType() if kind.cls not in seen:
            for each in kind.fields:
                yield from patterned(each.type, f"{path}.{each.encode_name}", seen | {kind.cls})


FITTING = ("aliexpress", "aliexpress/1", "12345678", "22:00", "en", "a" * 16, "a" * 8, "a" * 64)
PATTERNS = sorted(
    {
        (f"{route.method} {route.path} {path}", pattern)
        for route in TABLE.routes
        for kind in (route.body or Empty, *(param.type for param in route.params))
        for path, pattern in patterned(inspect.type_info(kind))
    }
)


@pytest.mark.parametrize(("place", "pattern"), PATTERNS, ids=[place for place, _ in PATTERNS])
def test_no_pattern_lets_a_line_end_through(place: str, pattern: str) -> None:
    """`$` alone would: a name of two lines in a log, a header or a calendar."""
    kind = Annotated[str, msgspec.Meta(pattern=pattern)]
    known = next(text for text in FITTING if _fits(text, kind))
    assert not _fits(f"{known}\n", kind)


def _fits(text: str, kind: Any) -> bool:
    try:
        msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return False
    return True
