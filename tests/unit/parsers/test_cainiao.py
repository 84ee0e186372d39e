"""Cainiao beyond its cases: asking, the table of codes, the batch."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from parcelparsers import Asked, Body, Leg, Outcome, State, read, source
from parcelparsers.carriers._cainiao_codes import CODES, LEGACY, STATIONS, meaning
from parcelparsers.errors import BadNumber
from support import shared

CAINIAO = source("cainiao")


def numbers(count: int) -> tuple[str, ...]:
    return tuple(f"LP009{n:011d}" for n in range(count))


def test_one_request_carries_the_whole_batch() -> None:
    assert CAINIAO.ask
    (request,) = CAINIAO.ask(Asked(numbers(10)))
    assert request.method == "GET"
    assert request.url.startswith("https://global.cainiao.com/global/detail.json?mailNos=LP00900000000000,LP009")
    assert request.url.count("LP009") == 10
    assert len(CAINIAO.ask(Asked(numbers(11)))) == 2
    assert not CAINIAO.ask(Asked(()))


def test_nothing_but_a_number_reaches_the_address() -> None:
    assert CAINIAO.ask
    with pytest.raises(BadNumber):
        CAINIAO.ask(Asked(("LP00&x=1",)))


def test_the_manners_are_fixed() -> None:
    assert (CAINIAO.floor, CAINIAO.batch, CAINIAO.hosts) == (timedelta(hours=6), 10, ("global.cainiao.com",))


def test_the_table_is_whole() -> None:
    assert len(CODES) == 147
    assert STATIONS <= CODES.keys()
    assert CODES["GTMS_STA_SIGNED"].state is State.AVAILABLE_FOR_PICKUP
    assert {code for code, m in CODES.items() if m.advisory} == {"LAST_MILE_ASN_NOTIFY", "COMMON_INTRANSIT"}
    assert all(m.leg is Leg.FINAL for m in CODES.values() if m.state is State.DELIVERED)


def test_the_table_agrees_with_the_published_list() -> None:
    listed = json.loads(shared.shared("sources/codes/cainiao_action_codes.json").read_text("utf-8"))["codes"]
    theirs = {c["code"]: (c["status"], c["advisory"]) for c in listed}
    assert {code: (m.state.value, m.advisory) for code, m in CODES.items()} == theirs


def test_the_old_statuses_agree_with_the_published_list() -> None:
    listed = json.loads(shared.shared("sources/codes/other_codes.json").read_text("utf-8"))
    theirs = {k: v for k, v in listed["cainiao_legacy_status"].items() if v in set(State)}
    assert {code: m.state.value for code, m in LEGACY.items()} == theirs


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("NEW_FAILURE", State.EXCEPTION),
        ("NEW_FAIL", State.EXCEPTION),
        ("NEW_REJECT", State.EXCEPTION),
        ("NEW_CANCEL", State.EXCEPTION),
        ("RT_NEW_FAIL", State.RETURNED),
        ("NEW", None),
    ],
)
def test_unlisted_codes_are_read_by_their_family(code: str, state: State | None) -> None:
    found = meaning(code)
    assert (found.state if found else None) is state


def test_an_answer_about_others_only_is_not_an_answer() -> None:
    body = Body(b'{"module":[{"mailNo":"LP00900000000099","mailNoSource":"EXTERNAL","detailList":[]}],"success":true}')
    assert read(CAINIAO, body, Asked(numbers(1))).outcome is Outcome.UNREADABLE


def test_personal_data_does_not_come_out() -> None:
    text = "Signed by: Example Person, tel +000 000 0000, example@mail.example"
    row = {"timeStr": "2025-03-04 10:00:00", "actionCode": "GTMS_SIGNED", "desc": text, "standerdDesc": text}
    entry = {"mailNo": "LP00900000000000", "detailList": [row], "consignee": {"name": "Example Person"}}
    body = Body(json.dumps({"module": [entry], "success": True}).encode())
    reading = read(CAINIAO, body, Asked(numbers(1)))
    assert reading.parcels[0].events[0].description == "Signed by: …, tel …, …"
    assert "Person" not in repr(reading)
