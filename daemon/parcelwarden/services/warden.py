"""The application: every verb in one place, for the API, the command line, the scheduler, the demo.

Each verb takes `now`, does its work in one transaction, and answers with records or small values. The verbs
themselves stand in the modules beside this one; here they only get what they need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from parcelparsers.page import Capture
from parcelwarden import __version__
from parcelwarden.domain.messages import Catalogue
from parcelwarden.domain.model import OrderRef
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.timeline import Timeline
from parcelwarden.services.alerts import AlertVerbs
from parcelwarden.services.asking import Asking
from parcelwarden.services.attaching import Attaching
from parcelwarden.services.captures import CaptureVerbs
from parcelwarden.services.dates import DatesKnown, dates_known
from parcelwarden.services.dispatch import SEND_SECONDS, Dispatch
from parcelwarden.services.evidence import Evidence, evidence_of
from parcelwarden.services.health import ChannelHealth, Health, Tally
from parcelwarden.services.intake import Intake
from parcelwarden.services.local_zone import LocalZone
from parcelwarden.services.orders import OrderVerbs
from parcelwarden.services.parcels import ParcelVerbs
from parcelwarden.services.pictures import timeline_of
from parcelwarden.services.politeness import Attempt
from parcelwarden.services.polling import Polling
from parcelwarden.services.ports import AlertQuery, Fetcher, Notifier, OrderQuery, Reader, Store
from parcelwarden.services.reassessing import Reassessing
from parcelwarden.services.records import (
    AlertRecord,
    Brief,
    CaptureRecord,
    FactChange,
    OrderRecord,
    ParcelRecord,
    SourceHealth,
)
from parcelwarden.services.relay import Fetched, Relay, Wanted
from parcelwarden.services.routes import Routes
from parcelwarden.services.setting_right import SettingRight
from parcelwarden.services.settings import SettingVerbs
from parcelwarden.services.sweep import Sweep
from parcelwarden.services.taking import checked
from parcelwarden.services.ticking import Ticking
from parcelwarden.services.transfer import Load, Taken, TransferVerbs
from parcelwarden.services.ways import Way, ways
from parcelwarden.services.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What differs between the daemon, a command and a test. `zone` gives the buyer's as it is now; `send_seconds`: how
    long one channel may take for one note."""

    zone: Callable[[], tzinfo] = lambda: UTC
    send_seconds: float = SEND_SECONDS
    routes: Routes = field(default_factory=Routes)


class Warden:
    """The verbs. `rules` are the domain's, `catalogues` the messages by language."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        fetcher: Fetcher,
        reader: Reader,
        notifiers: Sequence[Notifier],
        catalogues: Mapping[str, Catalogue],
        options: Options | None = None,
    ) -> None:
        options = options or Options()
        zone = LocalZone(options.zone)
        reassessing = Reassessing(rules, zone)
        attaching = Attaching(options.routes)
        intake = Intake(options.routes, attaching, reassessing)
        self.store = store
        self._rules = rules
        self.wording = Wording(catalogues, zone)
        self._orders = OrderVerbs(store, attaching, reassessing)
        self._parcels = ParcelVerbs(store, attaching, reassessing, options.routes)
        self._captures = CaptureVerbs(store, reader, options.routes, attaching, intake, reassessing)
        self._alerts = AlertVerbs(store, reassessing)
        self._settings = SettingVerbs(store)
        asking = Asking(fetcher, reader)
        self._routes = options.routes
        self._relay = Relay(store, options.routes, asking, intake)
        self._polling = Polling(store, asking, options.routes, intake)
        self._dispatch = Dispatch(store, notifiers, self.wording, zone, seconds=options.send_seconds)
        right, sweep = SettingRight(store, _named(rules)), Sweep(store, reassessing)
        self._ticking = Ticking(store, right, sweep, self._dispatch, self._polling, zone)
        self._health = Health(store, self._dispatch.health)
        self._transfer = TransferVerbs(store, attaching, reassessing)

    # orders
    async def resolve(self, name: str) -> OrderRef:
        """`marketplace/id`, or an id where unique. Raises NotFound, Ambiguous."""
        return await self._orders.resolve(name)

    async def add_order(self, facts: Mapping[str, Any], numbers: Sequence[str], now: datetime) -> OrderRecord:
        """Take an order by hand: JSON facts as in SEMANTICS.md plus title, seller, total, currency; numbers of its
        parcels. Raises Invalid (field), Conflict when it is there already."""
        return await self._orders.add(facts, numbers, whole(now))

    async def change_order(self, ref: OrderRef, changes: Mapping[str, Any], now: datetime) -> OrderRecord:
        """Set facts (dotted names) by the user's word; None takes one back. Raises NotFound, Invalid."""
        return await self._orders.change(ref, changes, whole(now))

    async def forget_order(self, ref: OrderRef, now: datetime) -> None:
        """Drop the order, its alerts, and parcels that no other order has."""
        await self._orders.forget(ref, whole(now))

    async def order(self, ref: OrderRef) -> OrderRecord:
        """One order with everything. Raises NotFound."""
        return await self._orders.get(ref)

    async def orders(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
        """A page of orders, most pressing first, and the next cursor. Raises Invalid."""
        return await self._orders.page(query)

    async def advice(self, refs: Sequence[OrderRef]) -> dict[OrderRef, Brief]:
        """The stored advice for the overlay; nothing for an order that is not watched or was never assessed."""
        return await self._orders.advice(refs)

    async def timeline(self, ref: OrderRef, now: datetime) -> Timeline:
        """What the picture of an order's life shows. Raises NotFound, Conflict."""
        return await self.store.read(lambda unit: timeline_of(unit, ref, whole(now), self.wording.zone))

    async def evidence(self, ref: OrderRef, now: datetime) -> Evidence:
        """What is known of an order, for a dispute. Raises NotFound, Conflict."""
        return await self.store.read(lambda unit: evidence_of(unit, ref, self._rules, whole(now), self.wording.zone))

    async def changes(self, ref: OrderRef) -> list[FactChange]:
        """What moved in an order, oldest first. Raises NotFound."""
        return await self._orders.changes(ref)

    async def dates(self, now: datetime) -> DatesKnown:
        """How many orders lack dates, and which are worth opening."""
        return await self.store.read(lambda unit: dates_known(unit, whole(now)))

    # parcels
    async def add_parcel(self, number: str, orders: Sequence[OrderRef], now: datetime) -> ParcelRecord:
        """Watch a number. Raises Invalid (not a tracking number; a failed check digit is kept and said)."""
        return await self._parcels.add(number, orders, whole(now))

    async def parcel(self, number: str) -> ParcelRecord:
        """The parcel with this number. Raises Invalid, NotFound."""
        return await self._parcels.get(number)

    async def parcels(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]:
        """A page of parcels, newest first, and the next cursor. Raises Invalid."""
        return await self._parcels.page(limit, cursor)

    async def forget_parcel(self, number: str, now: datetime) -> None:
        """Drop the parcel; its orders are assessed without it. Raises Invalid, NotFound."""
        await self._parcels.forget(number, whole(now))

    async def refresh(self, number: str, now: datetime) -> datetime:
        """Look as soon as the source's floor allows; answers when that is."""
        return await self._parcels.refresh(number, whole(now))

    async def ways(self, parcels: Sequence[ParcelRecord]) -> dict[int, tuple[Way, ...]]:
        """In which ways each of the parcels, by its id, can be looked at."""
        return await self.store.read(lambda unit: {p.id: ways(unit, self._routes, p) for p in parcels})

    # relay
    async def relay_next(self, now: datetime) -> Wanted | None:
        """The page that the user's browser is to fetch; None where the relay is off or nothing is due."""
        return await self._relay.next(whole(now))

    async def relay_take(self, wanted_id: str, fetched: Fetched, now: datetime) -> None:
        """Take in what it fetched. Raises Conflict, Invalid."""
        await self._relay.take(wanted_id, fetched, whole(now))

    # captures
    async def take_capture(self, capture: Capture, account: str | None, now: datetime) -> CaptureRecord:
        """Read what the browser showed and take it in; idempotent. Raises Invalid when nothing can be read."""
        return await self._captures.take(capture, account, whole(now))

    # alerts
    async def alerts(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]:
        """A page of alerts, first due first, and the next cursor. Raises Invalid."""
        return await self._alerts.page(query)

    async def alert_delivered(self, alert_id: int, channel: str, now: datetime) -> AlertRecord:
        """A channel showed the alert. Raises NotFound."""
        told = await self._alerts.delivered(alert_id, channel, whole(now))
        if channel == "browser":
            self._dispatch.health.setdefault(channel, ChannelHealth()).seen("delivered", None, whole(now))
        return told

    async def try_browser(self, now: datetime) -> AlertRecord:
        """An alert that proves a browser; it is given to no other channel."""
        return await self._alerts.try_browser(whole(now))

    async def acknowledge(self, alert_id: int, now: datetime) -> AlertRecord:
        """The buyer has seen the alert; it is never sent again. Raises NotFound."""
        return await self._alerts.acknowledge(alert_id, whole(now))

    async def snooze(self, alert_id: int, until: datetime, now: datetime) -> AlertRecord:
        """Tell the alert again at `until`. Raises NotFound, Invalid, Conflict."""
        return await self._alerts.snooze(alert_id, until, whole(now))

    # sources, settings
    async def sources(self) -> list[SourceHealth]:
        """The health of every source that was ever asked."""
        return await self.store.read(lambda unit: unit.sources.all())

    async def source_checked(self, source_id: str, attempt: Attempt, now: datetime) -> SourceHealth:
        """Remember that the owner asked a source by hand, so that nobody asks it again too soon. Raises NotFound."""
        return await self.store.write(lambda unit: checked(unit, self._routes, source_id, attempt, whole(now)))

    async def settings(self) -> dict[str, Any]:
        """Every setting that a route may change."""
        return await self._settings.all()

    async def change_settings(self, changes: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Set some; None gives the default back. Raises Invalid naming the key."""
        return await self._settings.change(changes, whole(now))

    # to another home
    async def export_page(self, limit: int, cursor: str | None) -> Load:
        """A page of everything that was read or said, parcels before orders. Raises Invalid."""
        return await self._transfer.page(limit, cursor)

    async def take_export(self, load: Load, now: datetime, *, dry_run: bool = False) -> Taken:
        """Take a page of an export in, all of it or nothing; what is watched already stays. Raises Invalid."""
        return await self._transfer.take(load, whole(now), dry_run=dry_run)

    # time
    async def tick(self, now: datetime) -> datetime | None:
        """Everything that is due at `now`: sweep, dispatch, start of polls. Answers the next instant of interest."""
        now = whole(now)
        following = await self._ticking.tick(now)
        self._health.last_tick_at = now
        return following

    async def settled(self) -> None:
        """Wait until the looks that were started have been taken in (demo, tests, shutdown)."""
        await self._polling.settled()
        await self._dispatch.settled()

    async def health(self, now: datetime) -> dict[str, Any]:
        """For `status` and `doctor`: last tick, counts, failing sources and channels, what was postponed."""
        return await self._health.show(whole(now))

    async def tally(self) -> Tally:
        """Figures for `metrics`."""
        return await self._health.tally()

    async def upcoming(self, now: datetime) -> list[AlertRecord]:
        """For the calendar: alerts whose span is not over, first due first."""
        return await self._alerts.upcoming(whole(now))

    async def close(self) -> None:
        """Stop looking and telling. The store is its owner's to close."""
        await self._polling.close()
        await self._dispatch.close()


def _named(rules: Rules) -> str:
    """A name of the rules: other ones have another."""
    names = (*(pack.name for pack in rules.packs), *(one.id for one in rules.advisories))
    return " ".join((__version__, *sorted(names)))


def whole(now: datetime) -> datetime:
    """The instant in whole seconds: what the rows keep."""
    return now.replace(microsecond=0)
