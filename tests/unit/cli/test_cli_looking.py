"""One look for `sources check`, with a fetcher and a reader that are made up here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from parcelparsers import Asked, Body, Outcome, Parcel, Reading, Request, Source
from parcelparsers.page import Capture, PageReading
from parcelwarden.services.ports import Answer, FetchFailed
from parcelwarden.wiring.looking import looked
from support.sources import URL, a_source

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NUMBER = "RR123456785CN"
FOUND = Reading(outcome=Outcome.FOUND, parcels=(Parcel(number=NUMBER),))
NOTHING = Reading(outcome=Outcome.NOT_FOUND, missing=(NUMBER,))
REFUSED = Reading(outcome=Outcome.BLOCKED, reason="captcha")


@dataclass
class Carrier:
    """Fetcher and reader in one: gives the readings in turn."""

    readings: list[Reading | FetchFailed]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, source: Source, request: Request, now: datetime) -> Answer:
        self.asked.append(request.url)
        if isinstance(self.readings[0], FetchFailed):
            raise self.readings[0]
        return Answer(Body(b"{}"), request.url, now + timedelta(hours=1))

    async def read(self, source: Source, body: Body, asked: Asked) -> Reading:
        reading = self.readings.pop(0)
        assert isinstance(reading, Reading)
        return reading

    async def read_page(self, capture: Capture) -> PageReading:
        raise AssertionError("no page is read here")


@pytest.mark.parametrize(
    ("readings", "requests", "outcome", "detail"),
    [
        ([FOUND, NOTHING], 1, "found", ""),
        ([NOTHING, FOUND], 2, "found", ""),
        ([NOTHING, NOTHING], 2, "not_found", ""),
        ([NOTHING, REFUSED], 2, "blocked", "captcha"),
        ([FetchFailed("timeout", "too slow")], 1, "timeout", "too slow"),
    ],
)
async def test_it_asks_until_found(
    readings: list[Reading | FetchFailed], requests: int, outcome: str, detail: str
) -> None:
    carrier = Carrier(list(readings))
    source = a_source(ask=lambda asked: (Request(URL), Request(URL + "&again=1")))
    answer = await looked(carrier, carrier, source, NUMBER, NOW)
    assert (answer["outcome"], answer["detail"], len(carrier.asked)) == (outcome, detail, requests)
    assert answer["retry_at"] in ("2026-03-02T10:00:00Z", None)
