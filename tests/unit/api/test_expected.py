"""Refusals say what was expected, and name what is known. All input is constructed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parcelwarden.api.problems import Denied
from parcelwarden.api.reading import body, query
from parcelwarden.api.resources.orders import FILTERS
from parcelwarden.api.routes import TABLE
from parcelwarden.api.shapes import CaptureInput, ClientInput, OrderInput, OrderPatch, PairInput, SettingsInput


def refused(given: Any, shape: type) -> Denied:
    with pytest.raises(Denied) as told:
        body(json.dumps(given).encode(), shape)
    return told.value


@pytest.mark.parametrize(
    ("given", "shape", "field", "said"),
    [
        ({"recieved_at": "2026-01-01"}, OrderPatch, "recieved_at", ["no such field", "mean received_at?"]),
        ({"dispute": {"opened": 1}}, OrderPatch, "dispute.opened", ["mean opened_at?", "closed_by"]),
        ({"paid_at": 5}, OrderPatch, "paid_at", ["a date YYYY-MM-DD, an instant", "got 5"]),
        ({"logistics": "odd"}, OrderPatch, "logistics", ["one of abnormal, normal", "got 'odd'"]),
        ({"free_return": "yes"}, OrderPatch, "free_return", ["true or false", "got 'yes'"]),
        ({"marketplace": "ali express", "order_id": "1"}, OrderInput, "marketplace", ["such as aliexpress"]),
        ({"marketplace": "aliexpress", "order_id": "a/b"}, OrderInput, "order_id", ["slashes"]),
        ({"marketplace": "aliexpress"}, OrderInput, "order_id", ["is missing", "an order number"]),
        ({"marketplace": "a", "order_id": "1", "numbers": [5]}, OrderInput, "numbers[0]", ["a tracking number"]),
        ({"": 1}, SettingsInput, None, ["no such field", "quiet_hours"]),
        ([], OrderInput, None, ["body: expected an object with"]),
        ({"lead_hours": [0]}, SettingsInput, "lead_hours[0]", ["a whole number of 1 to 720", "got 0"]),
        ({"quiet_hours": {"from": "25:00", "until": "08:00"}}, SettingsInput, "quiet_hours.from", ["such as 22:00"]),
        ({"name": "x", "scopes": []}, ClientInput, "scopes", ["a list of at least 1", "read, relay, write"]),
        ({"code": "abc", "name": "x"}, PairInput, "code", ["the eight digits"]),
        ({"kind": "page", "url": "", "form": "text", "body": ""}, CaptureInput, "kind", ["order_list"]),
    ],
)  # fmt: skip
def test_a_refusal_says_what_was_expected(given: Any, shape: type, field: str | None, said: list[str]) -> None:
    fault = refused(given, shape)
    assert (fault.code, fault.field) == ("invalid", field)
    assert fault.message.startswith(f"{field or 'body'}: ")
    for words in said:
        assert words in fault.message
    for jargon in ("regex", "`str`", "Object ", "UnsetType", "^["):
        assert jargon not in fault.message


def test_a_code_is_not_repeated() -> None:
    assert "99999" not in refused({"code": "99999", "name": "x"}, PairInput).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limit=900", "limit: expected a whole number of 1 to 200"),
        ("limit=x", "limit: expected a whole number of 1 to 200, got 'x'"),
        ("urgency=foo", "urgency: expected one of info, notice, warning, critical, got 'foo'"),
        ("marketplace=a%20b", "marketplace: expected a marketplace such as aliexpress"),
        ("nope=1", "nope: no such parameter; known here: limit, cursor"),
    ],
)
def test_a_refused_parameter_says_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(Denied) as told:
        query(text, FILTERS)
    assert told.value.message.startswith(said)


@pytest.mark.parametrize("value", [None, 5, True, "x" * 5000, "\x00", [], {}, [[]], {"a": {}}])
def test_every_declared_body_refuses_in_words(value: Any) -> None:
    """Whatever is put into whatever field of whatever route: an answer or a sentence, never another exception."""
    for route in TABLE.routes:
        for name in ("zz", *getattr(route.body, "__struct_encode_fields__", ())):
            try:
                body(json.dumps({name: value}).encode(), route.body)
            except Denied as fault:
                assert fault.message
                assert "something else" not in fault.message
                assert "regex" not in fault.message
