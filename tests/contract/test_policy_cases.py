"""The worked cases of the reference material, read in place: one test a case, exact to the second."""

from __future__ import annotations

from typing import Any

import pytest

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.domain.policy import named
from parcelwarden.domain.policy.jsonl import windows_line
from support.shared import lines, shared

CASES = "policy/cases.jsonl"


def test_the_cases_are_there() -> None:
    assert shared(CASES).read_text("utf-8").count("\n") >= 78


@pytest.mark.parametrize("case", list(lines(CASES)), ids=lambda case: f"{case['id']}: {case.get('says', 'generated')}")
def test_policy_case(case: dict[str, Any]) -> None:
    found = windows_line(case, named(load_packs()))
    for window in found["windows"].values():
        del window["act_by"]
    assert found == {"id": case["id"], **case["expected"]}
