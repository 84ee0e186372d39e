"""R11: 1,000 orders at ten carriers that do not answer: the API does, nothing overlaps.

The carriers say nothing until the API has answered everything, so a call that waited for one would never end; what a
call takes is measured as the time of this process, whatever else the machine does.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from parcelparsers import Request, Source
from parcelwarden.services.ports import Answer
from support.api import running
from support.scripted import START, House, ScriptedFetcher, source

CARRIERS = tuple(f"carrier{number}" for number in range(10))


class PerHost(ScriptedFetcher):
    """Counts the requests that are under way at each source."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    async def fetch(self, source: Source, request: Request, now: object) -> Answer:
        self.under_way[source.id] += 1
        self.most[source.id] = max(self.most[source.id], self.under_way[source.id])
        try:
            return await super().fetch(source, request, now)
        finally:
            self.under_way[source.id] -= 1


@pytest.mark.slow
async def test_r11_the_api_answers_while_ten_carriers_are_silent(tmp_path: Path) -> None:
    house = House(tmp_path / "data", [source(name) for name in CARRIERS])
    house.fetcher = PerHost()
    await house.open()
    try:
        for number in range(1000):
            await house.add(f"{number:016}")
        await house.store.write(link_all)
        house.fetcher.gate = asyncio.Event()
        async with running(tmp_path / "api", house) as api:
            api.clock.now = START
            tick = asyncio.create_task(house.warden.tick(START))
            took = []
            for call in range(150):
                if call % 50 == 10:
                    await house.warden.tick(START)
                begun = time.process_time()
                got = await api.call("GET", "/v1/orders?limit=20")
                took.append(time.process_time() - begun)
                assert got.status == 200
            await tick
            assert sorted(took)[int(len(took) * 0.99)] < 0.2
            assert set(house.fetcher.most) == set(CARRIERS)
            assert set(house.fetcher.most.values()) == {1}
        house.fetcher.gate.set()
        await house.warden.settled()
        asked = [number for _, _, numbers in house.fetcher.asked for number in numbers]
        assert len(asked) == len(set(asked)) == 1000
    finally:
        house.fetcher.gate.set()
        await house.close()


def link_all(unit: object) -> None:
    """A parcel for each order, each looked at by one carrier."""
    from parcelwarden.services.records import Look

    for number in range(1000):
        parcel = unit.parcels.create(f"XX{number:09}", START)
        unit.parcels.put_look(
            Look(parcel_id=parcel.id, source=CARRIERS[number % 10], number=f"XX{number:09}", next_look_at=START)
        )
