"""The worked verdicts of the reference material, read in place: one test a case."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

import pytest

from parcelwarden.domain.moment import When
from parcelwarden.domain.policy.days import Days, surely_from
from parcelwarden.domain.verdict import ShippingLines, judge_line, silence_model
from support.shared import lines, shared

CASES = "policy/verdicts.jsonl"
LINES = ShippingLines.of(
    economy=["Cainiao Super Economy", "China Post Ordinary Small Packet Plus"],
    tracked=["AliExpress Standard Shipping", "AliExpress PUDO Shipping"],
)


PST = Days(timezone(timedelta(hours=-7)), timezone(timedelta(hours=-8)), timezone(timedelta(hours=-8)), "PST")


def first_scan_due(shipped: When) -> datetime:
    """Surely from (shipped, 11) in the aliexpress reading of days."""
    return surely_from(shipped, 11, PST)


def test_the_cases_are_there() -> None:
    assert shared(CASES).read_text("utf-8").count("\n") >= 22


@pytest.mark.parametrize("case", list(lines(CASES)), ids=lambda case: f"{case['id']}: {case['says']}")
def test_verdict_case(case: dict[str, Any]) -> None:
    model = silence_model(tomllib.loads((files("parcelwarden") / "policies/silence.toml").read_text("utf-8")))
    found = judge_line(case, model, LINES, first_scan_due)
    assert found["id"] == case["id"]
    assert found["verdict"] in case["expected"]["allowed"]
    reason = case["expected"]["reason"]
    assert reason is None or reason in [given["code"] for given in found["reasons"]]
