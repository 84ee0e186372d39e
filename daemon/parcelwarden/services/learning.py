"""What the buyer's own parcels teach: how long lanes are silent, which are never scanned, how likely a delivery is late.

It is computed from the histories that the store has, as known at the beginning of a period: a day as long as there are
few, then a week. What is taken in later is learned from in the next one. A row does not tell when each of its parts came,
so what was learned is kept until the period is over: every process judges by the same, whenever in the period it starts.
No event counts twice, whatever was restarted, imported or read again, and what is forgotten is learned from no more.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import msgspec

from parcelwarden.domain.anchors import anchors
from parcelwarden.domain.facts import is_settled
from parcelwarden.domain.late_risk import Journey, LateRiskSettings, RollingRisk, days_since_epoch
from parcelwarden.domain.model import Facts, Order, Outlook, ParcelFacts
from parcelwarden.domain.moment import When
from parcelwarden.domain.outlook import journey_of, outlook_of
from parcelwarden.domain.policy import applicable
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.silence import History, SilenceCounts, calibrated, observe, with_measurements
from parcelwarden.domain.verdict import delivered_at
from parcelwarden.domain.verdict.movement import own_movement
from parcelwarden.domain.verdict.silence import Measured, SilenceModel, lane_key
from parcelwarden.services import settings
from parcelwarden.services.domain_order import POISON, domain_order
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import OrderRecord

log = logging.getLogger(__name__)

KEY = "learned"
"""Under which it is remembered what was learned last."""

NEWEST = 2000
"""Orders that are learned from: older ones have faded (half-lives of about half a year), and a day's learning stays
within a second or two."""


FEW = 20
"""Up to so many orders of before this week it is learned daily, so that whoever begins with a long history has it used
on the next day. With more a day changes little, and the method was measured with a week (`LateRiskSettings.refit_every`)."""

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Lesson(msgspec.Struct, frozen=True):
    """What was learned from the rows as known at `start`, good before `until`: silences by lane and step, lanes that are
    never scanned at the destination, and the journeys that tell how likely a delivery is late."""

    start: datetime
    until: datetime
    lanes: dict[str, dict[str, Measured]] = {}
    unscanned: tuple[str, ...] = ()
    journeys: tuple[Journey, ...] = ()

    def estimable(self) -> tuple[bool, list[str]]:
        """Whether lateness, and of which lanes silence can be told."""
        return bool(self.journeys), sorted(self.lanes)


class Learned(msgspec.Struct, frozen=True):
    """A lesson, ready for use. `late`: None while too few parcels have arrived."""

    start: datetime
    until: datetime
    rules: Rules
    late: RollingRisk | None = None


class Learning:
    """Keeps what was learned for the period that was asked about last."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._settings = LateRiskSettings()
        self._learned: Learned | None = None
        self._day: datetime | None = None

    def at(self, unit: Unit, now: datetime) -> Learned:
        """What is known in the period of `now`; a day before the last one is begun anew."""
        day, last, known = day_of(now), self._day, self._learned
        if known is None or last is None or not max(last, known.start) <= day < known.until:
            self._learned = known = self._safely(unit, day, now)
        self._day = day
        return known

    def _safely(self, unit: Unit, day: datetime, now: datetime) -> Learned:
        """No order waits for what cannot be learned."""
        try:
            last = _last(unit)
            if last is not None and last.start <= day < last.until:
                return self._taken(last)
            lesson = self._learn(unit, *period(unit, day))
            unit.settings.put(KEY, lesson)
            if lesson.estimable() != (last.estimable() if last else (False, [])):
                # Orders that nobody would look at today are concerned by what could not be told before.
                unit.orders.hasten_awaited(now)
            return self._taken(lesson)
        except POISON as fault:
            log.error("nothing is learned from the parcels today: %r", fault)
            return Learned(day, day + DAY, self._rules)

    def _taken(self, lesson: Lesson) -> Learned:
        """Ready for use, the estimate at the beginning of the period, whatever day it is."""
        lanes = {"lanes": lesson.lanes, "unscanned": frozenset(lesson.unscanned)}
        rules = msgspec.structs.replace(self._rules, model=msgspec.structs.replace(self._rules.model, **lanes))
        late = None
        if lesson.journeys:
            late = RollingRisk(lesson.journeys, self._settings, prior=rules.late_risk)
            late.advance(days_since_epoch(lesson.start))
        return Learned(lesson.start, lesson.until, rules, late)

    def outlook(self, learned: Learned, order: Order, now: datetime) -> Outlook | None:
        """Whether an order under way will come in time. Raises `FactError` for dates that no calendar holds."""
        if learned.late is None or is_settled(order.facts):
            return None
        journey = _journey(order, self._rules)
        return None if journey is None else outlook_of(learned.late, journey, now, self._settings)

    def _learn(self, unit: Unit, start: datetime, until: datetime) -> Lesson:
        histories, journeys, seen = list[History](), list[Journey](), set[str]()
        for order, journey in _orders(unit, self._rules, start):
            for parcel in order.parcels:
                if parcel.number not in seen:
                    seen.add(parcel.number)
                    histories += _history(order.facts, parcel, start)
            if journey is not None:
                journeys.append(journey)
        model = _measured(self._rules.model, histories)
        lanes = {lane: dict(steps) for lane, steps in model.lanes.items()}
        came = sum(journey.has_ended(days_since_epoch(start)) for journey in journeys)
        enough = journeys if came >= self._settings.alarm_evidence else []
        return Lesson(start, until, lanes, tuple(sorted(model.unscanned)), tuple(enough))


def _last(unit: Unit) -> Lesson | None:
    """What was learned last, by whichever process; None for never, or when it was written by another edition."""
    try:
        return msgspec.convert(unit.settings.get(KEY), Lesson)
    except msgspec.ValidationError:
        return None


def forget(unit: Unit) -> None:
    """An order is forgotten: nothing that was learned from it stays written; what is learned next is without it."""
    unit.settings.put(KEY, None)


def period(unit: Unit, day: datetime) -> tuple[datetime, datetime]:
    """The beginning and the end of what is learned at once: the week from Monday on when there were more than a few orders
    before it, else the day."""
    monday = day - timedelta(days=day.weekday())
    many = len(unit.orders.newest(FEW + 1, monday)) > FEW
    return (monday, monday + WEEK) if many else (day, day + DAY)


def looked_again(learned: Learned, order: Order, now: datetime) -> datetime | None:
    """When what was learned may make another thing of this order without any news; None for never."""
    if order.outlook is not None:
        return day_of(now) + DAY
    lanes = learned.rules.model.lanes
    return learned.until if any(lane_of(order.facts, parcel) in lanes for parcel in order.parcels) else None


def day_of(now: datetime) -> datetime:
    """The beginning of an instant's day, in UTC."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


def lane_of(facts: Facts, parcel: ParcelFacts) -> str | None:
    """The lane under which a parcel's silences are counted and looked up."""
    return lane_key(facts.shipping_method or parcel.service_line, facts.country)


def _orders(unit: Unit, rules: Rules, start: datetime) -> Iterator[tuple[Order, Journey | None]]:
    """The newest orders and parcels of before `start`, one at a time; one that cannot be read teaches nothing."""
    country = settings.country(unit)
    for ref in unit.orders.newest(NEWEST, start):
        try:
            record = unit.orders.many([ref])[0]
            parcels = [each for each in unit.parcels.many(record.parcel_ids) if each.created_at < start]
            order = domain_order(record, parcels, country)
            journey = _past(record, order, rules)
        except POISON:
            continue
        yield order, journey


def _history(facts: Facts, parcel: ParcelFacts, start: datetime) -> list[History]:
    """What a parcel's silences are learned from; nothing while its lane is unknown or nobody looked."""
    lane = lane_of(facts, parcel)
    if lane is None or parcel.last_ok_at is None:
        return []
    return [History(lane, own_movement(parcel.events, facts), min(parcel.last_ok_at, start))]


def _measured(model: SilenceModel, histories: list[History]) -> SilenceModel:
    counts = SilenceCounts()
    for history in histories:
        observe(counts, history.lane, history.movement, history.looked_at)
    return with_measurements(model, counts, calibrated(histories))


def _past(record: OrderRecord, order: Order, rules: Rules) -> Journey | None:
    """The order's journey with its end, or until when it was watched; None where nobody looked after its start."""
    verdicts = record.assessment.verdicts if record.assessment else {}
    judged = [(parcel, found) for parcel in order.parcels if (found := verdicts.get(parcel.number))]
    complete = len(judged) == len(order.parcels)
    ended = order.facts.delivered_at or (delivered_at(order.facts, judged) if complete else None)
    ended = ended or order.facts.received_at
    looks = [looked for parcel in order.parcels if (looked := parcel.last_ok_at)]
    watched = min(looks, default=order.page_seen_at)
    if ended is None and watched is None:
        return None
    journey = _journey(order, rules, ended, watched if ended is None else None)
    return journey if journey and journey.known_until(math.inf) > journey.started else None


def _journey(
    order: Order, rules: Rules, ended: When | None = None, observed_until: datetime | None = None
) -> Journey | None:
    facts = order.facts
    line = facts.shipping_method or next((parcel.service_line for parcel in order.parcels if parcel.service_line), None)
    over = anchors(facts, applicable(facts, rules.packs)).delivery_over
    return journey_of(facts, line, over, ended=ended, observed_until=observed_until)
