"""Units of work: all or nothing, in one thread, with faults told."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from parcelparsers.model import Eta, Event, Flag, Leg, State
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.domain.model import OrderRef, Severity
from parcelwarden.services.errors import Unavailable
from parcelwarden.services.ports import AlertQuery, Unit
from parcelwarden.services.records import (
    AlertRecord,
    AlertState,
    CaptureRecord,
    ClientRecord,
    Delivery,
    FactChange,
    FactEntry,
    Look,
    OrderRecord,
    Origin,
    PageRuleEntry,
    SourceHealth,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
REF = OrderRef("aliexpress", "1")


@pytest.fixture
async def store(tmp_path: Path) -> object:
    made = await SqliteStore.open(tmp_path / "data" / "parcelwarden.db")
    yield made
    await made.close()


def order(ref: OrderRef = REF) -> OrderRecord:
    return OrderRecord(
        ref=ref,
        facts={"paid_at": FactEntry(value="2026-03-02", origin=Origin.USER, seen_at=NOW)},
        rules=(PageRuleEntry(kind="k", quote="q", seen_at=NOW, days=7),),
        title="ä 字 \U0001f4e6",
        created_at=NOW,
        updated_at=NOW,
        next_change_at=NOW + timedelta(hours=1),
    )


def alert(key: str = "k", **more: object) -> AlertRecord:
    given = {
        "id": 0,
        "key": key,
        "ref": REF,
        "code": "moving",
        "params": {"x": "1"},
        "severity": Severity.WARNING,
        "due_at": NOW,
        "helps_until": None,
        "nag": True,
        "state": AlertState.PENDING,
        "created_at": NOW,
        "next_at": NOW,
    }
    return AlertRecord(**{**given, **more})


async def test_everything_comes_back_as_it_was_written(store: SqliteStore) -> None:
    event = Event(local_time="2026-03-02T09:00:00", at=NOW, state=State.IN_TRANSIT, leg=Leg.ORIGIN, description="d")

    def work(unit: Unit) -> None:
        unit.orders.put(order())
        parcel = unit.parcels.create("LP00190000000017", NOW)
        parcel = msgspec.structs.replace(
            parcel,
            state=State.DELIVERED,
            leg=Leg.FINAL,
            flags=(Flag.LOST,),
            eta=Eta(earliest="2026-03-02", latest="2026-03-03"),
            moved_at=NOW,
            events=(event,),
        )
        unit.parcels.put(parcel)
        look = Look(parcel_id=parcel.id, source="cainiao", number="LP00190000000017", next_look_at=NOW)
        unit.parcels.put_look(look)
        unit.orders.link(REF, parcel.id)
        unit.orders.link(REF, parcel.id)
        assert unit.parcels.get(parcel.id) == msgspec.structs.replace(parcel, looks=(look,), orders=(REF,))
        assert unit.orders.get(REF).parcel_ids == (parcel.id,)
        number = unit.alerts.add(alert())
        assert unit.alerts.get(number) == unit.alerts.by_key("k")
        assert unit.alerts.get(number).nag is True
        unit.alerts.put_delivery(Delivery(alert_id=number, channel="log", result="delivered", at=NOW))
        assert unit.alerts.deliveries(number)[0].at == NOW
        change = FactChange(ref=REF, field="f", before=None, after={"a": 1}, origin=Origin.PAGE, at=NOW, taken=False)
        unit.orders.record_changes([change])
        assert unit.orders.changes(REF) == [change]
        health = SourceHealth(source="cainiao", state="ok", last_ok_at=NOW, unknown_codes=("X",))
        unit.sources.put(health)
        unit.sources.put(health)
        assert unit.sources.all() == [health]
        assert unit.sources.get("other").state == "never_tried"
        client = ClientRecord(id="c", name="n", token_sha256="t", scopes=("read",), origin=None, created_at=NOW)
        unit.clients.put(client)
        assert unit.clients.get("c") == client == unit.clients.all()[0]
        unit.clients.forget("c")
        assert unit.clients.all() == []
        capture = CaptureRecord(id="h", kind="text", seen_at=NOW, received_at=NOW, result={"orders": []})
        unit.captures.put(capture)
        assert unit.captures.get("h") == capture
        unit.settings.put("a", {"b": [1]})
        assert unit.settings.get("a") == {"b": [1]}
        assert unit.settings.get("none") is None

    await store.write(work)
    found = await store.read(lambda unit: unit.orders.many([REF, OrderRef("x", "y")]))
    assert len(found) == 1
    assert found[0].title == order().title
    assert found[0].facts == order().facts
    assert found[0].rules == order().rules


async def test_a_unit_that_raises_writes_nothing(store: SqliteStore) -> None:
    def work(unit: Unit) -> None:
        unit.orders.put(order())
        unit.settings.put("a", 1)
        unit.alerts.add(alert())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(work)
    assert await store.read(lambda unit: (unit.orders.count(), unit.settings.get("a"), unit.alerts.by_key("k"))) == (
        0,
        None,
        None,
    )


async def test_all_work_runs_in_one_thread_and_no_row_is_lost(store: SqliteStore) -> None:
    threads: set[int] = set()

    def work(unit: Unit, number: int) -> None:
        threads.add(threading.get_ident())
        unit.orders.put(order(OrderRef("aliexpress", str(number))))

    await asyncio.gather(*(store.write(lambda unit, n=n: work(unit, n)) for n in range(100)))
    assert len(threads) == 1
    assert threads != {threading.get_ident()}
    assert await store.read(lambda unit: unit.orders.count()) == 100


async def test_a_full_disk_is_told_and_nothing_is_half_written(store: SqliteStore) -> None:
    def limit(pages: int) -> None:
        store._db.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    await store.read(lambda unit: limit(store._db.execute("PRAGMA page_count").fetchone()[0] + 2))

    def work(unit: Unit) -> None:
        for number in range(1000):
            unit.orders.put(order(OrderRef("aliexpress", str(number))))

    with pytest.raises(Unavailable, match="the disk is full"):
        await store.write(work)
    assert await store.read(lambda unit: unit.orders.count()) == 0
    await store.read(lambda unit: limit(1 << 30))
    await store.write(work)
    assert await store.read(lambda unit: unit.orders.count()) == 1000


async def test_a_database_that_cannot_be_written_is_told(store: SqliteStore) -> None:
    await store.read(lambda unit: store._db.execute("PRAGMA query_only = ON"))
    with pytest.raises(Unavailable, match="cannot be written"):
        await store.write(lambda unit: unit.orders.put(order()))
    await store.read(lambda unit: store._db.execute("PRAGMA query_only = OFF"))
    await store.write(lambda unit: unit.orders.put(order()))


async def test_what_is_due_is_never_due_too_soon(store: SqliteStore) -> None:
    late = NOW + timedelta(microseconds=1)

    def work(unit: Unit) -> list[bool]:
        unit.alerts.add(alert(due_at=late, next_at=late))
        return [bool(unit.alerts.due(at, 9)) for at in (NOW, NOW + timedelta(seconds=1))]

    assert await store.write(work) == [False, True]


async def test_alerts_are_paged_by_key(store: SqliteStore) -> None:
    def work(unit: Unit) -> list[str]:
        for number in range(7):
            unit.alerts.add(alert(f"k{number}", due_at=NOW - timedelta(hours=number % 3)))
        seen: list[str] = []
        cursor = None
        while True:
            page, cursor = unit.alerts.page(AlertQuery(now=NOW, limit=2, cursor=cursor))
            seen += [row.key for row in page]
            if cursor is None:
                return seen

    assert await store.write(work) == ["k2", "k5", "k1", "k4", "k0", "k3", "k6"]


async def test_a_look_at_a_forgotten_parcel_is_let_go(store: SqliteStore) -> None:
    def work(unit: Unit) -> None:
        parcel = unit.parcels.create("LP00190000000017", NOW)
        look = Look(parcel_id=parcel.id, source="cainiao", number="LP00190000000017", next_look_at=NOW)
        unit.parcels.put_look(look)
        unit.parcels.forget(parcel.id)
        unit.parcels.update_looks([look])
        assert unit.parcels.due(NOW, 9) == []
        assert unit.parcels.by_number("LP00190000000017") is None

    await store.write(work)


async def test_a_held_source_is_spread_when_it_comes_back(store: SqliteStore) -> None:
    def work(unit: Unit) -> list[datetime]:
        for number in range(5):
            parcel = unit.parcels.create(f"LP0019000000{number:04}", NOW)
            unit.parcels.put_look(Look(parcel_id=parcel.id, source="a", number="x", next_look_at=NOW))
        unit.parcels.hold("b", NOW + timedelta(days=1))
        unit.parcels.hold("a", NOW + timedelta(hours=1))
        return [look.next_look_at for look in unit.parcels.due(NOW + timedelta(days=9), 9)]

    times = await store.write(work)
    assert min(times) >= NOW + timedelta(hours=1)
    assert max(times) <= NOW + timedelta(hours=1, minutes=10)
    assert len(set(times)) == 5


async def test_the_id_of_a_forgotten_alert_is_never_given_again(store: SqliteStore) -> None:
    """A note on the screen, or in a browser, names its alert by id: its button must not settle another alert."""

    def work(unit: Unit) -> list[int]:
        made = [unit.alerts.add(alert("first"))]
        for number in range(3):
            made.append(unit.alerts.add(alert(f"k{number}", ref=OrderRef("aliexpress", "gone"))))
            unit.alerts.forget(OrderRef("aliexpress", "gone"))
        unit.alerts.forget(REF)
        return [*made, unit.alerts.add(alert("last"))]

    made = await store.write(work)
    assert made == sorted(set(made))
