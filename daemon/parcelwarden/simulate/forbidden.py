"""What must never be said: a date later than the earliest reading of an end, an opening before the latest, a claim where
none is right, time left where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from parcelwarden.simulate import truth
from parcelwarden.simulate.days import SHOP
from parcelwarden.simulate.diary import Heard, Shown, Told
from parcelwarden.simulate.expect import CLAIM, CLOSED, MAY, Epoch, certainly, delivered
from parcelwarden.simulate.faults import Weather
from parcelwarden.simulate.life import Life
from parcelwarden.simulate.truth import Facts, Window
from parcelwarden.simulate.wire import Line

ASSESSED = timedelta(minutes=1)
"""An order is assessed anew a minute after the last time at the soonest."""
URGING = CLAIM | MAY | CLOSED | {"window_grace", "delivery_end_near", "delivery_over", "paypal_last_route"}
URGING |= {"completed_not_delivered_soon", "may_be_open_soon", "window_end_unknown", "paypal_ends_first"}
"""What speaks of money for a parcel that did not come."""
DUTIES = ("dispute_response", "return_shipment", "appeal")
ARRIVED = ("delivered", "received")
OTHERS = ("warranty", "paypal", "platform_escalation", "paypal_escalation")
MINUTE = timedelta(minutes=1)
Wrong = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One order, as the oracle knows it."""

    life: Life
    epochs: Sequence[Epoch]
    heard: Sequence[Heard]
    weather: Weather

    def epoch(self, at: datetime) -> Epoch:
        """The epoch of an instant."""
        return next(epoch for epoch in reversed(self.epochs) if epoch.begins <= at)

    def came(self, epoch: Epoch, at: datetime) -> datetime | None:
        """The first instant of the delivery, when by then the carrier's answers say that all parcels came."""
        parcels = [parcel for parcel in self.life.parcels if parcel.number in epoch.numbers]
        for parcel in parcels:
            told = [h.scans for h in self.heard if h.number in parcel.numbers and h.at < at]
            if not told or "GTMS_SIGNED" not in {scan.code for scan in parcel.scans[: max(told)]}:
                return None
        return delivered(parcels)


def wrongs(case: Case, told: Iterable[Told], shown: Iterable[Shown]) -> Iterator[Wrong]:
    """Everything wrong that was said: which count it falls under, and what it was."""
    for note in told:
        for line in note.lines:
            yield from _named(line, note.at, _line(case, line, note.at, note.wall, timedelta()))
    for look in shown:
        yield from _named(look.line, look.at, _line(case, look.line, look.at, look.wall, ASSESSED))


def _named(line: Line, at: datetime, found: Iterable[Wrong]) -> Iterator[Wrong]:
    for count, why in found:
        yield count, f"{line.code} on {at:%Y-%m-%d %H:%M}: {why}"


def _line(case: Case, line: Line, at: datetime, wall: datetime, slack: timedelta) -> Iterator[Wrong]:
    epoch = case.epoch(at)
    facts = epoch.facts
    came = case.came(epoch, at)
    window = _window(facts, line, came)
    if window is not None:
        yield from _later(line, window)
    until = truth.paypal_until(facts)
    if _after(line.get("paypal_until"), until):
        yield "dates_later", f"PayPal until {line.get('paypal_until')}, and it is {until}"
    if line.code in URGING and (facts.over or came is not None):
        yield "forbidden_advice", "a claim for what came, was refunded, cancelled or disputed"
    if at == wall:
        yield from _untimely(line, facts, at, slack)


def _window(facts: Facts, line: Line, came: datetime | None) -> Window | None:
    """The window whose dates the line names."""
    if line.code in DUTIES or line.code.removesuffix("_late") in DUTIES:
        duty = truth.duties(facts).get(line.code.removesuffix("_late"))
        return Window(None, duty[0], duty[0], duty[0]) if duty else None
    if line.code.startswith(ARRIVED):
        return truth.as_described(facts, came)
    return None if line.code.startswith(OTHERS) else truth.not_received(facts)


def _later(line: Line, window: Window) -> Iterator[Wrong]:
    for name, end in (
        ("last_safe_at", window.last_safe),
        ("act_by", window.latest or window.act_by),
        ("ends_at", window.last_safe),
    ):
        if _after(line.get(name), end):
            yield "dates_later", f"{name} {line.get(name)}, and it is {end}"
    opens, earliest = line.get("opens_at"), window.eleventh
    if opens and earliest and opens + MINUTE <= earliest:
        yield "forbidden_advice", f"opens {opens}, and that is not before {earliest}"


def _after(said: datetime | None, end: datetime | None) -> bool:
    """Whether a date that was said (to the minute) lies after the true one."""
    return said is not None and end is not None and said > end


def _untimely(line: Line, facts: Facts, at: datetime, slack: timedelta) -> Iterator[Wrong]:
    """By the right clock: too early, or as if there were time left."""
    window = truth.not_received(facts)
    ends = line.get("ends_at")
    if line.left and ends is not None and ends + MINUTE <= at - slack:
        yield "forbidden_advice", f"time left to {ends}"
    if window is None:
        return
    certain, safe, stated = certainly(facts, window), window.last_safe, window.stated
    if line.code in CLAIM and certain and at < certain:
        yield "forbidden_advice", f"a claim is open, and it opens on {certain}"
    if line.code in CLAIM | MAY and safe and at - slack >= safe:
        yield "forbidden_advice", f"a claim has time, and its end was on {safe}"
    if line.code in CLOSED and stated and at < stated:
        yield "forbidden_advice", f"a claim is closed, and it closes on {stated}"
    due = facts.time("delivery_due_at")
    if line.code == "delivery_end_near" and due is not None and at - slack >= SHOP.over(due):
        yield "forbidden_advice", "the delivery time is to be extended, and it is over"
