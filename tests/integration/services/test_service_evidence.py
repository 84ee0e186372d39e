"""Answers kept as evidence and the packs of three of the demo's orders against the form's limits. All constructed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import zipfile
from functools import partial
from pathlib import Path

import pytest

from parcelwarden.adapters.painter import to_png
from parcelwarden.demo.stories import STORIES, day
from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.statement import takes, units
from parcelwarden.domain.timeline.scans import scan_table
from parcelwarden.services.answers import MOST, AnswerRecord, unpacked
from parcelwarden.services.errors import Conflict, NotFound
from parcelwarden.services.evidence import fitting, packed_evidence, safe
from parcelwarden.services.ports import Unit
from support.assessing import event as a_scan
from support.assessing import parcel as a_parcel
from support.scripted import NUMBER, House, event
from support.stories import ECONOMY, RETURNED, STALLED, scans_until

REF = OrderRef("aliexpress", "8190000000000001")


async def kept(house: House, number: str = NUMBER) -> list[AnswerRecord]:
    parcel = await house.warden.parcel(number)
    return await house.store.read(lambda unit: unit.answers.of(parcel.id))


async def test_an_answer_is_kept_when_it_changed_and_only_then(house: House) -> None:
    await house.add(numbers=[NUMBER])
    await house.tick(day(0))
    house.fetcher.tell(event(3, "PU_PICKUP_SUCCESS"))
    await house.tick(day(4))
    await house.tick(day(6))
    house.fetcher.tell(event(3, "PU_PICKUP_SUCCESS"), event(6, "SC_INBOUND_SUCCESS"))
    await house.tick(day(8))
    found = await kept(house)
    assert [(a.asked_at, a.outcome) for a in found] == [(day(0), "not_found"), (day(4), "found"), (day(8), "found")]
    assert found[0].reading is None
    last = json.loads(unpacked(found[2].reading or b""))
    assert [line["code"] for line in last["events"]] == ["PU_PICKUP_SUCCESS", "SC_INBOUND_SUCCESS"]


async def test_the_hash_is_that_of_the_answer_as_received(house: House) -> None:
    await house.add(numbers=[NUMBER])
    house.fetcher.tell(event(0, "PU_PICKUP_SUCCESS"))
    received: list[bytes] = []
    fetch = house.fetcher.fetch

    async def listening(source, request, now):  # type: ignore[no-untyped-def]
        answer = await fetch(source, request, now)
        received.append(answer.body.data)
        return answer

    house.fetcher.fetch = listening  # type: ignore[method-assign]
    await house.tick(day(1))
    (answer,) = await kept(house)
    assert answer.received_sha256 == hashlib.sha256(received[0]).hexdigest()


async def test_what_is_kept_of_an_order_is_bounded_and_the_first_and_last_stay(house: House) -> None:
    await house.add(numbers=[NUMBER])
    parcel = await house.warden.parcel(NUMBER)

    def add(unit: Unit, count: int, size: int) -> None:
        for number in range(count):
            answer = AnswerRecord(
                parcel_id=parcel.id, source="cainiao", number=NUMBER, asked_at=day(number), outcome="found",
                received_sha256=str(number), reading=os.urandom(size),
            )  # fmt: skip
            unit.answers.add(answer)

    for count, size in ((40, 9_000), (1500, 10)):
        await house.store.write(partial(add, count=count, size=size))
        found = await kept(house)
        assert sum(len(a.reading or b"") + 200 for a in found) <= MOST
        assert found[0].received_sha256 == "0"
        assert found[-1].reading is not None


async def test_a_forgotten_order_takes_its_answers_along(house: House) -> None:
    await house.add(numbers=[NUMBER])
    await house.tick(day(0))
    parcel = await house.warden.parcel(NUMBER)
    await house.warden.forget_order(REF, day(1))
    assert await house.store.read(lambda unit: unit.answers.of(parcel.id)) == []


@pytest.mark.parametrize("story", [ECONOMY, STALLED, RETURNED], ids=["economy", "stalled", "returned"])
async def test_the_pack_of_a_demo_order_fits_the_form(house: House, story: int) -> None:
    told = STORIES[story]
    assert told.number
    house.now = day(0)
    await house.warden.add_order(
        {"marketplace": "aliexpress", "order_id": told.order_id, "title": told.title, **told.facts},
        [told.number],
        day(0),
    )
    for number in (4, 6, 9, 15, 22, 42):
        house.fetcher.tell(*scans_until(story, number), number=told.number)
        await house.tick(day(number))
    evidence = await house.warden.evidence(OrderRef("aliexpress", told.order_id), day(42))
    files = unzipped(packed_evidence(evidence, to_png))
    pictures = [name for name in files if name.endswith((".png", ".jpg"))]
    assert sorted(pictures) == ["scans.png", "timeline.png"]
    assert len(pictures) <= evidence.limits.pictures
    for name in pictures:
        assert files[name].startswith(b"\x89PNG\r\n\x1a\n")
        assert 10_000 < len(files[name]) <= 1_900_000
    text = files["statement.txt"].decode()
    assert units(text) <= 500
    assert takes(text)
    assert told.number in text
    readings = [name for name in files if name.startswith("answer-")]
    assert len(readings) >= 2
    listed = files["answers.txt"].decode()
    assert all(name in listed for name in readings)
    assert all(answer.received_sha256 in listed for answer in evidence.answers)
    assert "AE-E4" in files["README.txt"].decode()


def test_a_picture_that_is_too_large_is_drawn_smaller_or_refused() -> None:
    from parcelwarden.domain.form_limits import FormLimits

    sizes = {2.0: 300, 1.5: 200, 1.0: 100, 0.75: 80}
    assert len(fitting("", FormLimits(picture_bytes=150), lambda _, zoom: b"x" * sizes[zoom])) == 100
    with pytest.raises(Conflict, match="larger than the form takes"):
        fitting("", FormLimits(picture_bytes=10), lambda _, zoom: b"x" * sizes[zoom])


@pytest.mark.parametrize("parcels", [1, 10])
def test_the_table_fits_the_form_however_many_scans_there_are(parcels: int) -> None:
    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz ", k=90)) for _ in range(60)]
    scans = [a_scan(number, description=text) for number, text in enumerate(words)]
    table = scan_table([a_parcel(*scans, number=f"RR{which}CN") for which in range(parcels)], "aliexpress/1", day(70))
    assert all(f"RR{which}CN" in table for which in range(parcels))
    assert f"and {60 - 60 // parcels} older ones" in table or parcels == 1
    assert len(to_png(table, 1.0)) <= 1_900_000 / 2


async def test_an_order_that_is_not_watched(house: House) -> None:
    with pytest.raises(NotFound):
        await house.warden.evidence(REF, day(0))


@pytest.mark.parametrize("odd", ["../../x", "C:\\x", "a/b", "..", "\u0000", "x" * 300, ""])
def test_s39_names_are_plain(odd: str) -> None:
    name = safe(odd)
    assert Path(name).name == name
    assert 0 < len(name) <= 80
    assert name not in (".", "..")


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
