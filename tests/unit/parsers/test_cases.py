"""Every source reads its constructed cases, and nothing but a reading comes out of damaged ones."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcelparsers import Asked, Body, Outcome, Reading, read, source, source_ids
from parcelparsers.answer import as_json
from support.cases import Case, all_cases, differences, shown

CASES = all_cases()
SOURCES = [source(i) for i in source_ids()]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert case.sidecar["source"] == "constructed"
    reading = read(source(case.source), case.body, case.asked)
    assert not differences(case.sidecar["expected"], shown(reading, case.asked.numbers))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_printed_answer_is_json(case: Case) -> None:
    printed = json.loads(as_json(read(source(case.source), case.body, case.asked)))
    assert list(printed) == ["outcome", "parcels"]
    for parcel in printed["parcels"]:
        keys = {"number", "state", "leg", "aliases", "flags", "eta", "service_line", "events"}
        assert set(parcel) == keys
        instants = [e["at"] for e in parcel["events"] if e["at"]]
        assert all(instant.endswith("Z") for instant in instants)


@pytest.mark.parametrize("source_id", sorted({c.source for c in CASES}))
def test_each_source_has_the_four_kinds_of_cases(source_id: str) -> None:
    outcomes = {c.sidecar["expected"]["outcome"] for c in CASES if c.source == source_id}
    assert "found" in outcomes
    assert outcomes & {"not_found", "blocked"}
    assert outcomes & {"unreadable", "blocked"}


@pytest.mark.parametrize("case", CASES, ids=str)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_damaged_cases_give_a_reading_in_time(case: Case, data: st.DataObject) -> None:
    body = bytearray(case.path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(body)))
        end = start + data.draw(st.integers(0, 40))
        body[start:end] = data.draw(st.binary(max_size=40) | st.sampled_from([b"null", b'"', b"}", b"[", b"0"]))
    _held(case.source, bytes(body), case.asked)


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=400)
    | st.text(max_size=200).map(str.encode)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_give_a_reading_in_time(body: bytes) -> None:
    for each in SOURCES:
        _held(each.id, body, Asked(("RX000000000CN",)))


def _held(source_id: str, body: bytes, asked: Asked) -> None:
    started = time.process_time()
    reading = read(source(source_id), Body(body), asked)
    assert time.process_time() - started < 1
    assert isinstance(reading, Reading)
    if reading.outcome is Outcome.FOUND:
        assert reading.parcels
    assert as_json(reading)
