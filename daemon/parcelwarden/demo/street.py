"""A carrier street on loopback: a real HTTP server that answers as Cainiao does, at the story's time.

It has a captcha day and an outage, and it hands one parcel on to a second number. The shape of the answers follows
`CHINA_AND_AGGREGATORS.md` §3; their content is constructed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from aiohttp import web

from parcelwarden.demo.stories import CAPTCHA_DAY, OUTAGE_DAYS, START, Scan, Story, day

_CHINA = timezone(timedelta(hours=8))
_CAPTCHA = (
    "<!doctype html><title>Captcha Interception</title>"
    '<punish-component data-src="/_____tmd_____/punish?x5secdata=constructed"></punish-component>'
)
_ECONOMY = {
    "mailType": "Economy",
    "mailTypeDesc": "This service doesn't include tracking after the hand-over.",
}


class Street:
    """The carrier. `now` gives the story's time; `asked` counts the requests that came."""

    def __init__(self, stories: Sequence[Story], now: Callable[[], datetime]) -> None:
        self._by_number = {s.number: s for s in stories if s.number}
        self._by_number |= {s.handed_to[1]: s for s in stories if s.handed_to}
        self._now = now
        self.asked = 0
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen on a free loopback port."""
        app = web.Application()
        app.router.add_get("/global/detail.json", self._detail)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _detail(self, request: web.Request) -> web.Response:
        self.asked += 1
        today = (self._now() - START).days
        if today == CAPTCHA_DAY:
            return web.Response(text=_CAPTCHA, content_type="text/html")
        if today in OUTAGE_DAYS and request.transport:
            request.transport.abort()
        numbers = request.query.get("mailNos", "").split(",")
        return web.json_response({"module": [self._module(n) for n in numbers], "success": True})

    def _module(self, number: str) -> Mapping[str, Any]:
        story = self._by_number.get(number)
        if story is None:
            return {"mailNo": number, "mailNoSource": "EXTERNAL", "detailList": []}
        seen = [scan for scan in story.scans if day(scan.day) <= self._now()]
        module: dict[str, Any] = {
            "mailNo": number,
            "mailNoSource": "AE",
            "originCountry": "Mainland China",
            "destCountry": "Spain",
            "status": "DELIVERING" if seen else "SELLER_PREPARING",
            "detailList": [_event(scan) for scan in reversed(seen)],
        }
        if story.economy:
            module |= _ECONOMY
        if story.handed_to and day(story.handed_to[0]) <= self._now():
            module["copyRealMailNo"] = story.handed_to[1]
        return module


def _event(scan: Scan) -> Mapping[str, Any]:
    clock = day(scan.day).astimezone(_CHINA)
    printed = clock.replace(tzinfo=UTC) - timedelta(hours=8)
    return {
        "time": int(printed.timestamp() * 1000),
        "timeStr": clock.strftime("%Y-%m-%d %H:%M:%S"),
        "timeZone": "GMT+8",
        "desc": scan.text,
        "standerdDesc": scan.text,
        "actionCode": scan.code,
    }
