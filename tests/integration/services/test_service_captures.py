"""Captures: what pages say becomes facts with provenance. The pages are constructed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from parcelparsers.model import Leg, Parcel
from parcelparsers.page import Capture, Field, OrderReading, PageReading, PageRule, Unread
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Invalid
from support.scripted import NUMBER, START, House, day, event

REF = OrderRef("aliexpress", "8190000000000001")
URL = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000001"


def reading(rules: tuple[PageRule, ...] = (), **fields: Any) -> OrderReading:
    read = {name: Field(value, "made up", str(value)) for name, value in fields.items()}
    return OrderReading(marketplace=REF.marketplace, order_id=REF.order_id, fields=read, rules=rules)


async def seen(house: House, at: float, *orders: OrderReading, zone: str | None = None, **more: Any) -> Any:
    """A page that the user saw on a day."""
    body = f"page seen on day {at}"
    house.reader.pages[body] = PageReading(orders=orders, **more)
    capture = Capture(url=URL, kind="order_detail", form="html", body=body, seen_at=day(at), zone=zone)
    return await house.warden.take_capture(capture, None, day(at))


async def value(house: House, name: str) -> Any:
    entry = (await house.warden.order(REF)).facts.get(name)
    return entry.value if entry else None


async def test_a_page_makes_an_order_with_provenance_and_parcels(house: House) -> None:
    record = await seen(
        house,
        3,
        reading(
            shipped_at=datetime(2026, 3, 4, 10, tzinfo=UTC),
            delivery_due_at=date(2026, 4, 20),
            payment_method="paypal",
            items=["strip", "lamp"],
            total="12.40",
            currency="EUR",
            seller="A shop",
            tracking_numbers=[NUMBER, "no number?"],
            status="awaiting_delivery",
            rules=(),
        ),
        unread=(Unread(field="paid_at", why="not on this page", order_id=REF.order_id),),
    )
    assert record.result == {
        "orders": [{"marketplace": "aliexpress", "order_id": "8190000000000001"}],
        "parcels": [NUMBER],
        "unread": [{"field": "paid_at", "why": "not on this page", "order_id": REF.order_id}],
    }
    order = await house.warden.order(REF)
    assert (order.title, order.seller, order.total, order.currency) == ("strip (+1)", "A shop", "12.40", "EUR")
    assert order.page_seen_at == day(3)
    assert order.facts["shipped_at"].value == "2026-03-04T10:00:00Z"
    assert order.facts["shipped_at"].strategy == "made up"
    assert "dispute_not_received" in order.assessment.policy.windows
    assert "paypal_dispute" not in order.assessment.policy.windows


@pytest.mark.parametrize(
    ("zone", "earliest", "latest"),
    [
        (None, "2026-04-19T10:00:00Z", "2026-04-21T12:00:00Z"),
        ("nowhere/such", "2026-04-19T10:00:00Z", "2026-04-21T12:00:00Z"),
        ("Europe/Madrid", "2026-04-19T22:00:00Z", "2026-04-20T22:00:00Z"),
        ("Asia/Shanghai", "2026-04-19T16:00:00Z", "2026-04-20T16:00:00Z"),
    ],
)
async def test_a_printed_date_is_a_span_in_the_zone_of_the_page(
    house: House, zone: str | None, earliest: str, latest: str
) -> None:
    await seen(house, 3, reading(delivery_due_at=date(2026, 4, 20)), zone=zone)
    assert await value(house, "delivery_due_at") == {
        "printed": "2026-04-20",
        "earliest": earliest,
        "latest": latest,
    }


async def test_the_same_capture_twice_changes_nothing_and_has_one_name(house: House) -> None:
    page = reading(shipped_at=date(2026, 3, 4), delivery_due_at=date(2026, 4, 20))
    first = await seen(house, 3, page)
    before = await house.warden.order(REF)
    again = await seen(house, 3, page)
    assert again == first
    assert await house.warden.order(REF) == before
    assert await house.warden.changes(REF) == []


async def test_a_newer_page_wins_and_an_older_one_does_not(house: House) -> None:
    await seen(house, 5, reading(shipped_at=date(2026, 3, 4), seller="new"))
    await seen(house, 3, reading(shipped_at=date(2026, 3, 3), seller="old", currency="EUR"))
    assert (await value(house, "shipped_at"))["printed"] == "2026-03-04"
    order = await house.warden.order(REF)
    assert (order.seller, order.currency, order.page_seen_at) == ("new", "EUR", day(5))
    await seen(house, 6, reading(shipped_at=date(2026, 3, 5)))
    assert (await value(house, "shipped_at"))["printed"] == "2026-03-05"
    assert [c.taken for c in await house.warden.changes(REF)] == [True]


@pytest.mark.parametrize("name", ["delivery_due_at", "observed_protection_ends_at"])
async def test_of_two_ends_a_day_apart_the_earlier_is_kept_and_the_difference_recorded(house: House, name: str) -> None:
    await seen(house, 3, reading(**{name: date(2026, 9, 4)}))
    await seen(house, 4, reading(**{name: date(2026, 9, 3)}))
    await seen(house, 5, reading(**{name: date(2026, 9, 4)}))
    assert (await value(house, name))["printed"] == "2026-09-03"
    changes = await house.warden.changes(REF)
    assert [(c.before["printed"], c.after["printed"], c.taken) for c in changes] == [
        ("2026-09-04", "2026-09-03", True),
        ("2026-09-03", "2026-09-04", False),
    ]


async def test_a_seller_who_extends_moves_the_end(house: House) -> None:
    await seen(house, 3, reading(delivery_due_at=date(2026, 4, 20)))
    await seen(house, 30, reading(delivery_due_at=date(2026, 5, 5)))
    assert (await value(house, "delivery_due_at"))["printed"] == "2026-05-05"
    await seen(house, 4, reading(delivery_due_at=date(2026, 4, 20)))
    assert (await value(house, "delivery_due_at"))["printed"] == "2026-05-05"


async def test_the_users_word_stands_until_a_later_page_says_otherwise(house: House) -> None:
    await house.add(shipped_at="2026-03-04")
    await house.warden.change_order(REF, {"shipped_at": "2026-03-06"}, day(5))
    await seen(house, 4, reading(shipped_at=date(2026, 3, 5)))
    assert await value(house, "shipped_at") == "2026-03-06"
    await seen(house, 6, reading(shipped_at=date(2026, 3, 5)))
    assert (await value(house, "shipped_at"))["printed"] == "2026-03-05"


async def test_of_the_users_end_and_a_pages_end_the_earliest_counts(house: House) -> None:
    await house.add(delivery_due_at="2026-04-20")
    await seen(house, 6, reading(delivery_due_at=date(2026, 5, 30)))
    assert await value(house, "delivery_due_at") == "2026-04-20"
    await seen(house, 7, reading(delivery_due_at=date(2026, 4, 1)))
    assert (await value(house, "delivery_due_at"))["printed"] == "2026-04-01"


async def test_the_first_sighting_of_the_button_counts(house: House) -> None:
    await seen(house, 20, reading(observed_dispute_button_at=day(20)))
    await seen(house, 22, reading(observed_dispute_button_at=day(22)))
    assert await value(house, "observed_dispute_button_at") == "2026-03-22T09:00:00Z"


async def test_a_button_after_the_computed_end_proves_it_wrong(house: House) -> None:
    page = {"shipped_at": datetime(2026, 3, 4, tzinfo=UTC), "delivery_due_at": date(2026, 4, 1)}
    await seen(house, 40, reading(**page, observed_dispute_button_at=day(40)))
    await seen(house, 60, reading(**page, observed_dispute_button_at=day(60)))
    order = await house.warden.order(REF)
    assert order.assessment.policy.windows["dispute_not_received"].last_safe_at is None


async def test_a_status_says_what_happened_at_the_latest_now(house: House) -> None:
    await seen(house, 3, reading(paid_at=START, status="awaiting_delivery"))
    assert await value(house, "shipped_at") == {
        "printed": "awaiting_delivery",
        "earliest": "2026-03-02T09:00:00Z",
        "latest": "2026-03-05T09:00:00Z",
    }
    await seen(house, 9, reading(status="cancelled"))
    assert "dispute_not_received" not in (await house.warden.order(REF)).assessment.policy.windows
    await seen(house, 10, reading(status="awaiting_delivery"))
    assert await value(house, "cancelled_at") is None


async def test_a_shops_tracking_page_feeds_the_parcel(house: House) -> None:
    await house.add(numbers=[NUMBER])
    accepted = event(3, "PU_PICKUP_SUCCESS", leg=Leg.ACCEPTED)
    parcel = Parcel(number=NUMBER, events=(accepted,), state=accepted.state, leg=accepted.leg)
    record = await seen(house, 4, parcels=((REF.order_id, parcel),))
    assert record.result["parcels"] == [NUMBER]
    assert record.result["orders"] == [{"marketplace": "aliexpress", "order_id": REF.order_id}]
    order = await house.warden.order(REF)
    assert order.assessment.verdicts[NUMBER].verdict == "normal"
    assert order.assessment.verdict.checked_at == day(4)


async def test_a_number_that_nobody_watches_is_let_be(house: House) -> None:
    parcel = Parcel(number=NUMBER, events=(event(3, "X"),))
    record = await seen(house, 4, parcels=((None, parcel),))
    assert record.result == {"orders": [], "parcels": [], "unread": []}


async def test_a_carriers_page_is_read_by_its_source(house: House) -> None:
    await house.add(numbers=[NUMBER])
    accepted = event(3, "PU_PICKUP_SUCCESS", leg=Leg.ACCEPTED)
    body = msgspec.json.encode({"parcels": [Parcel(number=NUMBER, events=(accepted,), leg=Leg.ACCEPTED)]}).decode()
    capture = Capture(
        url=f"https://cainiao.example/{NUMBER}", kind="carrier_page", form="json", body=body, seen_at=day(4)
    )
    record = await house.warden.take_capture(capture, None, day(5))
    assert record.result["parcels"] == [NUMBER]
    assert (await house.warden.parcel(NUMBER)).looks[0].last_ok_at == day(4)
    for url, text in (("https://elsewhere.example/", body), ("http://[::1", body), (capture.url, '{"nothing": 1}')):
        with pytest.raises(Invalid):
            await house.warden.take_capture(msgspec.structs.replace(capture, url=url, body=text), None, day(5))


async def test_what_cannot_be_read_is_refused_and_nothing_is_written(house: House) -> None:
    capture = Capture(url=URL, kind="order_detail", form="html", body="<p>nothing</p>", seen_at=day(1))
    with pytest.raises(Invalid):
        await house.warden.take_capture(capture, None, day(1))
    assert await house.store.read(lambda unit: unit.orders.count()) == 0


async def test_a_page_from_the_future_is_taken_as_seen_now(house: House) -> None:
    body = "from the future"
    house.reader.pages[body] = PageReading(orders=(reading(shipped_at=date(2026, 3, 4)),))
    capture = Capture(url=URL, kind="order_detail", form="html", body=body, seen_at=day(400))
    record = await house.warden.take_capture(capture, "a" * 64, day(1) + timedelta(microseconds=5))
    assert record.seen_at == day(1)
    assert (await house.warden.order(REF)).account == "a" * 64


async def test_rules_of_the_orders_own_page_are_kept_the_newest_of_each_kind(house: House) -> None:
    old = PageRule(kind="return_after_receipt", quote="within 15 days", days=15)
    new = PageRule(kind="return_after_receipt", quote="within 7 days", days=7)
    other = PageRule(kind="refund_if_not_delivered", quote="before Sep 4", before=date(2026, 9, 4))
    await seen(house, 5, reading((new,)))
    await seen(house, 3, reading((old, other)))
    kept = {rule.kind: (rule.days, rule.before) for rule in (await house.warden.order(REF)).rules}
    assert kept == {"return_after_receipt": (7, None), "refund_if_not_delivered": (None, "2026-09-04")}


async def test_a_shop_that_the_settings_leave_out_is_told_as_unread_unless_its_page_is_given_by_hand(
    house: House,
) -> None:
    await house.warden.change_settings({"sites": ["Amazon"]}, day(0))
    record = await seen(house, 3, reading(shipped_at=date(2026, 3, 4), tracking_numbers=[NUMBER]))
    assert (record.result["orders"], record.result["parcels"]) == ([], [])
    assert [(each["field"], each["order_id"]) for each in record.result["unread"]] == [("order", REF.order_id)]
    assert await house.store.read(lambda unit: unit.orders.count()) == 0
    saved = Capture(
        url="file:///page.html", kind="order_detail", form="html", body="page seen on day 3", seen_at=day(3)
    )
    assert (await house.warden.take_capture(saved, None, day(3))).result["orders"]
    await house.warden.change_settings({"sites": None}, day(4))
    assert (await seen(house, 4, reading(shipped_at=date(2026, 3, 4)))).result["unread"] == []
