"""R10 over real sockets: a server that says 429 with Retry-After: 7200 counts who comes before, restarts or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from parcelparsers import Asked, Request
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.services.records import Look
from support.policies import LoopbackOnly
from support.scripted import START, House, source

HOUR = timedelta(hours=1)
BUSY, CALM = "cainiao", "yanwen"
NUMBERS = tuple(f"LP001900000000{n:02}" for n in range(40))


class Server:
    """Both carriers, told apart by the path. `seen` are the virtual instants of what came, `numbers`
    what was asked after; `busy`: it refuses."""

    def __init__(self) -> None:
        self.now = START
        self.busy = True
        self.seen: dict[str, list[datetime]] = defaultdict(list)
        self.numbers: dict[str, set[str]] = defaultdict(set)
        self.port = 0

    async def answer(self, request: web.Request) -> web.Response:
        carrier = request.path.split("/")[1]
        self.seen[carrier].append(self.now)
        self.numbers[carrier] |= set(request.path.split("/")[2].split(","))
        if carrier == BUSY and self.busy:
            return web.Response(status=429, headers={"Retry-After": "7200"}, text="Too Many Requests")
        return web.json_response({"parcels": []})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_get("/{tail:.*}", made.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.port = int(runner.addresses[0][1])
    yield made
    await runner.cleanup()


def carrier(name: str) -> object:
    def ask(asked: Asked) -> tuple[Request, ...]:
        return (Request(f"https://{name}.example/{name}/{','.join(asked.numbers)}"),)

    return source(name, ask=ask)


@pytest.fixture
async def house(tmp_path: Path, server: Server) -> AsyncIterator[House]:
    """Forty parcels at each of the two carriers, asked by the fetcher of the product."""
    hosts = {f"{name}.example": f"http://127.0.0.1:{server.port}" for name in (BUSY, CALM)}
    made = House(tmp_path / "data", [carrier(BUSY), carrier(CALM)])
    made.fetcher = HttpFetcher(policy=LoopbackOnly(), hosts=hosts)
    await made.open()

    def link(unit: object) -> None:
        for number in NUMBERS:
            parcel = unit.parcels.create(number, START)
            for name in (BUSY, CALM):
                unit.parcels.put_look(Look(parcel_id=parcel.id, source=name, number=number, next_look_at=START))

    await made.store.write(link)
    yield made
    await made.close()
    await made.fetcher.close()


async def live(house: House, server: Server, since: timedelta, until: timedelta, restart: timedelta) -> None:
    """Tick every five minutes from one time after the start to another, starting anew now and then."""
    at = since
    while at < until:
        server.now = START + at
        if at % restart == timedelta():
            await house.restart()
        await house.tick(server.now)
        at += timedelta(minutes=5)


async def test_r10_nobody_comes_before_the_time_that_the_server_named(house: House, server: Server) -> None:
    await live(house, server, timedelta(), 2 * HOUR, HOUR / 2)
    assert server.seen[BUSY] == [START]
    assert len(server.seen[CALM]) >= len(NUMBERS) / 10
    server.busy = False
    await live(house, server, 2 * HOUR, 7 * HOUR, HOUR)
    again = server.seen[BUSY][1:]
    assert server.numbers[BUSY] == set(NUMBERS)
    assert min(again) >= START + 2 * HOUR
    assert len(set(again)) > 1, "what was held back is spread, not sent in one burst"
