"""The carrier of one world: answers as Cainiao does, through the fetcher's protocol, at the world's time. The shape of the
answers follows `CHINA_AND_AGGREGATORS.md` §3; their content is constructed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from parcelparsers import Asked, Body, Reading, Request, Source, read
from parcelparsers.page import Capture, PageReading
from parcelwarden.services.ports import Answer, FetchFailed
from parcelwarden.simulate.diary import Heard
from parcelwarden.simulate.faults import Weather, now_of
from parcelwarden.simulate.life import Life, Parcel, Scan
from parcelwarden.simulate.scans import TEXTS

CARRIER = "cainiao"
_CHINA = timezone(timedelta(hours=8))
_ECONOMY = {"mailType": "Economy", "mailTypeDesc": "This service doesn't include tracking after the hand-over."}
_WALL = '<!doctype html><title>Captcha Interception</title><punish-component data-src="/punish?x5secdata=constructed">'


class Carrier:
    """Implements `Fetcher`. `true` gives the world's true time; `answers` is what was told since it was last taken."""

    def __init__(self, lives: Iterable[Life], weather: Weather, true: Callable[[], datetime]) -> None:
        self._parcels = {number: p for life in lives for p in life.parcels for number in p.numbers}
        self._spells = weather.carrier
        self._true = true
        self.answers: list[Heard] = []

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer:
        """Answer, refuse, or be down. Raises `FetchFailed`."""
        at = self._true()
        trouble = now_of(self._spells, at)
        if trouble == "network":
            raise FetchFailed("network", "the carrier is down, as the world wants it")
        if trouble is not None and trouble != "empty":
            return _TROUBLES[trouble](request, now)
        numbers = parse_qs(urlsplit(request.url).query)["mailNos"][0].split(",")
        modules = [self._module(number, at, empty=trouble == "empty") for number in numbers]
        body = json.dumps({"module": modules, "success": True}).encode()
        return Answer(Body(body, content_type="application/json"), request.url)

    def _module(self, number: str, at: datetime, *, empty: bool) -> dict[str, Any]:
        """One entry of the answer; `empty`: the carrier lost its memory."""
        parcel = self._parcels.get(number)
        scans = [scan for scan in parcel.scans if scan.at <= at] if parcel and not empty else []
        if parcel is None or not scans:
            return {"mailNo": number, "mailNoSource": "EXTERNAL", "detailList": []}
        self.answers.append(Heard(at, number, len(scans)))
        return _found(number, parcel, scans, at)


def _found(number: str, parcel: Parcel, scans: list[Scan], at: datetime) -> dict[str, Any]:
    module: dict[str, Any] = {
        "mailNo": number,
        "mailNoSource": "AE",
        "originCountry": "Mainland China",
        "status": "DELIVERING",
        "detailList": [_event(scan) for scan in reversed(scans)],
    }
    if parcel.economy:
        module |= _ECONOMY
    if parcel.handed and number == parcel.number and parcel.handed[0] <= at:
        module["copyRealMailNo"] = parcel.handed[1]
    return module


@lru_cache(maxsize=4096)
def _event(scan: Scan) -> dict[str, Any]:
    """One line of an answer; the same scan is printed in every answer after it, and nobody alters it."""
    clock = scan.at.astimezone(_CHINA)
    return {
        "time": int(scan.at.timestamp() * 1000),
        "timeStr": clock.strftime("%Y-%m-%d %H:%M:%S"),
        "timeZone": "GMT+8",
        "desc": TEXTS[scan.code],
        "standerdDesc": TEXTS[scan.code],
        "actionCode": scan.code,
    }


def _html(request: Request, now: datetime) -> Answer:
    return Answer(Body(_WALL.encode(), content_type="text/html"), request.url)


def _rate(request: Request, now: datetime) -> Answer:
    body = Body(b"Too Many Requests", status=429, content_type="text/plain")
    return Answer(body, request.url, now + timedelta(hours=7))


def _broken(request: Request, now: datetime) -> Answer:
    return Answer(Body(b'{"message":"down"}', status=503, content_type="application/json"), request.url)


def _garbage(request: Request, now: datetime) -> Answer:
    return Answer(Body(b'{"module":[{"mailNo":7}]}', content_type="application/json"), request.url)


_TROUBLES: dict[str, Callable[[Request, datetime], Answer]] = {
    "blocked": _html,
    "rate": _rate,
    "broken": _broken,
    "garbage": _garbage,
}


class InProcess:
    """Reads every body in this process. Implements `Reader`."""

    async def read(self, source: Source, body: Body, asked: Asked) -> Reading:
        """As the reader process would."""
        return read(source, body, asked)

    async def read_page(self, capture: Capture) -> PageReading:
        """Raises `NotImplementedError`: no life captures pages."""
        raise NotImplementedError
