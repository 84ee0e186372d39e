"""A redacted sample keeps the structure and nothing else. Bodies are constructed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers import Asked, Body, Outcome, read, source
from parcelparsers.sample import classed, sample
from support.cases import all_cases

SECRETS = ("Persona", "Inventata", "INVENTATA", "LP00190000000017", "someone", "Firsttown", "28001", "172", "2026")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-02 10:00:00", "date time"),
        ("02.03.2026", "date"),
        ("Delivered to Persona Inventata", "word word word word"),
        ("LP00190000000017", "word00000000000000"),
        ("OUT_FOR_DELIVERY", "OUT_FOR_DELIVERY"),
        ("someone@example.org", "word@word.word"),
        ("派送中 5", "word 0"),
        ("INVENTATA", "word"),
        ("", ""),
    ],
)
def test_values_give_way_to_their_class(text: str, shown: str) -> None:
    assert classed(text) == shown


def test_json_keeps_its_names() -> None:
    raw = {"module": [{"mailNo": "LP00190000000017", "time": 1772442000000, "ok": True, "none": None, "part": 1.5,
                       "desc": "[Firsttown] Delivered to Persona Inventata", "LP00190000000017": {"zip": "28001"}}],
           "status": "DELIVERED", "signedBy": "INVENTATA"}  # fmt: skip
    text = sample(Body(json.dumps(raw).encode()))
    shown = json.loads(text)
    assert list(shown) == ["module", "status", "signedBy"]
    assert list(shown["module"][0]) == ["mailNo", "time", "ok", "none", "part", "desc", "word00000000000000"]
    assert (shown["status"], shown["module"][0]["time"]) == ("DELIVERED", 1000000000000)
    assert not [secret for secret in SECRETS if secret in text]


def test_markup_keeps_tags_and_classes() -> None:
    page = (
        "<!doctype html><html><head><title>Persona</title><script>var a = 'LP00190000000017'</script></head><body>"
        "<!-- Inventata --><div class='row x28001' data-name='Persona' id='n2026x1'><a href='/t?n=LP00190000000017'>"
        "2 Mar 2026</a><input value='Persona'></div></body></html>"
    )
    text = sample(Body(page.encode()))
    assert re.search(r'<div class="row word00000" id="word0000word0">', text)
    assert "<a>0 word 0000</a>" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_xml_keeps_tags() -> None:
    raw = b"<?xml version='1.0'><r/>"
    assert "word" in sample(Body(raw)) or sample(Body(raw))
    good = b"<?xml version='1.0'?><Track n='LP00190000000017'><Date>2026-03-02</Date><Who>Persona &lt;x></Who></Track>"
    text = sample(Body(good))
    assert text.splitlines()[1:3] == [" <Date>date</Date>", " <Who>word &lt;word></Who>"]
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("case", [c for c in all_cases() if c.name in ("delivered", "in_transit")], ids=str)
def test_no_number_and_no_date_of_a_case_is_left(case: object) -> None:
    text = sample(case.body)
    assert not [number for number in case.asked.numbers if number.casefold() in text.casefold()]
    assert not re.search(r"20[12]\d[-/.]\d\d[-/.]\d\d", text)


def test_a_sample_can_be_given_to_its_reader_again() -> None:
    case = next(c for c in all_cases() if (c.source, c.name) == ("cainiao", "delivered"))
    again = read(source("cainiao"), Body(sample(case.body).encode()), Asked(()))
    assert again.outcome in (Outcome.FOUND, Outcome.UNREADABLE)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_sample(data: bytes) -> None:
    assert isinstance(sample(Body(data)), str)
