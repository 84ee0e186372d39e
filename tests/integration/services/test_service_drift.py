"""The drift watch: a source that changed is said once, keeps what was known, and reaches the buyer before an end."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from parcelparsers import Body
from parcelparsers.model import Leg
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import Answer
from support.outbox import rows
from support.scripted import NUMBER, House, day, event

OTHER = "LP00190000000024"
ACCEPTED = event(3, "PU_PICKUP_SUCCESS", leg=Leg.ACCEPTED)
REF = OrderRef("aliexpress", "8190000000000001")


def changed(house: House) -> None:
    """From now on the answers have another form."""
    house.fetcher.answer = lambda request, now: Answer(
        Body(b'{"v2": []}', content_type="application/json"), request.url
    )


def vanished(house: House) -> None:
    """From now on the number is not known there."""
    del house.fetcher.parcels[NUMBER]


@pytest.mark.parametrize(("how", "break_it"), [("unreadable", changed), ("vanished", vanished)])
async def test_a_changed_source_is_said_once_and_what_was_known_is_kept(
    house: House, how: str, break_it: object, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "parcelwarden")
    await house.add(numbers=[NUMBER])
    await house.add("8190000000000002", numbers=[OTHER])
    house.fetcher.tell(ACCEPTED)
    house.fetcher.tell(ACCEPTED, number=OTHER)
    await house.live(day(9))
    assert (await house.warden.sources())[0].changed_since is None
    break_it(house)
    await house.live(day(20))
    health = (await house.warden.sources())[0]
    assert health.changed_how == how
    assert health.changed_since
    assert day(9) <= health.changed_since < day(11)
    assert (await house.warden.parcel(NUMBER)).events == (ACCEPTED,)
    house.fetcher.mend()
    house.fetcher.tell(ACCEPTED)
    await house.live(day(24))
    assert (await house.warden.sources())[0].changed_since is None
    told = [r.getMessage() for r in caplog.records if "changed" in r.getMessage() or "read again" in r.getMessage()]
    assert ["doctor --sample" in line for line in told] == [True, False]


@pytest.mark.parametrize(("code", "break_it"), [("source_changed", changed), ("source_forgot", vanished)])
async def test_a_change_is_an_alert_once_for_each_time_that_it_happens(
    house: House, code: str, break_it: object
) -> None:
    async def told() -> list[str]:
        return [row.key for row in await rows(house) if row.code == code and row.times_sent]

    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.live(day(6))
    assert not await told()
    break_it(house)
    await house.live(day(14))
    once = await told()
    assert len(once) == 1
    assert any("cainiao" in note.body for note in house.desktop.sent)
    house.fetcher.mend()
    house.fetcher.tell(ACCEPTED)
    await house.live(day(18))
    break_it(house)
    await house.live(day(24))
    assert len(set(await told())) == 2


@pytest.mark.parametrize("break_it", [changed, vanished])
async def test_it_reaches_the_buyer_before_an_end(house: House, break_it: object) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(ACCEPTED)
    await house.live(day(20))
    break_it(house)
    await house.live(day(60))
    told = [row for row in await rows(house) if row.code == "source_silent" and row.times_sent]
    assert told
    order = await house.warden.order(REF)
    assert order.assessment.verdicts[NUMBER].checked_at < day(20) + timedelta(days=2)
