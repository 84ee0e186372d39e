"""Orders by hand."""

from __future__ import annotations

import pytest

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Ambiguous, Conflict, Invalid, NotFound
from parcelwarden.services.ports import OrderQuery
from parcelwarden.services.records import AlertState, Origin
from support.scripted import NUMBER, START, House, day

REF = OrderRef("aliexpress", "8190000000000001")


async def test_an_added_order_has_facts_assessment_parcels_and_alert_rows(house: House) -> None:
    order = await house.add(title="LED strip", total="12.40", currency="eur", numbers=[NUMBER])
    assert order.ref == REF
    assert (order.title, order.total, order.currency) == ("LED strip", "12.40", "EUR")
    assert order.facts["shipped_at"].origin is Origin.USER
    assert "dispute_not_received" in order.assessment.policy.windows
    assert order.assessment.verdicts[NUMBER].verdict == "unverified"
    rows = await house.store.read(lambda unit: unit.alerts.of_order(REF))
    assert rows
    assert {row.key for row in rows} == {draft.key for draft in order.assessment.alerts}
    assert order.next_change_at is not None
    assert order.next_change_at > START


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"paid_at": "2026-03-02T09:00:00"}, "paid_at"),
        ({"paid_at": "soon"}, "paid_at"),
        ({"country": "Spain"}, "country"),
        ({"nothing_such": "x"}, "nothing_such"),
        ({"dispute.opened_at": "no"}, "dispute.opened_at"),
        ({"dispute": {"opened_at": "no"}}, "dispute.opened_at"),
        ({"order_id": "a/b"}, "order_id"),
        ({"marketplace": ""}, "marketplace"),
        ({"total": "a lot"}, "total"),
        ({"currency": "euro"}, "currency"),
        ({"title": "a\x00b"}, "title"),
        ({"status": "completed"}, "status"),
    ],
)
async def test_what_cannot_be_taken_is_refused_by_its_field_and_nothing_is_written(
    house: House, facts: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await house.add(**facts)
    assert refused.value.field == field
    assert await house.store.read(lambda unit: unit.orders.count()) == 0


async def test_a_bad_number_leaves_no_order_behind(house: House) -> None:
    with pytest.raises(Invalid):
        await house.add(numbers=["../etc"])
    assert await house.store.read(lambda unit: unit.orders.count()) == 0


async def test_dates_in_an_impossible_order_are_kept(house: House) -> None:
    order = await house.add(shipped_at="2026-02-01")
    assert order.facts["shipped_at"].value == "2026-02-01"
    assert order.assessment is not None


async def test_an_order_is_added_once(house: House) -> None:
    await house.add()
    with pytest.raises(Conflict):
        await house.add()


async def test_a_name_is_resolved_or_said_to_fit_none_or_several(house: House) -> None:
    await house.add()
    assert await house.warden.resolve("AliExpress/8190000000000001") == REF
    assert await house.warden.resolve("8190000000000001") == REF
    with pytest.raises(NotFound):
        await house.warden.resolve("1")
    await house.add(marketplace="ebay")
    with pytest.raises(Ambiguous, match="aliexpress/8190000000000001, ebay/8190000000000001"):
        await house.warden.resolve("8190000000000001")


async def test_the_users_word_is_set_recorded_and_taken_back(house: House) -> None:
    await house.add()
    order = await house.warden.change_order(REF, {"received_at": "2026-03-20", "title": "strip"}, day(18))
    assert order.title == "strip"
    assert "dispute_not_received" not in order.assessment.policy.windows
    order = await house.warden.change_order(REF, {"received_at": "2026-03-21"}, day(19))
    order = await house.warden.change_order(REF, {"received_at": None}, day(20))
    assert "received_at" not in order.facts
    changes = await house.warden.changes(REF)
    assert [(c.before, c.after) for c in changes] == [("2026-03-20", "2026-03-21"), ("2026-03-21", None)]


async def test_a_refused_change_changes_nothing(house: House) -> None:
    before = await house.add()
    with pytest.raises(Invalid):
        await house.warden.change_order(REF, {"received_at": "2026-03-20", "paid_at": "never"}, day(18))
    assert await house.warden.order(REF) == before
    with pytest.raises(NotFound):
        await house.warden.change_order(OrderRef("aliexpress", "1"), {"received_at": "2026-03-20"}, day(18))


async def test_moved_dates_withdraw_the_old_alerts_and_raise_new_ones(house: House) -> None:
    await house.add()
    old = {row.key for row in await house.store.read(lambda unit: unit.alerts.of_order(REF))}
    order = await house.warden.change_order(REF, {"delivery_due_at": day(60).date().isoformat()}, day(1))
    rows = await house.store.read(lambda unit: unit.alerts.of_order(REF))
    gone = {row.key for row in rows if row.state is AlertState.WITHDRAWN}
    assert gone
    assert gone <= old
    assert {row.key for row in rows if row.state is AlertState.PENDING} == {d.key for d in order.assessment.alerts}
    await house.warden.change_order(REF, {"delivery_due_at": day(40).date().isoformat()}, day(1))
    back = await house.store.read(lambda unit: unit.alerts.of_order(REF))
    assert old == {row.key for row in back if row.state is AlertState.PENDING}


async def test_forgetting_drops_alerts_and_parcels_that_nobody_else_has(house: House) -> None:
    await house.add(numbers=[NUMBER, "LP00190000000024"])
    await house.add("8190000000000002", numbers=[NUMBER])
    await house.warden.forget_order(REF, day(1))
    with pytest.raises(NotFound):
        await house.warden.order(REF)
    assert await house.store.read(lambda unit: unit.alerts.of_order(REF)) == []
    assert (await house.warden.parcel(NUMBER)).orders == (OrderRef("aliexpress", "8190000000000002"),)
    with pytest.raises(NotFound):
        await house.warden.parcel("LP00190000000024")


async def test_pages_are_most_pressing_first_and_complete(house: House) -> None:
    for number in range(7):
        await house.add(f"81900000000000{number:02}", delivery_due_at=day(70 - number).date().isoformat())
    seen = []
    cursor = None
    while True:
        page, cursor = await house.warden.orders(OrderQuery(limit=3, cursor=cursor))
        seen += page
        if cursor is None:
            break
    assert [order.ref.order_id[-2:] for order in seen] == ["06", "05", "04", "03", "02", "01", "00"]
    with pytest.raises(Invalid):
        await house.warden.orders(OrderQuery(cursor="nonsense"))


async def test_the_overlays_answer_is_light_and_knows_what_is_not_watched(house: House) -> None:
    order = await house.add()
    unknown = OrderRef("aliexpress", "1")
    found = await house.warden.advice([unknown, REF])
    assert unknown not in found
    assert found[REF].advice == order.assessment.advice


async def test_settings_are_checked_and_reassess_what_hangs_on_them(house: House) -> None:
    await house.add(country=None, free_return=True, received_at="2026-03-20")
    assert (await house.warden.settings())["language"] == "en"
    with pytest.raises(Invalid) as refused:
        await house.warden.change_settings({"country": "ES", "webhook": "x"}, START)
    assert refused.value.field == "webhook"
    await house.warden.change_settings({"country": "es"}, START)
    await house.tick(START)
    order = await house.warden.order(REF)
    assert order.assessment is not None
    assert "free_return" in order.assessment.policy.windows
    assert (await house.warden.change_settings({"country": None}, START))["country"] is None
