"""The table of outcomes: a rule that changes shows here as dates that change.

After a change that is meant, write it anew: python tests/support/outcomes.py
"""

from __future__ import annotations

import difflib

import pytest

from support.outcomes import TABLE, cases, table


def test_every_date_is_as_it_was() -> None:
    before, now = TABLE.read_text("utf-8").splitlines(), table().splitlines()
    changed = list(difflib.unified_diff(before, now, "outcomes.txt", "the packs now", n=1, lineterm=""))
    if changed:
        pytest.fail(
            "\n".join(["the packs make other dates (tests/support/outcomes.py writes the table):", *changed[:200]])
        )


def test_the_grid_has_no_two_cases_alike() -> None:
    told = [repr(sorted(case.items(), key=str)) for case in cases()]
    assert len(told) == len(set(told)) > 200
