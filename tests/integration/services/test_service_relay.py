"""The relay: pages that the user's browser fetches; off until switched on, one at a time, polite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from parcelparsers import Access, Asked, Request
from parcelparsers.model import Event, Leg, Parcel
from parcelwarden.services.errors import Conflict, Invalid
from parcelwarden.services.relay import MOST_BYTES, PATIENCE, Fetched, Wanted
from support.scripted import FLOOR, START, House, event, source

NUMBER = "92055900000000000000"
OTHER = "92055900000000000017"
ACCEPTED = event(1, "ACCEPTED", leg=Leg.ACCEPTED)
MINUTE = timedelta(minutes=1)


def _page(asked: Asked) -> tuple[Request, ...]:
    return tuple(Request(f"https://tools.example/track?n={number}") for number in asked.numbers)


def usps(**more: object) -> object:
    given = {"access": Access.RELAY, "ask": _page, "batch": 1, "hosts": ("tools.example",), **more}
    return source("usps", **given)


@pytest.fixture
async def relayed(tmp_path: Path) -> AsyncIterator[House]:
    house = await House(tmp_path / "data", [usps()]).open()
    await house.warden.change_settings({"relay": True}, START)
    await house.add(numbers=[NUMBER])
    yield house
    await house.close()


def page(wanted: Wanted, *events: Event, **more: object) -> Fetched:
    parcel = Parcel(number=wanted.look.number, events=events, leg=Leg.ACCEPTED)
    body = msgspec.json.encode({"parcels": [parcel]}).decode()
    given = {"status": 200, "url": wanted.url, "headers": {"content-type": "application/json"}, "body": body}
    return Fetched(**{**given, **more})


async def wanted_at(house: House, at: object = START) -> Wanted:
    found = await house.warden.relay_next(at)
    assert found
    return found


async def test_a_page_is_given_out_and_taken_in(relayed: House) -> None:
    wanted = await wanted_at(relayed)
    assert (wanted.source.id, wanted.url) == ("usps", f"https://tools.example/track?n={NUMBER}")
    assert wanted.expires_at == START + PATIENCE
    await relayed.warden.relay_take(wanted.id, page(wanted, ACCEPTED), START + MINUTE)
    parcel = await relayed.warden.parcel(NUMBER)
    assert parcel.events == (ACCEPTED,)
    assert parcel.looks[0].last_ok_at == START
    assert (await relayed.warden.sources())[0].state == "ok"
    assert relayed.fetcher.asked == []


async def test_it_is_off_until_switched_on(relayed: House) -> None:
    await relayed.warden.change_settings({"relay": None}, START)
    assert await relayed.warden.relay_next(START) is None


async def test_the_daemon_itself_never_asks_nor_waits_for_it(relayed: House) -> None:
    following = await relayed.tick(START)
    assert relayed.fetcher.asked == []
    assert following is None or following > START + timedelta(hours=1)


async def test_one_at_a_time_and_not_before_the_floor(relayed: House) -> None:
    await relayed.add("8190000000000002", numbers=[OTHER])
    first = await wanted_at(relayed)
    assert await relayed.warden.relay_next(START + MINUTE) is None
    await relayed.warden.relay_take(first.id, page(first, ACCEPTED), START + MINUTE)
    second = await wanted_at(relayed, START + MINUTE)
    assert second.look.number != first.look.number
    await relayed.warden.relay_take(second.id, page(second), START + MINUTE)
    assert await relayed.warden.relay_next(START + FLOOR - MINUTE) is None


async def test_an_answer_that_comes_too_late_or_twice_is_refused(relayed: House) -> None:
    first = await wanted_at(relayed)
    with pytest.raises(Conflict):
        await relayed.warden.relay_take("another", page(first), START)
    with pytest.raises(Conflict):
        await relayed.warden.relay_take(first.id, page(first), START + PATIENCE)
    assert await relayed.warden.relay_next(START + PATIENCE) is None, "its floor has begun"
    second = await wanted_at(relayed, START + 2 * FLOOR)
    await relayed.warden.relay_take(second.id, page(second), START + 2 * FLOOR)
    with pytest.raises(Conflict):
        await relayed.warden.relay_take(second.id, page(second), START + 2 * FLOOR)


async def test_the_floor_survives_a_restart(relayed: House) -> None:
    first = await wanted_at(relayed)
    await relayed.restart()
    assert await relayed.warden.relay_next(START + MINUTE) is None
    with pytest.raises(Conflict):
        await relayed.warden.relay_take(first.id, page(first), START + MINUTE)


@pytest.mark.parametrize(
    ("changes", "outcome", "state"),
    [
        ({"status": 429, "headers": {"content-type": "text/plain", "retry-after": "36000"}}, "rate_limited", "walled"),
        ({"body": "<html>changed</html>", "headers": {"content-type": "text/html"}}, "unreadable", "failing"),
        ({"url": "https://elsewhere.example/x"}, "redirect", "failing"),
        ({"url": "http://tools.example/x"}, "redirect", "failing"),
        ({"url": "https://tools.example:99999/x"}, "redirect", "failing"),
        ({"failed": "network"}, "network", "failing"),
        ({"failed": "permission"}, "permission", "failing"),
    ],
)
async def test_what_is_no_answer_is_said_and_stops_the_source(
    relayed: House, changes: dict[str, object], outcome: str, state: str
) -> None:
    await relayed.add("8190000000000002", numbers=[OTHER])
    wanted = await wanted_at(relayed)
    await relayed.warden.relay_take(wanted.id, page(wanted, ACCEPTED, **changes), START)
    health = (await relayed.warden.sources())[0]
    assert (health.last_outcome, health.state) == (outcome, state)
    parcel = await relayed.warden.parcel(wanted.look.number)
    assert (parcel.events, parcel.looks[0].last_ok_at) == ((), None)
    if outcome != "unreadable":
        assert await relayed.warden.relay_next(START + MINUTE) is None, "the other number is not asked for either"
    if outcome == "rate_limited":
        assert health.resume_at == START + timedelta(hours=10)


async def test_a_body_that_is_too_large_is_refused(relayed: House) -> None:
    wanted = await wanted_at(relayed)
    with pytest.raises(Invalid):
        await relayed.warden.relay_take(wanted.id, page(wanted, body="x" * (MOST_BYTES + 1)), START)


@pytest.mark.parametrize(
    "ask",
    [
        lambda asked: (Request("https://tools.example/all"),),
        lambda asked: (Request(f"https://tools.example/{asked.numbers[0]}", method="POST", body=b"x"),),
        lambda asked: (Request(f"https://elsewhere.example/{asked.numbers[0]}"),),
        lambda asked: (Request(f"http://tools.example/{asked.numbers[0]}"),),
    ],
)
async def test_only_a_plain_page_of_a_declared_host_is_given_out(tmp_path: Path, ask: object) -> None:
    house = await House(tmp_path / "data", [usps(ask=ask)]).open()
    await house.warden.change_settings({"relay": True}, START)
    await house.add(numbers=[NUMBER])
    assert await house.warden.relay_next(START) is None
    await house.close()


async def test_a_refresh_hastens_it_within_its_floor(relayed: House) -> None:
    wanted = await wanted_at(relayed)
    await relayed.warden.relay_take(wanted.id, page(wanted, ACCEPTED), START)
    assert await relayed.warden.refresh(NUMBER, START + MINUTE) == START + FLOOR
    await relayed.warden.change_settings({"relay": False}, START)
    with pytest.raises(Conflict):
        await relayed.warden.refresh(NUMBER, START + MINUTE)
