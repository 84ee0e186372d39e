"""Bodies that carriers really sent, read in place: the same comparison as the reference scorer makes.

Each body counts on the most important point, its outcome or state, and on the number, dates and last text of
its events.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from contract.known_differences import KNOWN_DIFFERENCES
from parcelparsers import Asked, Body, Parcel, Reading, read_whatever, source, source_ids
from support import shared

METAS = sorted((shared.ROOT / "captures").glob("*/*.meta.json"))


def plain(text: object) -> str:
    return re.sub(r"\W+", " ", str(text or "")).strip().casefold()


def the_source(meta: Path) -> str:
    """Walls of no single carrier are read as any source would read them."""
    return "laposte" if meta.parent.name == "_blocked" else meta.parent.name


def the_body(meta: Path) -> Body:
    stem = meta.name.removesuffix(".meta.json")
    return Body(next(p for p in meta.parent.glob(stem + ".*") if not p.name.endswith(".meta.json")).read_bytes())


def the_parcel(reading: Reading, number: str | None) -> Parcel | None:
    named = [p for p in reading.parcels if number and plain(p.number) == plain(number)]
    return named[0] if named else reading.parcels[0] if len(reading.parcels) == 1 else None


def named(meta: Path) -> str:
    return f"{meta.parent.name}/{meta.name.removesuffix('.meta.json')}"


def known(meta: Path) -> tuple[pytest.MarkDecorator, ...]:
    """A difference that stands fails in the known way: when it no longer does, the list is wrong."""
    why = KNOWN_DIFFERENCES.get(named(meta))
    return (pytest.mark.xfail(reason=why, strict=True),) if why else ()


@pytest.mark.parametrize("meta", [pytest.param(m, id=named(m), marks=known(m)) for m in METAS])
def test_capture(meta: Path) -> None:
    if the_source(meta) not in source_ids():
        pytest.skip(f"no source {the_source(meta)} yet")
    expected = json.loads(meta.read_text("utf-8"))["expected"]
    number = expected.get("tracking_number")
    if isinstance(number, list):
        reading = read_whatever(source(the_source(meta)), the_body(meta), Asked(()))
        states = {plain(p.number): p.state for p in reading.parcels}
        assert {n: states.get(plain(n)) for n in number} == dict.fromkeys(number, expected["status"])
        return
    reading = read_whatever(source(the_source(meta)), the_body(meta), Asked((number,) if number else ()))
    parcel = the_parcel(reading, number)
    found = parcel.state if parcel and reading.outcome == "found" else reading.outcome
    assert found == expected["status"], reading.detail
    if parcel:
        _same_events(parcel, expected)


def _same_events(parcel: Parcel, expected: dict[str, Any]) -> None:
    events = parcel.events
    if not expected.get("n_events"):
        return
    assert len(events) == expected["n_events"]
    for which, event in (("first", events[0]), ("last", events[-1])):
        if day := expected.get(f"{which}_event_date"):
            assert event.local_time[:10] == day
    if want := plain(expected.get("last_description")):
        texts = [plain(e.description) for e in events if e.local_time[:10] == events[-1].local_time[:10]]
        assert any(t and (t in want or want in t) for t in texts), texts


def test_captures_are_there_or_their_absence_is_said() -> None:
    assert shared.shared("captures")
    assert METAS
    assert set(map(named, METAS)) >= set(KNOWN_DIFFERENCES)
