"""`/v1/stream` over real sockets: what is told, how a reader goes on, how many there may be, and how streams end. All
input is constructed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from parcelwarden.api.resources import stream as resource
from parcelwarden.domain.model import OrderRef
from parcelwarden.services import feed
from parcelwarden.services.feed import Change
from support.api import START, Api, running
from support.scripted import House

Told = dict[str, str]


class Listener:
    """Reads one stream, event by event."""

    def __init__(self, reader: asyncio.StreamReader, head: str) -> None:
        self.reader = reader
        self.head = head
        self._text = ""

    async def next(self) -> Told:
        """The next event with its fields; comments are left out."""
        while True:
            while "\n\n" not in self._text:
                size = int(await asyncio.wait_for(self.reader.readuntil(b"\r\n"), 10), 16)
                if size == 0:
                    raise EOFError
                self._text += (await self.reader.readexactly(size + 2))[:-2].decode()
            event, _, self._text = self._text.partition("\n\n")
            fields = dict(line.split(": ", 1) for line in event.splitlines() if not line.startswith(":"))
            if fields:
                return fields

    async def data(self) -> Any:
        return json.loads((await self.next())["data"])


@asynccontextmanager
async def listening(api: Api, *, token: str | None = None, last: str | None = None) -> AsyncIterator[Listener]:
    reader, writer = await asyncio.open_connection("127.0.0.1", api.port)
    lines = ["GET /v1/stream HTTP/1.1", f"Host: 127.0.0.1:{api.port}", f"Authorization: Bearer {token or api.token}"]
    lines += [f"Last-Event-ID: {last}"] if last else []
    writer.write("\r\n".join([*lines, "", ""]).encode())
    try:
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode()
        yield Listener(reader, head)
    finally:
        writer.close()


def told(api: Api, *names: str) -> None:
    assert api.context.feed
    api.context.feed.tell(
        Change("source", {"source": name, "state": "ok", "failing_since": None, "resume_at": None}) for name in names
    )


async def test_it_begins_with_a_start_and_tells_what_changes(api: Api) -> None:
    async with listening(api) as one:
        assert "200 OK" in one.head
        assert "text/event-stream" in one.head
        assert "Cache-Control: no-store" in one.head
        assert "Access-Control" not in one.head
        start = await one.next()
        assert (start["event"], json.loads(start["data"])["resumed"]) == ("start", False)
        told(api, "cainiao")
        event = await one.next()
        assert event["event"] == "source"
        assert json.loads(event["data"])["source"] == "cainiao"
        assert event["id"] != start["id"]


async def test_a_reader_that_comes_back_misses_nothing(api: Api) -> None:
    async with listening(api) as one:
        place = (await one.next())["id"]
    told(api, "cainiao", "laposte")
    async with listening(api, last=place) as one:
        start = await one.next()
        assert (json.loads(start["data"])["resumed"], start["id"]) == (True, place)
        assert [(await one.data())["source"] for _ in range(2)] == ["cainiao", "laposte"]


@pytest.mark.parametrize("last", ["", "nonsense", "00000000-1", "x" * 3000, "-1", "0-99999999999999999999"])
async def test_an_unknown_place_is_told_to_read_anew(api: Api, last: str) -> None:
    told(api, "cainiao")
    async with listening(api, last=last) as one:
        assert (await one.data())["resumed"] is False
        told(api, "laposte")
        assert (await one.data())["source"] == "laposte"


async def test_what_was_forgotten_is_said(api: Api) -> None:
    async with listening(api) as one:
        place = (await one.next())["id"]
    told(api, *("cainiao" for _ in range(feed.KEPT + 1)))
    async with listening(api, last=place) as one:
        assert (await one.data())["resumed"] is False
        told(api, "laposte")
        assert (await one.data())["source"] == "laposte"


async def test_a_token_to_read_is_wanted(api: Api) -> None:
    assert (await api.call("GET", "/v1/stream", token=None)).status == 401
    token, _ = await api.access.create("writes", ("write",), None, api.clock())
    assert (await api.call("GET", "/v1/stream", token=token)).status == 403


async def test_head_has_no_body_and_leaves_no_reader(api: Api) -> None:
    for _ in range(feed.MOST_READERS + 1):
        got = await api.call("HEAD", "/v1/stream")
        assert (got.status, got.header("content-type"), got.body) == (200, "text/event-stream", b"")


async def test_streams_are_few_and_others_are_answered(api: Api) -> None:
    assert api.context.feed
    async with listening(api) as a, listening(api) as b, listening(api) as c, listening(api) as d:
        for one in (a, b, c, d):
            await one.next()
        got = await api.call("GET", "/v1/stream", token=api.token)
        assert (got.status, got.code) == (429, "too_soon")
        async with listening(api, token=api.admin) as other:
            assert (await other.next())["event"] == "start"
        assert (await api.call("GET", "/v1/orders")).status == 200
    told(api, "cainiao")  # a client that went away is noticed by what is sent to it
    for _ in range(200):
        if not api.context.feed._readers.total():
            break
        told(api, "cainiao")
        await asyncio.sleep(0)
    async with listening(api) as again:
        assert (await again.next())["event"] == "start"


async def test_a_revoked_client_is_told_nothing_more(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    token, client = await api.access.create("goes", ("read",), None, api.clock())
    async with listening(api, token=token) as one:
        await one.next()
        await api.access.revoke(client.id)
        told(api, "cainiao")
        with pytest.raises(EOFError):
            await one.next()


async def test_a_session_whose_code_came_twice_is_told_nothing_more(api: Api) -> None:
    sessions = api.access.sessions
    code, _ = sessions.issue(api.clock())
    begun = sessions.redeem(code, api.context.own.page, api.clock())
    assert begun
    async with listening(api, token=begun[0]) as one:
        await one.next()
        assert sessions.redeem(code, api.context.own.page, api.clock()) is None
        told(api, "cainiao")
        with pytest.raises(EOFError):
            await one.next()


async def test_it_ends_after_its_time_and_the_reader_goes_on(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "LONGEST", -1.0)
    async with listening(api) as one:
        place = (await one.next())["id"]
        with pytest.raises(EOFError):
            await one.next()
    told(api, "cainiao")
    async with listening(api, last=place) as one:
        assert (await one.data())["resumed"] is True
        assert (await one.data())["source"] == "cainiao"


async def test_the_end_of_the_server_ends_streams(api: Api) -> None:
    async with listening(api) as one:
        await one.next()
        assert api.context.feed
        api.context.feed.close()
        with pytest.raises(EOFError):
            await one.next()


async def test_what_the_services_write_is_told(house: House, tmp_path: Path) -> None:
    async with running(tmp_path, house) as api, listening(api) as one:
        await one.next()
        order = {"marketplace": "aliexpress", "order_id": "81", "paid_at": "2026-02-01", "shipped_at": "2026-02-03",
                 "delivery_due_at": "2026-02-20", "country": "ES"}  # fmt: skip
        assert (await api.call("POST", "/v1/orders", json_body=order)).status == 201
        first = await one.next()
        assert (first["event"], json.loads(first["data"])) == (
            "order",
            {"marketplace": "aliexpress", "order_id": "81", "forgotten": False},
        )
        alert = await one.next()
        assert alert["event"] == "alert"
        assert json.loads(alert["data"])["order"] == {"marketplace": "aliexpress", "order_id": "81"}
        got = await api.call("PATCH", "/v1/orders/aliexpress/81", json_body={"received_at": "2026-02-30"})
        assert got.status == 400
        assert (await api.call("DELETE", "/v1/orders/aliexpress/81")).status == 204
        seen = [first, alert]
        while '"forgotten":true' not in seen[-1]["data"]:
            seen.append(await one.next())
        assert {event["event"] for event in seen} == {"order", "alert"}


async def test_a_due_alert_and_a_failing_source_are_told(house: House, tmp_path: Path) -> None:
    from parcelwarden.services.records import SourceHealth

    await house.add(delivery_due_at="2026-02-20")
    async with running(tmp_path, house) as api, listening(api) as one:
        await one.next()
        await house.tick(START)
        states = set()
        while "delivered" not in states:
            event = await one.next()
            if event["event"] == "alert":
                states.add(json.loads(event["data"])["state"])
        store = house.warden.store
        for state in ("ok", "ok", "failing"):
            await store.write(lambda unit, s=state: unit.sources.put(SourceHealth(source="cainiao", state=s)))
        told = []
        while not told or told[-1]["state"] != "failing":
            event = await one.next()
            if event["event"] == "source":
                told.append(json.loads(event["data"]))
        assert [each["state"] for each in told] == ["ok", "failing"]


async def test_what_is_rolled_back_is_not_told(house: House) -> None:
    place = house.feed.last

    def work(unit: Any) -> None:
        unit.orders.forget(OrderRef("aliexpress", "1"))
        raise ValueError("constructed")

    with pytest.raises(ValueError, match="constructed"):
        await house.warden.store.write(work)
    assert house.feed.last == place
