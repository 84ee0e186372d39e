"""The sweep: poison, slices, clocks that jump."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.reassess import reassess
from parcelwarden.services import reassessing
from parcelwarden.services.records import AlertState
from support.scripted import NUMBER, House, day

HOUR = timedelta(hours=1)


def ref(number: int) -> OrderRef:
    return OrderRef("aliexpress", f"81900000000000{number:02}")


async def test_a_poison_order_is_postponed_and_reported_and_the_rest_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        await house.add(ref(number).order_id)
    poison = True

    def assess(order: object, now: object, rules: object) -> object:
        if poison and order.facts.order_id == ref(7).order_id:
            raise ZeroDivisionError("made up")
        return reassess(order, now, rules)

    monkeypatch.setattr(reassessing, "reassess", assess)
    await house.store.write(lambda unit: unit.orders.hasten(day(1)))
    await house.tick(day(1))
    for number in (6, 8, 59):
        assert (await house.warden.order(ref(number))).assessed_at == day(1)
    sick = await house.warden.order(ref(7))
    assert sick.next_change_at == day(1) + HOUR
    assert sick.facts
    health = await house.warden.health(day(1))
    assert health["postponed"] == [{"order": str(ref(7)), "until": day(1) + HOUR, "why": "ZeroDivisionError: made up"}]
    poison = False
    await house.tick(day(1) + HOUR)
    assert (await house.warden.health(day(1)))["postponed"] == []
    assert (await house.warden.order(ref(7))).assessed_at == day(1) + HOUR


async def test_an_order_whose_row_is_damaged_spoils_no_other(house: House) -> None:
    for number in range(3):
        await house.add(ref(number).order_id)

    def damage(unit: object) -> None:
        unit.orders.hasten(day(1))
        house.store._db.execute("UPDATE orders SET facts = '{' WHERE order_id = ?", [ref(1).order_id])

    await house.store.write(damage)
    await house.tick(day(1))
    assert (await house.warden.order(ref(2))).assessed_at == day(1)
    assert [each["order"] for each in (await house.warden.health(day(1)))["postponed"]] == [str(ref(1))]


async def test_an_assessment_of_another_shape_is_computed_anew(house: House) -> None:
    await house.add(ref(1).order_id)

    def damage(unit: object) -> None:
        unit.orders.hasten(day(1))
        house.store._db.execute("""UPDATE orders SET assessment = '{"older": 1}', brief = '{"older": 1}'""")

    await house.store.write(damage)
    assert (await house.warden.order(ref(1))).assessment is None
    await house.tick(day(1))
    assert (await house.warden.order(ref(1))).assessment is not None


async def test_nothing_changes_between_two_instants_of_interest(house: House) -> None:
    await house.add(ref(1).order_id)
    following = await house.tick(day(1))
    assert following is not None
    before = await house.warden.order(ref(1))
    await house.tick(following - timedelta(seconds=1))
    assert await house.warden.order(ref(1)) == before


async def test_a_clock_set_back_and_forth_tells_nothing_twice(house: House) -> None:
    await house.add(ref(1).order_id)
    await house.live(day(35))
    sent = len(house.desktop.sent)
    rows = await house.store.read(lambda unit: unit.alerts.of_order(ref(1)))
    await house.store.write(lambda unit: unit.orders.hasten(day(33)))
    await house.tick(day(33))
    await house.store.write(lambda unit: unit.orders.hasten(day(35)))
    await house.tick(day(35) + timedelta(seconds=1))
    assert len(house.desktop.sent) == sent
    after = await house.store.read(lambda unit: unit.alerts.of_order(ref(1)))
    assert [row.due_at for row in after] == [row.due_at for row in rows]


async def test_an_idle_tick_finds_nothing_to_do(house: House) -> None:
    assert await house.tick(day(1)) is None
    await house.add(ref(1).order_id)
    assert await house.tick(day(1)) is not None
    assert not [
        row
        for row in await house.store.read(lambda unit: unit.alerts.of_order(ref(1)))
        if row.state is not AlertState.PENDING
    ]


async def test_a_clock_that_was_days_ahead_keeps_nothing_waiting(house: House) -> None:
    await house.add(ref(1).order_id, numbers=[NUMBER])
    await house.tick(day(1))
    house.fetcher.wall()
    await house.tick(day(80))
    house.fetcher.mend()
    assert (await house.warden.parcel(NUMBER)).looks[0].next_look_at > day(80)
    await house.restart()
    house.now = day(2)
    await house.live(day(4))
    look = (await house.warden.parcel(NUMBER)).looks[0]
    assert look.last_ok_at is not None
    assert day(2) <= look.last_ok_at <= day(4)
    rows = await house.store.read(lambda unit: unit.alerts.of_order(ref(1)))
    ahead = [row for row in rows if row.due_at > day(4) and row.helps_until and not row.delivered_at]
    assert ahead
    assert AlertState.PENDING in {row.state for row in ahead}
    assert AlertState.EXPIRED not in {row.state for row in ahead}


async def test_other_rules_assess_every_order_anew(house: House) -> None:
    await house.add(ref(1).order_id)
    await house.tick(day(1))
    await house.store.write(lambda unit: unit.settings.put("rules", "older ones"))
    await house.restart()
    await house.tick(day(2))
    assert (await house.warden.order(ref(1))).assessed_at == day(2)
