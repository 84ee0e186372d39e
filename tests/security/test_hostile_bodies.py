"""S35: whatever bytes come, every source answers with a reading, in time. Bodies are random or the project's own constructed
cases, mutated."""

from __future__ import annotations

import random
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parcelparsers.carriers
from parcelparsers import Asked, Body, Outcome, Reading, read, source_ids
from parcelparsers.markup import soup
from parcelparsers.registry import source

CASES = Path(parcelparsers.carriers.__file__ or "").parent / "cases"
SECONDS = 1.0
soup("<p>")  # what is imported on the first page is no part of the time of a reading
TYPES = (
    "application/json",
    "text/html; charset=utf-8",
    "text/xml",
    "text/plain",
    "",
    "image/png",
    "text/html; charset=x",
)
SPICE = (b"\0", b"\xff\xfe", b"{}", b"[]", b"null", b"<", b"<script>", b"]]>", b"&#0;", b"-1", b"1e999", b'"', b"\xe2\x80\xae",
         b"[" * 2000, b"<a>" * 2000, b"9" * 400, b"2026-02-30", b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>")  # fmt: skip


@cache
def bodies(source_id: str) -> tuple[bytes, ...]:
    """The constructed bodies of a source's cases."""
    folder = CASES / source_id
    found = sorted(p for p in folder.glob("*") if p.is_file() and not p.name.endswith(".expected.json"))
    return tuple(p.read_bytes() for p in found) or (b"{}",)


def mutated(data: bytes, seed: int) -> bytes:
    """The same bytes with a few cuts, doublings and foreign pieces."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        a, b = sorted(chance.choices(range(len(data) + 1), k=2))
        b = min(b, a + chance.choice((1, 8, 200)))
        data = chance.choice(
            (data[:a] + data[b:], data[:b] + data[a:b] + data[b:], data[:a] + chance.choice(SPICE) + data[b:], data[:b])
        )
    return data


def survives(source_id: str, data: bytes, content_type: str, status: int) -> None:
    body = Body(data, status=status, content_type=content_type)
    begun = time.process_time()
    reading = read(source(source_id), body, Asked(("RR123456785CN",)))
    took = time.process_time() - begun
    assert isinstance(reading, Reading)
    assert isinstance(reading.outcome, Outcome)
    assert (reading.outcome is Outcome.FOUND) == bool(reading.parcels)
    assert took < SECONDS, f"{took:.2f} s"


@pytest.mark.slow
@pytest.mark.parametrize("source_id", source_ids())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 2**32),
    pick=st.integers(0, 1000),
    kind=st.sampled_from(TYPES),
    status=st.sampled_from((200, 200, 404, 503)),
)
def test_s35_mutated_bodies(source_id: str, seed: int, pick: int, kind: str, status: int) -> None:
    known = bodies(source_id)
    survives(source_id, mutated(known[pick % len(known)], seed), kind, status)


@pytest.mark.parametrize("source_id", source_ids())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=2000), kind=st.sampled_from(TYPES), status=st.sampled_from((200, 404, 503)))
def test_s35_random_bytes(source_id: str, data: bytes, kind: str, status: int) -> None:
    survives(source_id, data, kind, status)
