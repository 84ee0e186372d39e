"""Which orders are worth opening: without dates, or with old ones while a window ends soon. All constructed."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.dates import dates_known
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import Origin
from support.scripted import START, House

DATED = {
    "placed_at": "2026-01-01",
    "paid_at": "2026-01-01",
    "shipped_at": "2026-01-02",
    "delivery_due_at": "2026-03-01",
    "country": "ES",
}


async def added(house: House, order_id: str, **facts: str) -> OrderRef:
    """An order by hand."""
    order = await house.warden.add_order({"marketplace": "aliexpress", "order_id": order_id, **facts}, (), START)
    return order.ref


async def seen_on_its_page(house: House, ref: OrderRef, days_ago: float) -> None:
    """As if its facts had been read on its page so many days ago."""

    def work(unit: Unit) -> None:
        order = unit.orders.get(ref)
        assert order
        at = START - timedelta(days=days_ago)
        facts = {name: msgspec.structs.replace(f, origin=Origin.PAGE, seen_at=at) for name, f in order.facts.items()}
        unit.orders.put(msgspec.structs.replace(order, facts=facts))

    await house.store.write(work)


@pytest.mark.parametrize(("days_ago", "old"), [(1, False), (6.9, False), (7.1, True), (40, True)])
async def test_dates_read_long_ago_are_read_again_before_a_window_ends(
    house: House, days_ago: float, old: bool
) -> None:
    ref = await added(house, "1", **DATED)
    await seen_on_its_page(house, ref, days_ago)
    known = await house.store.read(lambda unit: dates_known(unit, START))
    assert (known.total, known.without) == (1, 0)
    assert [(each.ref, each.why) for each in known.open] == ([(ref, "old")] if old else [])


async def test_what_is_far_away_or_over_is_not_opened_again(house: House) -> None:
    for order_id, due in (("1", "2026-06-01"), ("2", "2026-01-20")):
        await seen_on_its_page(house, await added(house, order_id, **{**DATED, "delivery_due_at": due}), 40)
    known = await house.store.read(lambda unit: dates_known(unit, START))
    assert known.open == ()


async def test_orders_without_dates_are_counted_and_named(house: House) -> None:
    await added(house, "1", **DATED)
    ref = await added(house, "2", placed_at="2026-02-01")
    known = await house.store.read(lambda unit: dates_known(unit, START))
    assert (known.total, known.without) == (2, 1)
    assert [(each.ref, each.why) for each in known.open] == [(ref, "missing")]


async def test_facts_by_the_users_word_do_not_grow_old(house: House) -> None:
    await added(house, "1", **DATED)
    known = await house.store.read(lambda unit: dates_known(unit, START + timedelta(days=8)))
    assert known.open == ()
