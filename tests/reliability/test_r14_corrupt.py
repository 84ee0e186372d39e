"""R14: a corrupt page: the start is refused with the command, and the copy gives the same verdicts and dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parcelparsers.model import Leg
from parcelwarden.adapters.store import restore
from parcelwarden.services.errors import Unavailable
from support.scripted import House, day, event

PAGE = 4096


async def assessed(house: House) -> list[Any]:
    """Of every order what follows from it, and its alerts."""

    def work(unit: Any) -> list[Any]:
        orders = [record for _, record in unit.orders.walk(0, 1000)]
        return [(record.ref, record.assessment, unit.alerts.of_order(record.ref)) for record in orders]

    return await house.store.read(work)


async def test_r14_a_corrupt_page_is_refused_and_the_copy_gives_the_same_verdicts(tmp_path: Path) -> None:
    house = await House(tmp_path / "data").open()
    for number in range(40):
        parcel = f"LP001900000000{number:02}"
        house.fetcher.tell(event(3, "PU", leg=Leg.ACCEPTED), number=parcel)
        await house.add(f"{number:016}", numbers=[parcel])
    await house.tick(day(20))
    before = await assessed(house)
    copies = house.path.parent / "backups"
    copies.mkdir()
    await house.store.backup(copies / "parcelwarden-20260322T090000Z.db")
    await house.close()
    data = bytearray(house.path.read_bytes())
    for page in range(4, len(data) // PAGE, 3):
        data[page * PAGE : page * PAGE + 300] = b"\xa5" * 300
    house.path.write_bytes(data)
    with pytest.raises(Unavailable, match=r"damaged.*parcelwarden restore \S+20260322T090000Z\.db"):
        await house.open()
    assert house.path.read_bytes() == bytes(data)
    restore(copies / "parcelwarden-20260322T090000Z.db", house.path)
    await house.open()
    assert await assessed(house) == before
    await house.store.write(lambda unit: unit.orders.hasten(day(20)))
    await house.tick(day(20))
    again = await assessed(house)
    assert [(ref, found) for ref, found, _ in again] == [(ref, found) for ref, found, _ in before]
    await house.close()
