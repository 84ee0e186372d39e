"""What moves on pages is history with a direction, and is told; orders are listed by time and money. Made-up pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from parcelparsers.page import Capture, Field, OrderReading, PageReading
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.history import moves
from parcelwarden.services.ports import AlertQuery, OrderQuery
from support.scripted import House, day

REF = OrderRef("aliexpress", "8190000000000001")
URL = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000001"


async def seen(house: House, at: float, **fields: Any) -> None:
    """The order's page, as the user saw it on a day."""
    read = {name: Field(value, "made up", str(value)) for name, value in fields.items()}
    body = f"page seen on day {at}"
    order = OrderReading(marketplace=REF.marketplace, order_id=REF.order_id, fields=read)
    house.reader.pages[body] = PageReading(orders=(order,))
    capture = Capture(url=URL, kind="order_detail", form="html", body=body, seen_at=day(at), zone="UTC")
    await house.warden.take_capture(capture, None, day(at))


async def codes(house: House, at: float) -> dict[str, str]:
    rows, _ = await house.warden.alerts(AlertQuery(now=day(at), order=REF, limit=100))
    return {row.code: row.severity.value for row in rows if row.state.value == "pending" and row.due_at <= day(at)}


async def test_an_end_that_moves_towards_the_buyer_raises_a_notice(house: House) -> None:
    await seen(house, 3, shipped_at=date(2026, 3, 3), delivery_due_at=date(2026, 5, 20), status="awaiting_delivery")
    await seen(house, 8, delivery_due_at=date(2026, 5, 5))
    assert (await codes(house, 9))["end_moved_earlier"] == "notice"
    history = moves(await house.warden.changes(REF))
    assert [(one.field, one.direction) for one in history] == [("delivery_due_at", "earlier")]
    assert "moved_to" in (await house.warden.order(REF)).assessment.advice.params  # type: ignore[union-attr]


async def test_an_extension_raises_an_info_and_explains_the_difference(house: House) -> None:
    end = "observed_protection_ends_at"
    await seen(house, 3, shipped_at=date(2026, 3, 3), delivery_due_at=date(2026, 4, 20), **{end: date(2026, 5, 5)})
    await seen(house, 8, **{end: date(2026, 6, 5)})
    assert (await codes(house, 9))["end_extended"] == "info"
    found = (await house.warden.order(REF)).assessment
    assert found is not None
    assert {one.code for one in found.differences if one.subject == "dispute_not_received"} == {"difference_extended"}
    kept = msgspec.json.decode(msgspec.json.encode(found), type=type(found))
    assert kept.differences == found.differences


async def test_what_the_user_sets_is_no_move_of_the_page(house: House) -> None:
    await house.add(delivery_due_at="2026-04-20", shipped_at="2026-03-03")
    await house.warden.change_order(REF, {"delivery_due_at": "2026-04-10"}, day(4))
    assert moves(await house.warden.changes(REF)) == ()
    assert "end_moved_earlier" not in await codes(house, 5)


async def test_orders_are_listed_by_time_then_by_money_page_by_page(house: House) -> None:
    shared = {"placed_at": "2026-03-01", "shipped_at": "2026-03-03", "delivery_due_at": "2026-04-20"}
    for name, total in (("1", "5.00"), ("2", "500.00"), ("3", "50.00")):
        await house.add(name, **shared, total=total, currency="EUR")
    await house.add("4", **shared | {"delivery_due_at": "2026-04-10"}, total="1.00", currency="EUR")
    await house.add("5", shipped_at=None, delivery_due_at=None, placed_at=None, paid_at=None)
    listed: list[str] = []
    cursor = None
    while True:
        records, cursor = await house.warden.orders(OrderQuery(limit=2, cursor=cursor))
        listed += [record.ref.order_id for record in records]
        if cursor is None:
            break
    assert listed == ["4", "2", "3", "1", "5"]


async def test_open_disputes_are_counted_over_all_orders_of_a_shop(house: House) -> None:
    opened = {"shipped_at": "2026-03-03", "delivery_due_at": "2026-03-20", "dispute.opened_at": "2026-04-10"}
    for name in "123456":
        await house.add(name, **opened)
    await house.warden.change_order(OrderRef("aliexpress", "6"), {"dispute.closed_at": "2026-04-12"}, day(44))
    await house.warden.change_order(OrderRef("aliexpress", "5"), {"refunded_at": "2026-04-12"}, day(44))
    assert await house.store.read(lambda unit: unit.orders.disputes_open("aliexpress")) == 4
    assert await house.store.read(lambda unit: unit.orders.disputes_open("ebay")) == 0
    order = await house.add("7", shipped_at="2026-01-03", delivery_due_at="2026-02-27")
    assert order.assessment is not None and order.assessment.advice.params["open_disputes"] == "4"
