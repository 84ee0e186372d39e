"""A small stand-in for the verbs, so that the API can be tested by itself. All values are constructed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from parcelparsers import source_ids
from parcelparsers.model import Eta, Event, Flag, Leg, State
from parcelparsers.page import Capture
from parcelwarden.domain.form_limits import FormLimits
from parcelwarden.domain.model import (
    Advice,
    AlertDraft,
    Assessment,
    Clock,
    Facts,
    Order,
    OrderRef,
    PolicyAnswer,
    Reason,
    Rule,
    Severity,
    Verdict,
    VerdictCode,
    Window,
    WindowState,
)
from parcelwarden.domain.timeline import Timeline, gather
from parcelwarden.services.dates import DatesKnown, Openable
from parcelwarden.services.errors import Ambiguous, Conflict, Invalid, NotFound
from parcelwarden.services.evidence import Evidence
from parcelwarden.services.health import Tally
from parcelwarden.services.politeness import Attempt, after
from parcelwarden.services.ports import AlertQuery, OrderQuery
from parcelwarden.services.records import (
    AlertRecord,
    AlertState,
    Brief,
    CaptureRecord,
    FactChange,
    FactEntry,
    Look,
    OrderRecord,
    Origin,
    PageRuleEntry,
    ParcelRecord,
    SourceHealth,
)
from parcelwarden.services.relay import Fetched, Wanted
from parcelwarden.services.transfer import Carried, Load, Taken, check
from parcelwarden.services.warden import Warden
from parcelwarden.services.ways import By, Way
from support.sources import a_source

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
RULE = Rule(id="made-up", quote="A made-up rule.", source="constructed for tests", edition="2020-21")


def assessment(now: datetime) -> Assessment:
    """An assessment with one of everything."""
    window = Window(
        id="dispute_not_received",
        pack="aliexpress",
        opens_at=now,
        last_safe_at=now + timedelta(days=9),
        stated_end_at=now + timedelta(days=10),
        state=WindowState.OPEN,
        act_by=now + timedelta(days=2),
        opened_by="button",
        ends_observed=False,
        zone="PST",
        rule=RULE,
    )
    verdict = Verdict(verdict=VerdictCode.SLOW, reasons=(Reason(code="silent", text="Nothing moved."),), checked_at=now)
    return Assessment(
        policy=PolicyAnswer(
            windows={window.id: window},
            clocks={"ship_by": Clock(id="ship_by", pack="aliexpress", kind="wait", rule=RULE, due_at=now)},
        ),
        verdict=verdict,
        verdicts={"RR000000005CN": verdict},
        advice=Advice(
            code="open_dispute",
            severity=Severity.WARNING,
            params={"act_by": now},
            act_by=window.act_by,
            opens_at=now,
            state="open",
            rule=RULE,
        ),
        alerts=(AlertDraft(key="k", code="act_soon", severity=Severity.CRITICAL, due_at=now, helps_until=None),),
        next_change_at=now,
    )


class StandIn(Warden):
    """Keeps everything in dictionaries."""

    def __init__(self, now: datetime) -> None:
        self.kept: dict[OrderRef, OrderRecord] = {}
        self.numbers: dict[str, ParcelRecord] = {}
        self.outbox: dict[int, AlertRecord] = {}
        self.setting: dict[str, Any] = {}
        self.taken: list[Capture] = []
        self.writes = 0
        self.fault: Exception | None = None
        self.wanted: Wanted | None = None
        self.fetched: list[Fetched] = []
        page = "https://carrier.example/RR000000005CN"
        self.way = Way(a_source(), "RR000000005CN", By.DAEMON, page, "ok", now)
        self.outbox[1] = AlertRecord(
            id=1,
            key="k",
            ref=OrderRef("aliexpress", "1"),
            code="act_soon",
            params={},
            severity=Severity.CRITICAL,
            due_at=now,
            helps_until=None,
            nag=True,
            state=AlertState.PENDING,
            created_at=now,
            next_at=now,
        )

    async def resolve(self, name: str) -> OrderRef:
        found = [ref for ref in self.kept if name in (ref.order_id, str(ref))]
        if len(found) > 1:
            raise Ambiguous(f"{name} fits several orders: name the marketplace too")
        if not found:
            raise NotFound(f"there is no order {name}")
        return found[0]

    async def add_order(self, facts: Mapping[str, Any], numbers: Sequence[str], now: datetime) -> OrderRecord:
        ref = OrderRef(facts["marketplace"], facts["order_id"])
        if ref in self.kept:
            raise Conflict(f"{ref} is there already")
        self.writes += 1
        known = {"marketplace", "order_id", "title", "seller", "total", "currency"}
        entries = {k: FactEntry(value=v, origin=Origin.USER, seen_at=now) for k, v in facts.items() if k not in known}
        self.kept[ref] = OrderRecord(
            ref=ref,
            facts=entries,
            title=facts.get("title"),
            rules=(PageRuleEntry(kind="made_up", quote="Made up.", seen_at=now, days=7),),
            created_at=now,
            updated_at=now,
            assessed_at=now,
            assessment=assessment(now),
        )
        return self.kept[ref]

    async def change_order(self, ref: OrderRef, changes: Mapping[str, Any], now: datetime) -> OrderRecord:
        order = await self.order(ref)
        self.writes += 1
        facts = dict(order.facts)
        for name, value in changes.items():
            facts[name] = FactEntry(value=value, origin=Origin.USER, seen_at=now)
        self.kept[ref] = msgspec.structs.replace(order, facts=facts)
        return self.kept[ref]

    async def forget_order(self, ref: OrderRef, now: datetime) -> None:
        await self.order(ref)
        self.writes += 1
        del self.kept[ref]

    async def order(self, ref: OrderRef) -> OrderRecord:
        if self.fault:
            raise self.fault
        if ref not in self.kept:
            raise NotFound(f"there is no order {ref}")
        return self.kept[ref]

    async def orders(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
        if query.cursor == "nonsense":
            raise Invalid("cursor: not one of ours", field="cursor")
        found = [o for o in self.kept.values() if query.marketplace in (None, o.ref.marketplace)]
        return found[: query.limit], "more" if len(found) > query.limit else None

    async def advice(self, refs: Sequence[OrderRef]) -> dict[OrderRef, Brief]:
        kept = {ref: self.kept[ref].assessment for ref in refs if ref in self.kept}
        return {ref: Brief.of(found) for ref, found in kept.items() if found}

    async def timeline(self, ref: OrderRef, now: datetime) -> Timeline:
        order = await self.order(ref)
        facts = Facts(marketplace=ref.marketplace, order_id=ref.order_id)
        return gather(Order(facts=facts, title=order.title), order.assessment, now, UTC)

    async def evidence(self, ref: OrderRef, now: datetime) -> Evidence:
        await self.order(ref)
        known = Order(facts=Facts(marketplace=ref.marketplace, order_id=ref.order_id))
        return Evidence(ref, known, now, FormLimits(), "Nothing was seen.", DOT, DOT, ())

    async def dates(self, now: datetime) -> DatesKnown:
        found = tuple(Openable(ref, "missing", None) for ref in self.kept)
        return DatesKnown(len(found), len(found), found)

    async def changes(self, ref: OrderRef) -> list[FactChange]:
        now = self.kept[ref].created_at
        return [FactChange(ref=ref, field="paid_at", before=None, after="2020-01-01", origin=Origin.USER, at=now)]

    async def add_parcel(self, number: str, orders: Sequence[OrderRef], now: datetime) -> ParcelRecord:
        if not number.isalnum():
            raise Invalid(f"number: {number!r} is no tracking number", field="number")
        self.writes += 1
        event = Event(local_time="2020-01-02 03:04", at=now, state=State.IN_TRANSIT, leg=Leg.LINE_HAUL)
        self.numbers[number] = ParcelRecord(
            id=len(self.numbers) + 1,
            numbers=(number,),
            state=State.IN_TRANSIT,
            leg=Leg.LINE_HAUL,
            flags=(Flag.TIME_UNCERTAIN,),
            eta=Eta(earliest="2020-02-01", latest="2020-02-09"),
            created_at=now,
            events=(event,),
            looks=(Look(parcel_id=1, source="cainiao", number=number),),
            orders=tuple(orders),
        )
        return self.numbers[number]

    async def parcel(self, number: str) -> ParcelRecord:
        if number not in self.numbers:
            raise NotFound(f"{number} is not watched")
        return self.numbers[number]

    async def parcels(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]:
        return list(self.numbers.values())[:limit], None

    async def forget_parcel(self, number: str, now: datetime) -> None:
        await self.parcel(number)

    async def refresh(self, number: str, now: datetime) -> datetime:
        await self.parcel(number)
        return now + timedelta(hours=6)

    async def ways(self, parcels: Sequence[ParcelRecord]) -> dict[int, tuple[Way, ...]]:
        return {parcel.id: (self.way,) for parcel in parcels}

    async def relay_next(self, now: datetime) -> Wanted | None:
        return self.wanted

    async def relay_take(self, wanted_id: str, fetched: Fetched, now: datetime) -> None:
        if self.wanted is None or self.wanted.id != wanted_id:
            raise Conflict("this page is not waited for any more; ask for the next one")
        self.fetched.append(fetched)

    async def take_capture(self, capture: Capture, account: str | None, now: datetime) -> CaptureRecord:
        self.writes += 1
        self.taken.append(capture)
        result = {"orders": [{"marketplace": "aliexpress", "order_id": "1"}], "parcels": [], "unread": []}
        return CaptureRecord(id="c1", kind=capture.kind, seen_at=now, received_at=now, result=result)

    async def alerts(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]:
        return list(self.outbox.values()), None

    async def alert_delivered(self, alert_id: int, channel: str, now: datetime) -> AlertRecord:
        return self._alert(alert_id, state=AlertState.DELIVERED, delivered_at=now)

    async def try_browser(self, now: datetime) -> AlertRecord:
        return next(iter(self.outbox.values()))

    async def acknowledge(self, alert_id: int, now: datetime) -> AlertRecord:
        return self._alert(alert_id, state=AlertState.ACKNOWLEDGED, acknowledged_at=now)

    async def snooze(self, alert_id: int, until: datetime, now: datetime) -> AlertRecord:
        return self._alert(alert_id, snoozed_until=until, next_at=until)

    async def sources(self) -> list[SourceHealth]:
        return []

    async def source_checked(self, source_id: str, attempt: Attempt, now: datetime) -> SourceHealth:
        if source_id not in source_ids():
            raise NotFound(f"source {source_id} is not known")
        return after(SourceHealth(source=source_id), attempt, now)

    async def settings(self) -> dict[str, Any]:
        return dict(self.setting)

    async def change_settings(self, changes: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        self.writes += 1
        self.setting |= changes
        return dict(self.setting)

    async def health(self, now: datetime) -> dict[str, Any]:
        return {"orders": len(self.kept), "last_tick_at": now}

    async def tally(self) -> Tally:
        return Tally(
            orders=len(self.kept),
            without_dates=0,
            by_severity={"warning": len(self.kept)},
            alerts={"pending": 1},
            sources=(SourceHealth(source="cainiao"),),
            postponed=0,
            channels={"log": True},
            last_tick_at=None,
        )

    async def upcoming(self, now: datetime) -> list[AlertRecord]:
        return [msgspec.structs.replace(a, helps_until=a.due_at + timedelta(days=2)) for a in self.outbox.values()]

    async def export_page(self, limit: int, cursor: str | None) -> Load:
        if cursor is not None:
            raise Invalid("cursor: not one of ours", field="cursor")
        return Load(parcels=tuple(self.numbers.values()), orders=tuple(Carried(order=o) for o in self.kept.values()))

    async def take_export(self, load: Load, now: datetime, *, dry_run: bool = False) -> Taken:
        check(load)
        self.writes += 1
        return Taken(orders=len(load.orders), parcels=len(load.parcels), kept=())

    def _alert(self, alert_id: int, **changed: Any) -> AlertRecord:
        if alert_id not in self.outbox:
            raise NotFound(f"there is no alert {alert_id}")
        self.writes += 1
        self.outbox[alert_id] = msgspec.structs.replace(self.outbox[alert_id], **changed)
        return self.outbox[alert_id]
