"""An answer about another number: refused where it was asked for, shown to who holds the body. Constructed."""

from __future__ import annotations

import pytest

from parcelparsers import Asked, Outcome, read, read_whatever, source
from support.cases import Case, all_cases

OTHERS = [case for case in all_cases() if case.name == "other_number"]


@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_another_number_is_refused_and_yet_shown(case: Case) -> None:
    the_source = source(case.source)
    assert read(the_source, case.body, case.asked).outcome is Outcome.UNREADABLE
    shown = read_whatever(the_source, case.body, case.asked)
    assert shown.outcome is Outcome.FOUND
    assert not {parcel.number for parcel in shown.parcels} & set(case.asked.numbers)


def test_garbage_stays_unreadable() -> None:
    case = next(case for case in all_cases() if case.name == "garbage")
    asked = Asked(("RX000000000CN",))
    assert read_whatever(source(case.source), case.body, asked) == read(source(case.source), case.body, asked)


def test_there_are_such_cases() -> None:
    assert OTHERS
