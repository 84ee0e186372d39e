"""`windows` and `judge` as programs, on the worked cases of the reference material, read in place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.daemon import cli
from support.shared import shared


def answers(command: str, name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each case with the program's answer to it."""
    text = shared(name).read_text("utf-8")
    done = cli(command, stdin=text)
    assert (done.returncode, done.stderr) == (0, "")
    cases = [json.loads(line) for line in text.splitlines()]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == [case["id"] for case in cases]
    return list(zip(cases, found, strict=True))


@pytest.mark.parametrize("kind", ["windows", "clocks"])
def test_windows_to_the_second(kind: str) -> None:
    for case, found in answers("windows", "policy/cases.jsonl"):
        expected = case["expected"][kind]
        assert found[kind].keys() == expected.keys(), case["id"]
        for name, wanted in expected.items():
            got = {key: found[kind][name][key] for key in wanted}
            assert got == wanted, (case["id"], name)


def test_judge() -> None:
    for case, found in answers("judge", "policy/verdicts.jsonl"):
        assert found["verdict"] in case["expected"]["allowed"], case["id"]
        wanted = case["expected"]["reason"]
        assert wanted is None or wanted in [reason["code"] for reason in found["reasons"]], case["id"]
