"""A bare client: asks the same carriers for the same numbers and decodes the same bodies, one request a host."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import aiohttp


async def ask_all(ports: Sequence[int], numbers: Sequence[str]) -> None:
    """The n-th number is asked of the n-th carrier, and round again."""
    connector = aiohttp.TCPConnector(limit_per_host=1)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def host(place: int) -> None:
            address = f"http://127.0.0.1:{ports[place]}/global/detail.json?lang=en-US&language=en-US&mailNos="
            for number in numbers[place :: len(ports)]:
                async with session.get(address + number) as response:
                    json.loads(await response.read())

        await asyncio.gather(*map(host, range(len(ports))))
