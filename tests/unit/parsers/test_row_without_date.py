"""A row whose date is missing or strange costs no other row; only where no date can be read has the form changed."""

from __future__ import annotations

import json
import re

import pytest

from parcelparsers import Asked, Body, Outcome, Reading, read, source
from parcelparsers.model import Flag
from support.cases import Case, all_cases

_DATE = re.compile(rb"(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}|\d{4}/\d\d/\d\d)")


def _of(case: Case, data: bytes) -> Reading:
    return read(source(case.source), Body(data, content_type=case.body.content_type), case.asked)


def _events(reading: Reading) -> int:
    return sum(len(parcel.events) for parcel in reading.parcels)


HISTORIES = [case for case in all_cases() if _events(_of(case, case.body.data)) > 1]
BY_SOURCE = {case.source: case for case in HISTORIES if case.body.is_json}


@pytest.mark.parametrize("strange", [b"", b"n/a", b"00/00/0000"])
@pytest.mark.parametrize("case", HISTORIES, ids=str)
def test_one_strange_date_costs_no_answer(case: Case, strange: bytes) -> None:
    whole = _of(case, case.body.data)
    for date in list(_DATE.finditer(case.body.data))[:10]:
        damaged = _of(case, case.body.data[: date.start()] + strange + case.body.data[date.end() :])
        assert damaged.outcome is Outcome.FOUND
        lost = _events(whole) - _events(damaged)
        rows_are_told_by_dates = not case.body.is_json or b"<" in case.body.data
        assert lost <= rows_are_told_by_dates


@pytest.mark.parametrize("name", ["bpost", "canadapost", "correios", "correos_es", "gls", "postnl", "usps"])
def test_all_dates_strange_is_another_form(name: str) -> None:
    case = BY_SOURCE[name]
    damaged = _of(case, _DATE.sub(b"n/a", case.body.data))
    assert (damaged.outcome, damaged.parcels) == (Outcome.UNREADABLE, ())
    assert "date" in damaged.detail


def test_a_row_with_a_time_and_no_date_is_kept_in_its_place_and_the_parcel_is_marked() -> None:
    told = {"EN": {"description": "Your item has been sorted"}}
    rows = [
        {"date": "2025-03-10", "time": "12:00", "key": told},
        {"date": None, "time": "11:00", "key": told},
        {"date": "2025-03-08", "time": "12:00", "key": told},
    ]
    data = json.dumps({"items": [{"itemCode": "323299999999999999999917", "events": rows}]}).encode()
    (parcel,) = read(source("bpost"), Body(data), Asked(("323299999999999999999917",))).parcels
    assert [e.at is not None for e in parcel.events] == [True, False, True]
    assert Flag.TIME_UNCERTAIN in parcel.flags


def test_a_number_may_stand_for_a_text_and_a_text_for_a_code() -> None:
    row = {"date": "2025-03-10", "time": "12:00", "evtDscr": "x", "evtNo": 3.0}
    data = json.dumps({"tuStatus": [{"tuNo": 50000000017, "history": [row, None]}]}).encode()
    (parcel,) = read(source("gls"), Body(data), Asked(("50000000017",))).parcels
    assert [(e.code, e.state) for e in parcel.events] == [("3.0", "delivered")]
    answer = {"meta": {"code": "404"}, "data": {}}
    reading = read(source("aftership"), Body(json.dumps(answer).encode()), Asked(("LB000000005CN",)))
    assert reading.outcome is not Outcome.FOUND


@pytest.mark.parametrize(
    ("source_id", "field"), [("swisspost", "eventCode"), ("usps", "eventType"), ("poczta_polska", "code")]
)
def test_a_row_without_its_code_costs_no_other(source_id: str, field: str) -> None:
    for case in (c for c in HISTORIES if c.source == source_id and f'"{field}"' in c.body.text):
        data = re.sub(rf'"{field}": *"[^"]*"', f'"{field}": null', case.body.text, count=1).encode()
        damaged, whole = _of(case, data), _of(case, case.body.data)
        assert (damaged.outcome, _events(damaged)) == (Outcome.FOUND, _events(whole))
