"""What the aggregators' readers share, and how the two that take a key are asked."""

from __future__ import annotations

import json

import pytest

from parcelparsers import Asked, Body, Flag, Leg, Parcel, State, read, source
from parcelparsers.carriers._aggregators import concluded
from parcelparsers.carriers._answers import answer
from parcelparsers.carriers._chinese import said_in_chinese, scrub_chinese
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Event, Outcome
from support.cases import Case, all_cases

IDS = ("17track", "aftership", "trackingmore", "ship24", "parcelsapp", "kuaidi100", "aliexpress")
FOUND = [c for c in all_cases() if c.source in IDS and c.sidecar["expected"]["outcome"] == "found"]


@pytest.mark.parametrize("source_id", ["17track", "aftership"])
def test_the_key_stands_in_a_header_and_nowhere_else(source_id: str) -> None:
    asking = source(source_id)
    assert asking.ask is not None
    for request in asking.ask(Asked(("LB000000005CN",))):
        assert "{key}" in request.headers.values()
        assert "{key}" not in request.url
        assert "{key}" not in (request.body or b"").decode()
        assert request.url.startswith(f"https://{asking.hosts[0]}/")


def test_17track_is_asked_for_forty_numbers_at_a_time_and_looks_before_it_registers() -> None:
    numbers = tuple(f"LB{n:09}CN" for n in range(41))
    asking = source("17track")
    assert asking.ask is not None
    requests = asking.ask(Asked(numbers))
    assert [r.url.rpartition("/")[2] for r in requests] == ["gettrackinfo", "register"] * 2
    assert [len(json.loads(r.body or b"")) for r in requests] == [40, 40, 1, 1]


@pytest.mark.parametrize("source_id", ["17track", "aftership"])
def test_no_odd_number_is_asked_for(source_id: str) -> None:
    asking = source(source_id)
    assert asking.ask is not None
    with pytest.raises(BadNumber):
        asking.ask(Asked(("LB1&x=/../",)))


@pytest.mark.parametrize("source_id", sorted(set(IDS) - {"17track", "aftership"}))
def test_the_others_are_never_asked(source_id: str) -> None:
    assert source(source_id).ask is None


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_one_reader_alone_fits(case: Case) -> None:
    body = Body(case.path.read_bytes())
    fitting = [r.name for r in source(case.source).readers if r.fits(body)]
    assert [name for name in fitting if name != "page instead of data"] == fitting[:1]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_nobody_is_named(case: Case) -> None:
    told = str(read(source(case.source), Body(case.path.read_bytes()), case.asked))
    assert not [word for word in ("Example Road", "10000000000", "13900000000", "李某某", "王某") if word in told]


@pytest.mark.parametrize(
    ("own", "newest", "state", "agreed"),
    [
        (None, State.IN_TRANSIT, State.IN_TRANSIT, True),
        (State.EXPIRED, State.OUT_FOR_DELIVERY, State.EXPIRED, True),
        (State.EXCEPTION, State.IN_TRANSIT, State.EXCEPTION, True),
        (State.EXCEPTION, State.RETURNED, State.RETURNED, True),
        (State.IN_TRANSIT, State.OUT_FOR_DELIVERY, State.OUT_FOR_DELIVERY, True),
        (State.IN_TRANSIT, State.DELIVERED, State.IN_TRANSIT, False),
        (State.DELIVERED, State.IN_TRANSIT, State.DELIVERED, True),
        (State.DELIVERED, State.AVAILABLE_FOR_PICKUP, State.AVAILABLE_FOR_PICKUP, False),
        (State.DELIVERED, State.RETURNED, State.RETURNED, False),
    ],
)
def test_their_own_status_beside_the_newest_event(own: State | None, newest: State, state: State, agreed: bool) -> None:
    parcel = Parcel(number="X", events=(Event(local_time="2025-03-01", at=None, state=newest, leg=Leg.LOCAL),))
    weighed = concluded(parcel, own, Leg.FINAL)
    assert weighed.state is state
    assert (Flag.CODE_AND_WORDING_DISAGREE not in weighed.flags) is agreed
    assert (weighed.leg is Leg.FINAL) is (state is State.DELIVERED)


def test_of_a_number_told_twice_the_longer_history_counts() -> None:
    event = Event(local_time="2025-03-01", at=None)
    told = answer([Parcel(number="A"), Parcel(number="A", events=(event,))], ["A", "B"], Asked(()))
    assert [len(p.events) for p in told.parcels] == [1]
    assert told.missing == ("B",)


def test_an_answer_about_others_is_none() -> None:
    with pytest.raises(Unreadable):
        answer([Parcel(number="A")], ["B"], Asked(("C",)))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("妥投", State.DELIVERED),
        ("快件已签收", State.DELIVERED),
        ("未妥投，收件人不在", State.DELIVERY_FAILED),
        ("正在派送", State.OUT_FOR_DELIVERY),
        ("已存放至快递柜，请及时领取", State.AVAILABLE_FOR_PICKUP),
        ("邮件已退回", State.RETURNED),
        ("到达分拨中心", None),
        ("Delivered", None),
    ],
)
def test_chinese_words(text: str, state: State | None) -> None:
    assert said_in_chinese(text) is state


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("快件交给李某，正在派送途中（联系电话：13900000000）", "快件交给…，正在派送途中（联系电话：…）"),
        ("派件员：李某 电话：010-12345678", "派件员：… 电话：…"),
        ("离开上海市 发往上海浦东航站", "离开上海市 发往上海浦东航站"),
        ("Signed for by: John Example", "Signed for by: …"),
    ],
)
def test_couriers_and_telephones_are_taken_out(text: str, kept: str) -> None:
    assert scrub_chinese(text) == kept


def test_a_key_that_is_refused_is_a_wall() -> None:
    body = Body(b'{"code": -18010002, "data": {"errors": [{"code": -18010002, "message": "Invalid security key."}]}}')
    reading = read(source("17track"), body, Asked(("LB000000005CN",)))
    assert (reading.outcome, reading.reason) == (Outcome.BLOCKED, "login")
